import { notFound } from '@/lib/domain/errors'
import { idSchema } from '@/lib/domain/fields'
import type { JobItemState, JobItemView, JobView } from '@/lib/domain/jobs/schema'
import { permit, type Actor } from '../access/gate'
import { maxPageSize, type Page } from '../http/pagination'
import { listItems, listJobs, readJob } from './data'

/** The jobs of the workspace for a page, newest first. */
export async function loadJobs(actor: Actor, page: { cursor?: string } = {}): Promise<Page<JobView>> {
  return listJobs(permit(actor, 'job.read'), { limit: 50, ...page })
}

/** A job with its first items for a page, optionally of one state only. @throws DomainError `not-found`, `forbidden`. */
export async function loadJob(
  actor: Actor,
  { id, state }: { id: string; state?: JobItemState | undefined },
): Promise<{ job: JobView; items: Page<JobItemView> }> {
  const pass = permit(actor, 'job.read')
  if (!idSchema.safeParse(id).success) throw notFound('job')
  const [job, items] = await Promise.all([readJob(pass, id), listItems(pass, { jobId: id, state, limit: maxPageSize })])
  return { job, items }
}
