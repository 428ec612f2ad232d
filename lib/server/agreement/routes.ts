import { sessionAgreementSchema } from '@/lib/domain/agreement/schema'
import { answer } from '../http/answers'
import { addOperation, createRoutes } from '../http/operation'
import { readSessionAgreement } from './data'

/** Routes of agreement. */
export const agreementRoutes = createRoutes()

addOperation(
  agreementRoutes,
  {
    id: 'getSessionAgreement',
    noun: 'review session',
    summary: 'How far the reviewers of a session agree, with intervals',
    description:
      'Computed from blind ratings only, by Krippendorff’s alpha and others; each figure with its n, what was left out and an interval from leaving out one document at a time. Hidden while the session is active.',
    method: 'get',
    path: '/review-sessions/{sessionId}/agreement',
    action: 'agreement.read',
    answers: { 200: { description: 'The agreement, or why there is none.', schema: sessionAgreementSchema } },
  },
  async ({ permit, params }) => answer(await readSessionAgreement(permit, params.sessionId)),
)
