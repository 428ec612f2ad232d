import { Files } from 'lucide-react'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { batchStateInWords, outcomesInWords, shareWorked, textsInWords } from '@/components/batches/batch-words'
import { LinkButton } from '@/components/ui/controls/button'
import { Link } from '@/components/ui/controls/link'
import { EmptyState, ShowMore } from '@/components/ui/layout/list-parts'
import { PageHeader } from '@/components/ui/layout/page-header'
import { Bar } from '@/components/ui/layout/progress'
import { Cell, HeadCell, Table } from '@/components/ui/layout/table'
import { LocalTime } from '@/components/ui/text/local-time'
import { Tag } from '@/components/ui/text/tag'
import type { JobView } from '@/lib/domain/jobs/schema'
import { mayDo } from '@/lib/server/access/gate'
import { requireActor } from '@/lib/server/auth/current'
import { loadJobs } from '@/lib/server/jobs/loaders'
import { loadPage, readQuery, type SearchParams, withQuery } from '../../query'

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
        Imports of many files or addresses, with the result of each.
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

/** Batches, each with its progress. */
function BatchList({ jobs }: { jobs: readonly JobView[] }) {
  return (
    <Table caption="Batches">
      <thead>
        <tr>
          <HeadCell>Batch</HeadCell>
          <HeadCell className="max-md:hidden">Progress</HeadCell>
        </tr>
      </thead>
      <tbody>
        {jobs.map((job) => (
          <tr key={job.id} className="hover:bg-hover/60">
            <Cell className="w-full">
              <Link
                href={`/documents/batches/${job.id}`}
                className="font-serif text-md font-medium [overflow-wrap:anywhere] hover:underline"
              >
                <bdi>{job.name}</bdi>
              </Link>
              <p className="text-sm text-ink-3">
                {textsInWords(job.total)}, by <bdi>{job.createdBy.name}</bdi>,{' '}
                <LocalTime instant={job.createdAt} shows="day-and-time" />
              </p>
              <div className="mt-1.5 md:hidden">
                <Progress job={job} />
              </div>
            </Cell>
            <Cell className="min-w-52 max-md:hidden">
              <Progress job={job} />
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

function Progress({ job }: { job: JobView }) {
  return (
    <span className="grid justify-items-start gap-1.5">
      <Tag tone={job.state === 'active' ? 'accent' : 'neutral'}>{batchStateInWords(job)}</Tag>
      {job.state === 'active' && <Bar share={shareWorked(job)} />}
      <span className="tabular text-sm text-ink-2">{outcomesInWords(job)}</span>
    </span>
  )
}
