import {
  bulkVerdictsInputSchema,
  bulkVerdictsViewSchema,
  claimViewSchema,
  verdictInputSchema,
} from '@/lib/domain/claims/schema'
import { answer } from '../http/answers'
import { addOperation, createRoutes } from '../http/operation'
import { confirmClaims } from './confirm'
import { decideVerdict, withdrawVerdict } from './mutations'

/** Routes of verdicts. */
export const verdictRoutes = createRoutes()

const noun = 'verdict'
const one = '/claims/{claimId}/verdict'
const shown = { description: 'The claim with its verdict.', schema: claimViewSchema }

addOperation(
  verdictRoutes,
  {
    id: 'decideClaim',
    noun,
    summary: 'Decide a claim, or change its verdict',
    description:
      '`If-Match` is the version of the claim. When another adjudicator was first, the answer is 412 with the claim and the verdict they gave in `current`; nothing is overwritten. `sourced` needs a supporting citation, `contradicted` a contradicting one. `rating` null says that the words are no claim.',
    method: 'put',
    path: one,
    action: 'verdict.decide',
    ifMatch: true,
    body: verdictInputSchema,
    answers: { 200: shown },
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
    noun,
    summary: 'Take a verdict back: the claim is open again',
    method: 'delete',
    path: one,
    action: 'verdict.decide',
    ifMatch: true,
    answers: { 200: { ...shown, description: 'The claim without a verdict.' } },
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
    noun,
    summary: 'Confirm claims on which all reviewers agree',
    description:
      'Each gets the reviewers’ rating, all their evidence and their notes. All that can be confirmed are stored together; the others are named with what stood in the way.',
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
