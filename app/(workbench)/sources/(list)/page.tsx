import { Newspaper } from 'lucide-react'
import type { Metadata } from 'next'
import { Suspense } from 'react'
import { QueryFilters } from '@/components/shell/lists/query-filters'
import { NewSourceButton } from '@/components/sources/source-actions'
import { ClaimCounts } from '@/components/sources/source-facts'
import { SourceList, SourceState } from '@/components/sources/source-list'
import { Link } from '@/components/ui/controls/link'
import { EmptyState } from '@/components/ui/layout/empty-state'
import { PageHeader } from '@/components/ui/layout/page-header'
import { ShowMore } from '@/components/ui/layout/show-more'
import { Skeleton } from '@/components/ui/layout/skeleton'
import { numberInWords } from '@/components/ui/text/wording'
import { mayDo, type Actor } from '@/lib/server/access/gate'
import { requireActor } from '@/lib/server/auth/current'
import { loadStatesOfSources } from '@/lib/server/documents/loaders'
import { loadReport } from '@/lib/server/reports/loaders'
import { loadSources } from '@/lib/server/sources/loaders'
import { loadPage, readQuery, withQuery, type SearchParams } from '../../query'

export const metadata: Metadata = { title: 'Sources' }

/** The most documents whose figures are computed for the list. Beyond, each source's own page and report have them. */
const mostDocuments = 150

interface FiguresProps {
  actor: Actor
  sourceId: string
  states: ReturnType<typeof loadStatesOfSources>
}

async function Figures({ actor, sourceId, states }: FiguresProps) {
  const { claims, coverage } = await loadReport(actor, sourceId)
  const documents = (await states).filter((document) => document.sourceId === sourceId)
  return (
    <div className="grid justify-items-start gap-1">
      <ClaimCounts claims={claims} />
      {coverage.checkable > 0 && (
        <span className="tabular text-sm text-ink-3">
          {numberInWords(coverage.decided)} of {numberInWords(coverage.checkable)} sentences decided
        </span>
      )}
      <SourceState documents={documents} />
    </div>
  )
}

export default async function SourcesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const query = readQuery(await searchParams, ['q', 'cursor'])
  const actor = await requireActor(withQuery('/sources', query))
  const { items, next } = await loadPage(query.cursor, (page) =>
    loadSources(actor, { ...(query.q === undefined ? {} : { q: query.q }), ...page }),
  )
  const isFiltered = query.q !== undefined
  const documents = items.reduce((sum, { documentCount }) => sum + documentCount, 0)
  const isComputed = documents <= mostDocuments
  const states = isComputed
    ? loadStatesOfSources(
        actor,
        items.map(({ id }) => id),
      )
    : Promise.resolve([])
  const mayCreate = mayDo(actor, 'source.create')
  return (
    <div className="page-column">
      <PageHeader title="Sources" actions={mayCreate && <NewSourceButton variant="primary" />}>
        The publishers whose reliability you report. Each has its documents, and a report that counts what was found in
        them. Ratings that were given elsewhere make a{' '}
        <Link href="/finished-ratings" className="text-accent hover:underline">
          report from finished ratings
        </Link>
        .
      </PageHeader>
      {(isFiltered || items.length > 5) && (
        <QueryFilters
          search={{ name: 'q', label: 'Find a source', placeholder: 'Name or home page', value: query.q ?? '' }}
        />
      )}
      {items.length > 0 ? (
        <SourceList
          sources={items}
          figures={
            !isComputed
              ? undefined
              : (id) => (
                  <Suspense fallback={<Skeleton className="w-56" />}>
                    <Figures actor={actor} sourceId={id} states={states} />
                  </Suspense>
                )
          }
        />
      ) : isFiltered ? (
        <EmptyState title="No source matches">Nothing here is called “{query.q}”. Try fewer or other words.</EmptyState>
      ) : (
        <EmptyState
          icon={<Newspaper />}
          title="No sources yet"
          actions={mayCreate && <NewSourceButton variant="primary" />}
        >
          A source is made here, or along with the first document you import from it.
        </EmptyState>
      )}
      {(next !== null || query.cursor !== undefined) && (
        <ShowMore
          shown={items.length}
          href={next === null ? '/sources' : withQuery('/sources', { ...query, cursor: next })}
          label={next === null ? 'Back to the first' : 'Next page'}
        />
      )}
    </div>
  )
}
