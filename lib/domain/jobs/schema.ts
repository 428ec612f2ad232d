import { z } from 'zod'
import { idSchema, instantSchema } from '../fields'
import { likenessKinds, likenessSchema } from '../likeness/schema'

/** The kinds of long work. Each has a runner (lib/server/jobs/lease.ts). */
export const jobKinds = ['import'] as const
export type JobKind = (typeof jobKinds)[number]

/** The states of a job. */
export const jobStates = ['active', 'finished', 'cancelled'] as const

/** The states of an item: `skipped` because the workspace already has its text, `undecided` until a person decides about it. */
export const jobItemStates = ['waiting', 'working', 'done', 'skipped', 'undecided', 'failed', 'cancelled'] as const
export type JobItemState = (typeof jobItemStates)[number]

/** States in which work remains that needs no person. */
export const openItemStates = ['waiting', 'working'] as const satisfies readonly JobItemState[]

/** The most items of one job. */
export const maxJobItems = 1_000

/** How long the files of an ended job are kept for another try, in ms. */
export const fileRetention = 7 * 24 * 60 * 60 * 1000

/** How many items are in each state. */
export type JobCounts = Record<JobItemState, number>

const count = z.number().int().min(0)

/** A job as lists show it. */
export const jobViewSchema = z
  .object({
    id: idSchema,
    kind: z.enum(jobKinds),
    name: z.string(),
    state: z.enum(jobStates),
    awaitsMore: z.boolean().describe('Whether more items are coming: files that are still being sent.'),
    counts: z.object({
      waiting: count,
      working: count,
      done: count,
      skipped: count,
      undecided: count,
      failed: count,
      cancelled: count,
    }),
    total: count,
    createdBy: z.object({ id: idSchema, name: z.string() }),
    createdAt: instantSchema,
    updatedAt: instantSchema,
    finishedAt: instantSchema.nullable(),
    may: z.object({ update: z.boolean() }),
  })
  .meta({ id: 'Job' })
export type JobView = z.infer<typeof jobViewSchema>

const documentSchema = z.object({
  id: idSchema,
  title: z.string(),
  source: z.object({ id: idSchema, name: z.string() }),
})

/** The result of an item, as it is stored: the document that it became, or the one that it is like. */
export const jobResultSchema = z.object({
  documentId: idSchema.optional(),
  asRevision: z.boolean().optional(),
  found: z.object({ id: idSchema, likeness: z.enum(likenessKinds), share: z.number() }).optional(),
})
export type JobResult = z.infer<typeof jobResultSchema>

/** One item of a job. */
export const jobItemViewSchema = z
  .object({
    id: idSchema,
    position: z.number().int().min(0),
    name: z.string().describe('The file’s name, or the address.'),
    state: z.enum(jobItemStates),
    message: z.string().describe('What went wrong, or the result, in a sentence; may be empty.'),
    document: documentSchema
      .nullable()
      .describe('The document that it became; null when there is none, or it was deleted since.'),
    asRevision: z.boolean().describe('Whether it became a revision of an existing document.'),
    found: likenessSchema
      .nullable()
      .describe('The document that it is like; null when there is none, or it was deleted since.'),
    mayRetry: z.boolean().describe('Whether it can be tried again: its file is kept, or it has an address.'),
  })
  .meta({ id: 'JobItem' })
export type JobItemView = z.infer<typeof jobItemViewSchema>

/** The number of a job's items that are in one of `states`. */
export function countItems(counts: JobCounts, states: readonly JobItemState[] = jobItemStates): number {
  return states.reduce((sum, state) => sum + counts[state], 0)
}
