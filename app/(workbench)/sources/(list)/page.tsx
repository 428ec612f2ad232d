import { Newspaper } from 'lucide-react'
import type { Metadata } from 'next'
import { QueryFilters } from '@/components/shell/lists/query-filters'
import { NewSourceButton } from '@/components/sources/source-actions'
import { SourceList, DashboardMethod, DashboardNote } from '@/components/sources/source-list'
import { Link } from '@/components/ui/controls/link'
import { EmptyState, ShowMore } from '@/components/ui/layout/list-parts'
import { PageHeader } from '@/components/ui/layout/page-header'
import { dashboardOrders } from '@/lib/domain/reports/dashboard/schema'
import { minimumSources } from '@/lib/domain/statistics/shrinkage'
import { mayDo } from '@/lib/server/access/gate'
import { requireActor } from '@/lib/server/auth/current'
import { loadDashboard } from '@/lib/server/reports/loaders'
import { loadPage, readQuery, withQuery, type SearchParams } from '../../query'

export const metadata: Metadata = { title: 'Sources' }

const orders = [
  { value: '', label: 'By name' },
  { value: 'claims', label: 'Most claims first' },
  { value: 'documents', label: 'Most documents first' },
  { value: 'closed', label: 'Last closed first' },
]

export default async function SourcesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const query = readQuery(await searchParams, ['q', 'order', 'cursor'])
  const actor = await requireActor(withQuery('/sources', query))
  const order = dashboardOrders.find((known) => known === query.order) ?? 'name'
  const { items, next, withShares } = await loadPage(query.cursor, (page) =>
    loadDashboard(actor, { ...(query.q === undefined ? {} : { q: query.q }), order, ...page }),
  )
  const isFiltered = query.q !== undefined
  const isShrunk = withShares >= minimumSources
  const mayCreate = mayDo(actor, 'source.create')
  return (
    <div className="page-column">
      <PageHeader title="Sources" actions={mayCreate && <NewSourceButton variant="primary" />}>
        The publishers whose reliability you report, with what closed review sessions settled about each. Ratings that
        were given elsewhere make a{' '}
        <Link href="/finished-ratings" className="text-accent underline">
          report from finished ratings
        </Link>
        .
      </PageHeader>
      {(isFiltered || items.length > 5) && (
        <QueryFilters
          search={{ name: 'q', label: 'Find a source', placeholder: 'Name or home page', value: query.q ?? '' }}
          selects={[{ name: 'order', label: 'Order', options: orders, value: order === 'name' ? '' : order }]}
        />
      )}
      {items.length > 0 ? (
        <>
          <DashboardNote withShares={withShares} isShrunk={isShrunk} />
          <SourceList lines={items} isShrunk={isShrunk} />
        </>
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
      {items.some(({ claims }) => claims.assessed > 0) && <DashboardMethod />}
    </div>
  )
}
