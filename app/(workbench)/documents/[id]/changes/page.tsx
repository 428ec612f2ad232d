import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { CarryQueue, CarryOver } from '@/components/revisions/carry-queue'
import { RevisionList } from '@/components/revisions/revision-list'
import { TextChanges } from '@/components/revisions/text-changes'
import { Link } from '@/components/ui/controls/link'
import { LinkButton } from '@/components/ui/controls/button'
import { PageHeader } from '@/components/ui/layout/page-header'
import { LocalTime } from '@/components/ui/text/local-time'
import { mayDo } from '@/lib/server/access/gate'
import { requireActor } from '@/lib/server/auth/current'
import { loadChanges, loadLeftBehind, loadCarried, loadRevisions } from '@/lib/server/documents/loaders'
import { readQuery, withQuery, type SearchParams } from '../../../query'
import { findDocument } from '../find-document'

export const metadata: Metadata = { title: 'What has changed' }

interface PageProps {
  params: Promise<{ id: string }>
  searchParams: Promise<SearchParams>
}

function numberOf(text: string | undefined, otherwise: number): number {
  return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : otherwise
}

export default async function ChangesPage({ params, searchParams }: PageProps) {
  const { id } = await params
  const query = readQuery(await searchParams, ['from', 'to'])
  const actor = await requireActor(withQuery(`/documents/${id}/changes`, query))
  const document = await findDocument(actor, id)
  if (document === null) notFound()
  const to = numberOf(query.to, document.revision.number)
  const from = numberOf(query.from, Math.max(1, to - 1))
  const changes = await loadChanges(actor, { documentId: document.id, from, to })
  if (changes === null) notFound()
  const isLatest = to === document.revision.number
  const [carried, revisions, leftBehind] = await Promise.all([
    loadCarried(actor, changes.to.id),
    loadRevisions(actor, document.id),
    isLatest ? loadLeftBehind(actor, document) : 0,
  ])
  return (
    <div className="page-column">
      <PageHeader
        title="What has changed"
        back={<Link href={`/documents/${document.id}`}>{document.title}</Link>}
        actions={
          <>
            <LinkButton href={`/documents/${document.id}?revision=${changes.to.id}`}>Read revision {to}</LinkButton>
            {mayDo(actor, 'revision.create') && (
              <LinkButton href={`/documents/${document.id}/revise`}>Bring in a later text</LinkButton>
            )}
          </>
        }
      >
        {from === to ? (
          <>
            Revision {to}, stored <LocalTime instant={changes.to.createdAt} />, is the first.
          </>
        ) : (
          <>
            From revision {from}, stored <LocalTime instant={changes.from.createdAt} />, to revision {to}, stored{' '}
            <LocalTime instant={changes.to.createdAt} />.
          </>
        )}
      </PageHeader>
      <div className="grid items-start gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <TextChanges blocks={changes.blocks} language={document.language} />
        <div className="grid min-w-0 gap-8">
          {leftBehind > 0 && <CarryOver documentId={document.id} count={leftBehind} />}
          <CarryQueue
            key={`${changes.to.id} ${String(carried.length)}`}
            documentId={document.id}
            items={carried}
            language={document.language}
            memberId={actor.memberId}
          />
          <RevisionList documentId={document.id} revisions={revisions} from={from} to={to} />
        </div>
      </div>
    </div>
  )
}
