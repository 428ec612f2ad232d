import { z } from 'zod'
import { sessionAgreementSchema } from '@/lib/domain/agreement/schema'
import { idSchema, textSchema } from '@/lib/domain/fields'
import { comparisonSchema } from '@/lib/domain/reports/comparing/comparison-schema'
import { sessionComparisonSchema } from '@/lib/domain/reports/comparing/compare-sessions'
import { dashboardOrders, dashboardSourceSchema } from '@/lib/domain/reports/dashboard/schema'
import { reportChoicesSchema, reportViewSchema } from '@/lib/domain/reports/schema'
import { readSessionAgreement } from '../agreement/data'
import { answer } from '../http/answers'
import { addOperation, createRoutes } from '../http/operation'
import { pageQuery, pageSchema } from '../http/pagination'
import { readComparison, readSessionComparison } from './comparison'
import { readDashboard } from './dashboard'
import { readReport } from './data'

/** Routes of the reliability report. */
export const reportRoutes = createRoutes()

addOperation(
  reportRoutes,
  {
    id: 'getSourceReport',
    noun: 'report',
    summary: 'The reliability report of a source, computed from current data',
    description:
      'Counts and shares of sourced, unsourced and contradicted claims with 95 % intervals, per document and pooled; coverage; every contradicted claim with its exact words, place and evidence. `shares` is null when there is too little data; `gates` says why. `sessions` names the closed review sessions behind the figures with their question, rules and random sample (frame, method, seed), `sampling` says whether the documents are a random sample, and `agreement` how far reviewers agreed while they could not see each other’s marks. What a session settled is read as it was when the session was closed; `withdrawn`, `earlierSessions` and `reopenedSessions` list what was removed or replaced since.',
    method: 'get',
    path: '/sources/{sourceId}/report',
    action: 'report.read',
    query: z.strictObject({
      singleReviews: reportChoicesSchema.shape.singleReviews
        .default('left-out')
        .describe('Whether claims that one person alone judged are counted. The report states the choice.'),
    }),
    answers: { 200: { description: 'The report.', schema: reportViewSchema } },
  },
  async ({ permit, params, query }) =>
    answer(await readReport(permit, { sourceId: params.sourceId, choices: query, now: new Date() })),
)

addOperation(
  reportRoutes,
  {
    id: 'compareSources',
    noun: 'report',
    summary: 'The shares of two sources side by side, with their differences',
    description:
      'For each rating the shares of both and the difference, first minus second, with a 95 % interval (the square-and-add interval of Newcombe on the intervals of the two reports). `shares` is null when either report withholds its own; `cautions` lists what to keep in mind. Neither is ranked.',
    method: 'get',
    path: '/sources/{sourceId}/comparisons/{otherSourceId}',
    action: 'report.read',
    answers: { 200: { description: 'Both shares and their differences.', schema: comparisonSchema } },
  },
  async ({ permit, params }) => answer(await readComparison(permit, { ...params, now: new Date() })),
)

addOperation(
  reportRoutes,
  {
    id: 'listDashboard',
    noun: 'report',
    summary: 'All sources with what closed sessions settled about them',
    description:
      'Counts of claims first, then shares with 95 % intervals where there is enough data; `shares` is null otherwise, and `gates` says what is missing. With ten or more sources that have shares, `shrunk` has each share drawn towards all. Counts are stored when sessions are closed and reopened, so no documents are read. Agreed ratings outside of closed sessions appear only in the report of a source. Sources are ordered by name, counts or date, never by a share.',
    method: 'get',
    path: '/dashboard',
    action: 'report.read',
    query: z.strictObject({
      ...pageQuery,
      q: textSchema(200).optional().describe('Words to find in the name or homepage.'),
      order: z
        .enum(dashboardOrders)
        .default('name')
        .describe('By name; most assessed claims or most documents first; or last closed first.'),
    }),
    answers: {
      200: {
        description: 'A page of sources.',
        schema: pageSchema(dashboardSourceSchema).extend({
          withShares: z.number().int().describe('How many sources of the workspace have shares.'),
        }),
      },
    },
  },
  async ({ permit, query }) => answer(await readDashboard(permit, query)),
)

addOperation(
  reportRoutes,
  {
    id: 'compareSessions',
    noun: 'report',
    summary: 'Two closed review sessions side by side, and what changed between them',
    description:
      'Each by its own verdicts on one source: counts, shares with intervals, agreement, rules. `changes` lists what differs in the second: rules, guidelines, documents. A difference is given only between sessions of the same rules that read no document in common; `says` gives the reason when there is none. Neither is ranked.',
    method: 'get',
    path: '/review-sessions/{sessionId}/comparisons/{otherSessionId}',
    action: 'report.read',
    query: z.strictObject({
      sourceId: idSchema.optional().describe('The source in the first session; needed where it read several.'),
      otherSourceId: idSchema
        .optional()
        .describe('The source in the second session. By default, the same as in the first if the second read it.'),
    }),
    answers: { 200: { description: 'Both sessions and what changed.', schema: sessionComparisonSchema } },
    problems: ['conflict'],
  },
  async ({ permit, params, query }) =>
    answer(await readSessionComparison(permit, { ...params, ...query, now: new Date() })),
)

/** Routes of agreement. */
export const agreementRoutes = createRoutes()

addOperation(
  agreementRoutes,
  {
    id: 'getSessionAgreement',
    noun: 'review session',
    summary: 'How far the reviewers of a session agree, with intervals',
    description:
      'Computed from blind ratings only, by Krippendorff’s alpha and others; each figure with its n, what was left out, and an interval by the jackknife over documents. Hidden while the session is active.',
    method: 'get',
    path: '/review-sessions/{sessionId}/agreement',
    action: 'agreement.read',
    answers: { 200: { description: 'The agreement, or why there is none.', schema: sessionAgreementSchema } },
  },
  async ({ permit, params }) => answer(await readSessionAgreement(permit, params.sessionId)),
)
