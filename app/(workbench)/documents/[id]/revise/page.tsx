import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ReviseWorkbench } from '@/components/revisions/revise-workbench'
import { Link } from '@/components/ui/controls/link'
import { PageHeader } from '@/components/ui/layout/page-header'
import { maxTextBytes } from '@/lib/domain/documents/schema'
import { mayDo } from '@/lib/server/access/gate'
import { requireActor } from '@/lib/server/auth/current'
import { readQuery, withQuery, type SearchParams } from '../../../query'
import { findDocument } from '../find-document'

export const metadata: Metadata = { title: 'A later text' }

export default async function RevisePage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>
  searchParams: Promise<SearchParams>
}) {
  const { id } = await params
  const query = readQuery(await searchParams, ['check'])
  const actor = await requireActor(withQuery(`/documents/${id}/revise`, query))
  if (!mayDo(actor, 'revision.create')) notFound()
  const document = await findDocument(actor, id)
  if (document === null) notFound()
  return (
    <div className="page-column">
      <PageHeader title="A later text" back={<Link href={`/documents/${document.id}`}>{document.title}</Link>}>
        The publisher has changed the text? Bring in the later one. The earlier revision stays as it is, annotations are
        carried over where their words still stand, and the others wait for a decision. Sessions go on with the revision
        that they began with.
      </PageHeader>
      <ReviseWorkbench
        document={{ id: document.id, language: document.language, url: document.url }}
        number={document.revision.number}
        checks={query.check !== undefined}
        maxBytes={maxTextBytes}
      />
    </div>
  )
}
