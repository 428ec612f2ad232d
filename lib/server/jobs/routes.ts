import { z } from 'zod'
import { idSchema } from '@/lib/domain/fields'
import { jobItemStates, jobItemViewSchema, jobViewSchema, maxJobItems } from '@/lib/domain/jobs/schema'
import { answer } from '../http/answers'
import { addOperation, createRoutes } from '../http/operation'
import { pageQuery, pageSchema } from '../http/pagination'
import { listItems, listJobs, readJob } from './data'
import { cancelJob, retryJob } from './mutations'
import { wakeJobs } from './worker'

/** Routes of jobs: long work that runs in the background. */
export const jobRoutes = createRoutes()

const noun = 'job'
const one = '/jobs/{jobId}'
const shown = { description: 'The job.', schema: jobViewSchema, maxJobItems }

addOperation(
  jobRoutes,
  {
    id: 'listJobs',
    noun,
    summary: 'Jobs of the workspace, newest first',
    method: 'get',
    path: '/jobs',
    action: 'job.read',
    query: z.strictObject(pageQuery),
    answers: { 200: { description: 'A page of jobs.', schema: pageSchema(jobViewSchema) } },
  },
  async ({ permit, query }) => answer(await listJobs(permit, query)),
)

addOperation(
  jobRoutes,
  {
    id: 'getJob',
    noun,
    summary: 'Progress of a job',
    method: 'get',
    path: one,
    action: 'job.read',
    answers: { 200: shown },
  },
  async ({ permit, params }) => answer(await readJob(permit, params.jobId)),
)

addOperation(
  jobRoutes,
  {
    id: 'listJobItems',
    noun,
    summary: 'Items of a job with their outcomes',
    method: 'get',
    path: `${one}/items`,
    action: 'job.read',
    query: z.strictObject({ ...pageQuery, state: z.enum(jobItemStates).optional() }),
    answers: { 200: { description: 'A page of items, in their order.', schema: pageSchema(jobItemViewSchema) } },
  },
  async ({ permit, params, query }) => answer(await listItems(permit, { jobId: params.jobId, ...query })),
)

addOperation(
  jobRoutes,
  {
    id: 'retryJob',
    noun,
    summary: 'Run failed items again',
    description: 'Runs the named items, or all failed ones without names. They run in your name from now on.',
    method: 'post',
    path: `${one}/retry`,
    action: 'job.update',
    body: z.strictObject({ items: z.array(idSchema).min(1).max(maxJobItems).optional() }),
    answers: { 200: shown },
    problems: ['conflict'],
    example: {},
  },
  async ({ permit, params, body }) => {
    const job = await retryJob(permit, { jobId: params.jobId, items: body.items })
    wakeJobs()
    return answer(job)
  },
)

addOperation(
  jobRoutes,
  {
    id: 'cancelJob',
    noun,
    summary: 'Cancel the open items of a job',
    description: 'Finished items keep their results, and failed ones can still be run again.',
    method: 'post',
    path: `${one}/cancel`,
    action: 'job.update',
    answers: { 200: shown },
  },
  async ({ permit, params }) => answer(await cancelJob(permit, params.jobId)),
)
