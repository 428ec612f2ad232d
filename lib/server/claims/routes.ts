import { z } from 'zod'
import {
  assignmentOutcomeSchema,
  bulkVerdictsInputSchema,
  bulkVerdictsViewSchema,
  claimCountsSchema,
  claimFilterSchema,
  claimViewSchema,
  documentOutcomeSchema,
  mergeInputSchema,
  splitInputSchema,
  verdictInputSchema,
} from '@/lib/domain/claims/schema'
import { answer } from '../http/answers'
import { addOperation, createRoutes } from '../http/operation'
import { pageQuery, pageSchema } from '../http/pagination'
import { listClaims, readClaim } from './data'
import { mergeClaims, splitClaim } from './mutations'
import { readDocumentOutcome, readOutcome } from './outcomes'
import { confirmClaims, decideVerdict, withdrawVerdict } from './verdicts'

/** Routes of claims. */
export const claimRoutes = createRoutes()

const noun = 'claim'
const one = '/claims/{claimId}'
const shown = { description: 'The claim.', schema: claimViewSchema }

addOperation(
  claimRoutes,
  {
    id: 'listClaims',
    noun,
    summary: 'A session’s claims in the order of its documents and their text',
    description:
      'Visible to the session’s adjudicators and leads during adjudication, and to all members once it is closed. Reviewers appear as letters, in a different order for each claim, until the session is closed.',
    method: 'get',
    path: '/review-sessions/{sessionId}/claims',
    action: 'claim.read',
    query: claimFilterSchema.extend(pageQuery).strict(),
    answers: {
      200: {
        description: 'A page of claims, with the counts of all of them.',
        schema: pageSchema(claimViewSchema).extend({ counts: claimCountsSchema }),
      },
    },
    problems: ['conflict'],
  },
  async ({ permit, params, query }) => answer(await listClaims(permit, { ...query, sessionId: params.sessionId })),
)

addOperation(
  claimRoutes,
  {
    id: 'getClaim',
    noun,
    summary: 'One claim',
    method: 'get',
    path: one,
    action: 'claim.read',
    answers: { 200: shown },
    problems: ['conflict'],
  },
  async ({ permit, params }) => {
    const claim = await readClaim(permit, params.claimId)
    return answer(claim, { version: claim.version })
  },
)

addOperation(
  claimRoutes,
  {
    id: 'splitClaim',
    noun,
    summary: 'Split ratings off a claim into a new claim',
    method: 'post',
    path: `${one}/split`,
    action: 'claim.update',
    ifMatch: true,
    body: splitInputSchema,
    answers: {
      200: { description: 'Both claims.', schema: z.object({ claim: claimViewSchema, apart: claimViewSchema }) },
    },
    problems: ['conflict'],
    example: { apart: ['B'] },
  },
  async ({ permit, params, version, body }) => {
    const both = await splitClaim(permit, { claimId: params.claimId, version, input: body })
    return answer(both, { version: both.claim.version })
  },
)

addOperation(
  claimRoutes,
  {
    id: 'mergeClaims',
    noun,
    summary: 'Merge two claims',
    method: 'post',
    path: `${one}/merge`,
    action: 'claim.update',
    ifMatch: true,
    body: mergeInputSchema,
    answers: { 200: { ...shown, description: 'The claim with the ratings of both.' } },
    problems: ['conflict'],
    example: { claimId: '01932f6a-7c00-7000-8000-3d5c1f2a9b03', version: 1 },
  },
  async ({ permit, params, version, body }) => {
    const claim = await mergeClaims(permit, { claimId: params.claimId, version, input: body })
    return answer(claim, { version: claim.version })
  },
)

addOperation(
  claimRoutes,
  {
    id: 'getAssignmentOutcome',
    noun,
    summary: 'The verdicts on the document of an assignment, with reasons',
    method: 'get',
    path: '/assignments/{assignmentId}/outcome',
    action: 'claim.read',
    answers: { 200: { description: 'Its claims with their verdicts.', schema: assignmentOutcomeSchema } },
    problems: ['conflict'],
  },
  async ({ permit, params }) => answer(await readOutcome(permit, params.assignmentId)),
)

addOperation(
  claimRoutes,
  {
    id: 'getRevisionOutcome',
    noun,
    summary: 'What a review session settled about a revision, claim by claim',
    description:
      'Shows the session in adjudication when the caller settles its claims or is a lead, otherwise the session closed last. `session` is null when there is none, and while the caller is to judge the document blind.',
    method: 'get',
    path: '/revisions/{revisionId}/outcome',
    action: 'claim.read',
    answers: { 200: { description: 'The session and its claims with their verdicts.', schema: documentOutcomeSchema } },
  },
  async ({ permit, params }) => answer(await readDocumentOutcome(permit, params.revisionId)),
)

/** Routes of verdicts. */
export const verdictRoutes = createRoutes()

const shownWithVerdict = { description: 'The claim with its verdict.', schema: claimViewSchema }

addOperation(
  verdictRoutes,
  {
    id: 'decideClaim',
    noun: 'verdict',
    summary: 'Decide a claim, or change its verdict',
    description:
      '`If-Match` is the version of the claim. When another adjudicator was first, the answer is 412, with the claim and their verdict in `current`; nothing is overwritten. `sourced` needs a supporting citation, `contradicted` a contradicting one. A null `rating` means that the words are no claim.',
    method: 'put',
    path: '/claims/{claimId}/verdict',
    action: 'verdict.decide',
    ifMatch: true,
    body: verdictInputSchema,
    answers: { 200: shownWithVerdict },
    problems: ['conflict'],
    example: { rating: 'unsourced', reason: 'nothing-found', words: 'The register and the minutes say nothing of it.' },
  },
  async ({ permit, params, version, body }) => {
    const claim = await decideVerdict(permit, { claimId: params.claimId, version, input: body })
    return answer(claim, { version: claim.version })
  },
)

addOperation(
  verdictRoutes,
  {
    id: 'withdrawVerdict',
    noun: 'verdict',
    summary: 'Withdraw a verdict: the claim is open again',
    method: 'delete',
    path: '/claims/{claimId}/verdict',
    action: 'verdict.decide',
    ifMatch: true,
    answers: { 200: { ...shownWithVerdict, description: 'The claim without a verdict.' } },
    problems: ['conflict'],
  },
  async ({ permit, params, version }) => {
    const claim = await withdrawVerdict(permit, { claimId: params.claimId, version })
    return answer(claim, { version: claim.version })
  },
)

addOperation(
  verdictRoutes,
  {
    id: 'confirmClaims',
    noun: 'verdict',
    summary: 'Confirm claims on which all reviewers agree',
    description:
      'Each gets the reviewers’ rating, all their evidence and their notes. All claims that can be confirmed are stored together; the others are listed with the reason.',
    method: 'post',
    path: '/review-sessions/{sessionId}/verdicts/bulk',
    action: 'verdict.decide',
    body: bulkVerdictsInputSchema,
    answers: { 200: { description: 'What was confirmed and what was not.', schema: bulkVerdictsViewSchema } },
    problems: ['conflict'],
    example: { claims: [{ id: '01932f6a-7c00-7000-8000-3d5c1f2a9b02', version: 1 }] },
  },
  async ({ permit, params, body }) => answer(await confirmClaims(permit, { sessionId: params.sessionId, input: body })),
)
