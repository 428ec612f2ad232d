import type { Metadata } from 'next'
import { BatchScreen } from '@/components/batches/batch-screen'
import { Link } from '@/components/ui/controls/link'
import { PageHeader } from '@/components/ui/layout/page-header'
import { LocalTime } from '@/components/ui/text/local-time'
import { jobItemStates } from '@/lib/domain/jobs/schema'
import { requireActor } from '@/lib/server/auth/current'
import { loadOrNotFound } from '@/lib/server/http/pages'
import { loadJob } from '@/lib/server/jobs/loaders'
import { readQuery, withQuery, type SearchParams } from '../../../query'

export const metadata: Metadata = { title: 'Batch' }

interface BatchPageProps {
  params: Promise<{ id: string }>
  searchParams: Promise<SearchParams>
}

export default async function BatchPage({ params, searchParams }: BatchPageProps) {
  const { id } = await params
  const query = readQuery(await searchParams, ['show'])
  const actor = await requireActor(withQuery(`/documents/batches/${id}`, query))
  const state = jobItemStates.find((name) => name === query.show)
  const { job, items } = await loadOrNotFound(loadJob(actor, { id, state }))
  return (
    <div className="page-column">
      <PageHeader title={<bdi>{job.name}</bdi>} back={<Link href="/documents/batches">Batches</Link>}>
        Started by <bdi>{job.createdBy.name}</bdi>, <LocalTime instant={job.createdAt} shows="day-and-time" />.
      </PageHeader>
      <BatchScreen key={state ?? 'all'} initial={{ job, ...items }} state={state} />
    </div>
  )
}
