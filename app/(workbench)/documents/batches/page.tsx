import { Files } from 'lucide-react'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { BatchList } from '@/components/batches/batch-list'
import { Link } from '@/components/ui/controls/link'
import { LinkButton } from '@/components/ui/controls/button'
import { EmptyState, ShowMore } from '@/components/ui/layout/list-parts'
import { PageHeader } from '@/components/ui/layout/page-header'
import { mayDo } from '@/lib/server/access/gate'
import { requireActor } from '@/lib/server/auth/current'
import { loadJobs } from '@/lib/server/jobs/loaders'
import { loadPage, readQuery, withQuery, type SearchParams } from '../../query'

export const metadata: Metadata = { title: 'Batches' }

const path = '/documents/batches'

export default async function BatchesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const query = readQuery(await searchParams, ['cursor'])
  const actor = await requireActor(withQuery(path, query))
  if (!mayDo(actor, 'job.read')) notFound()
  const { items, next } = await loadPage(query.cursor, (page) => loadJobs(actor, page))
  const start = (
    <LinkButton href="/documents/import" variant="primary">
      Import
    </LinkButton>
  )
  return (
    <div className="page-column">
      <PageHeader title="Batches" back={<Link href="/documents">Documents</Link>} actions={start}>
        Imports of many files or addresses, and what became of each.
      </PageHeader>
      {items.length > 0 ? (
        <BatchList jobs={items} />
      ) : (
        <EmptyState icon={<Files />} title="No batches yet" actions={start}>
          Drop a folder or more than 20 files on the import page, or paste as many addresses.
        </EmptyState>
      )}
      {(next !== null || query.cursor !== undefined) && (
        <ShowMore
          shown={items.length}
          href={next === null ? path : withQuery(path, { cursor: next })}
          label={next === null ? 'Back to the first' : 'Next page'}
        />
      )}
    </div>
  )
}
