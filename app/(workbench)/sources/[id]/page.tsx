import { FileText } from 'lucide-react'
import type { Metadata } from 'next'
import { Link } from '@/components/ui/controls/link'
import { cache } from 'react'
import { DocumentList } from '@/components/documents/document-list'
import { DropAnywhere } from '@/components/documents/drop-anywhere'
import { SourceFigures, SourceAbout } from '@/components/sources/source-facts'
import { SourceActions } from '@/components/sources/source-actions'
import { EmptyState, ShowMore } from '@/components/ui/layout/list-parts'
import { LinkButton } from '@/components/ui/controls/button'
import { PageHeader } from '@/components/ui/layout/page-header'
import { mayDo } from '@/lib/server/access/gate'
import { requireActor } from '@/lib/server/auth/current'
import { loadDocuments, loadMyProgress, loadReviewStates } from '@/lib/server/documents/loaders'
import { loadOrNotFound } from '@/lib/server/http/pages'
import { loadReport } from '@/lib/server/reports/loaders'
import { loadSource, loadSources } from '@/lib/server/sources/loaders'
import { loadPage, readQuery, withQuery, type SearchParams } from '../../query'

interface Props {
  params: Promise<{ id: string }>
  searchParams: Promise<SearchParams>
}

// Cached so that the title and the page show one source.
const source = cache(async (id: string) => loadOrNotFound(loadSource(await requireActor(`/sources/${id}`), id)))

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await source((await params).id)).name }
}

export default async function SourcePage({ params, searchParams }: Props) {
  const { id } = await params
  const { cursor } = readQuery(await searchParams, ['cursor'])
  const shown = await source(id)
  const actor = await requireActor(`/sources/${id}`)
  const [{ items, next }, sources, report] = await Promise.all([
    loadPage(cursor, (page) => loadDocuments(actor, { sourceId: id, ...page })),
    loadSources(actor),
    shown.documentCount === 0 ? null : loadReport(actor, id),
  ])
  const reviewStates = await loadReviewStates(actor, items)
  const progress = mayDo(actor, 'annotation.create') ? { decided: await loadMyProgress(actor, items) } : {}
  const mayImport = mayDo(actor, 'document.create')
  const importHere = withQuery('/documents/import', { source: id })
  return (
    <div className="page-column">
      {mayImport && <DropAnywhere sourceId={id} />}
      <PageHeader
        title={shown.name}
        back={<Link href="/sources">Sources</Link>}
        actions={
          <>
            <SourceActions source={shown} />
            {mayImport && <LinkButton href={importHere}>Import</LinkButton>}
            {shown.documentCount > 0 && (
              <LinkButton href={`/sources/${id}/report`} variant="primary">
                Reliability report
              </LinkButton>
            )}
          </>
        }
      >
        <SourceAbout source={shown} />
      </PageHeader>
      {report !== null && <SourceFigures report={report} />}
      <h2 className="mb-3 font-serif text-xl font-semibold">Documents</h2>
      {items.length > 0 ? (
        <DocumentList
          documents={items}
          sources={sources.items}
          showSource={false}
          reviewStates={reviewStates}
          {...progress}
        />
      ) : (
        <EmptyState
          icon={<FileText />}
          title="No documents of this source yet"
          actions={
            mayImport && (
              <LinkButton href={importHere} variant="primary">
                Import
              </LinkButton>
            )
          }
        >
          The report counts what reviewers find in the documents of a source, so it begins with the first one.
        </EmptyState>
      )}
      {(next !== null || cursor !== undefined) && (
        <ShowMore
          shown={items.length}
          href={withQuery(`/sources/${id}`, { cursor: next ?? undefined })}
          label={next === null ? 'Back to the first' : 'Next page'}
        />
      )}
    </div>
  )
}
