import { z } from 'zod'
import { assignmentStates } from './states'
import { idSchema, instantSchema, versionSchema } from '../fields'
import { blockerSchema } from './blockers'
import { sessionStates } from '../review-sessions/states'

/**
 * A cell: one reviewer's assignment of one document. `dueAt` is the assignment's own date, else the session's. `decided` is null for other reviewers'
 * work on a document that the current member, even a lead, is to judge blind.
 */
export const matrixCellSchema = z.object({
  assignmentId: idSchema,
  memberId: idSchema,
  state: z.enum(assignmentStates),
  dueAt: instantSchema.nullable(),
  overdue: z.boolean(),
  decided: z.number().int().nullable(),
  version: versionSchema,
})
export type MatrixCell = z.infer<typeof matrixCellSchema>

/**
 * One document of a session. `assigned` counts assignments that are not withdrawn, `missing` the further ones that the protocol wants. `covered` is
 * the number of the `total` checkable sentences that are covered. Null where the current member must not know yet. `readTwice`: whether it was drawn
 * for the second reading; null in a session without one, and for reviewers until the blind phase ends.
 */
export const matrixDocumentSchema = z.object({
  id: idSchema,
  title: z.string(),
  source: z.object({ id: idSchema, name: z.string() }),
  words: z.number().int(),
  total: z.number().int(),
  assigned: z.number().int().nullable(),
  missing: z.number().int().nullable(),
  readTwice: z.boolean().nullable(),
  covered: z.number().int().nullable(),
  claims: z.number().int().nullable(),
  openClaims: z.number().int().nullable(),
  disagreements: z.number().int().nullable(),
  cells: z.array(matrixCellSchema),
})
export type MatrixDocument = z.infer<typeof matrixDocumentSchema>

/**
 * One reviewer's column of a session's matrix. `active` is false for members who left the team; `inSession` is false for those removed from the
 * session who have withdrawn work in it. Counts are of assignments that are not withdrawn; `decided` and `total` are sentences of the cells that show
 * them.
 */
export const matrixReviewerSchema = z.object({
  member: z.object({ id: idSchema, name: z.string() }),
  reviews: z.boolean(),
  adjudicates: z.boolean(),
  inSession: z.boolean(),
  active: z.boolean(),
  documents: z.number().int(),
  words: z.number().int(),
  finished: z.number().int(),
  overdue: z.number().int(),
  decided: z.number().int(),
  total: z.number().int(),
})
export type MatrixReviewer = z.infer<typeof matrixReviewerSchema>

/** The matrix of a session with states and progress, and its blockers. `shows` says whose work it contains. */
export const sessionMatrixSchema = z
  .object({
    sessionId: idSchema,
    state: z.enum(sessionStates),
    at: instantSchema,
    dueAt: instantSchema.nullable(),
    shows: z.enum(['everyone', 'own']),
    reviewersPerDocument: z.number().int(),
    minimumReviewers: z.number().int(),
    reviewers: z.array(matrixReviewerSchema),
    documents: z.array(matrixDocumentSchema),
    totals: z.object({
      documents: z.number().int(),
      assignments: z.number().int(),
      finished: z.number().int(),
      overdue: z.number().int(),
      missing: z.number().int().nullable(),
      decided: z.number().int(),
      total: z.number().int(),
      covered: z.number().int().nullable(),
      coverable: z.number().int(),
      claims: z.number().int().nullable(),
      openClaims: z.number().int().nullable(),
      disagreements: z.number().int().nullable(),
    }),
    blockers: z.array(blockerSchema),
  })
  .meta({ id: 'SessionMatrix' })
export type SessionMatrix = z.infer<typeof sessionMatrixSchema>
