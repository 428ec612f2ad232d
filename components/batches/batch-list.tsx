import { Bar } from '@/components/ui/layout/progress'
import { Link } from '@/components/ui/controls/link'
import { Cell, HeadCell, Table } from '@/components/ui/layout/table'
import { LocalTime } from '@/components/ui/text/local-time'
import { Tag } from '@/components/ui/text/tag'
import type { JobView } from '@/lib/domain/jobs/schema'
import { batchStateInWords, outcomesInWords, shareWorked, textsInWords } from './batch-words'

function Progress({ job }: { job: JobView }) {
  return (
    <span className="grid justify-items-start gap-1.5">
      <Tag tone={job.state === 'active' ? 'accent' : 'neutral'}>{batchStateInWords(job)}</Tag>
      {job.state === 'active' && <Bar share={shareWorked(job)} />}
      <span className="tabular text-sm text-ink-2">{outcomesInWords(job)}</span>
    </span>
  )
}

/** Batches with how far each is. */
export function BatchList({ jobs }: { jobs: readonly JobView[] }) {
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
