import { setImmediate as pause } from 'node:timers/promises'
import type { Agreement, SessionAgreement } from '@/lib/domain/agreement/schema'
import { computeSessionAgreement } from '@/lib/domain/agreement/session-agreement'
import { protocolSchema } from '@/lib/domain/review-sessions/protocol'
import type { Permit } from '../access/gate'
import { database } from '../db/client'
import { readDocumentsToJudgeBlind } from '../review-sessions/matrix-rows'
import { viewerOf } from '../review-sessions/visibility'
import { visibleSession } from '../review-sessions/visible'
import { readAgreementInput, type AgreementInput } from './rows'

/** The most sessions whose agreement is kept in memory. */
const maxKept = 20

interface Kept {
  stamp: string
  agreement: Promise<Agreement>
}

const kept = new Map<string, Kept>()

/** Computes beside other work, once for all who ask while the ratings are the same. */
function agreementOf(sessionId: string, { documents, stamp }: AgreementInput): Promise<Agreement> {
  const known = kept.get(sessionId)
  if (known?.stamp === stamp) return known.agreement
  const agreement = computeSessionAgreement(documents, { pause: () => pause(), now: () => performance.now() })
  kept.delete(sessionId)
  kept.set(sessionId, { stamp, agreement })
  agreement.catch(() => {
    if (kept.get(sessionId)?.agreement === agreement) kept.delete(sessionId)
  })
  for (const id of kept.keys()) {
    if (kept.size <= maxKept) break
    kept.delete(id)
  }
  return agreement
}

/**
 * The agreement of a session's blind ratings. While a blind session is active it is hidden from everybody: it would tell what others marked. Later it
 * still is from who judges a document of it blind in another session.
 * @throws DomainError `not-found` for a session that the actor may not see.
 */
export async function readSessionAgreement(
  permit: Permit<'agreement.read'>,
  sessionId: string,
): Promise<SessionAgreement> {
  const { read } = await database()
  const session = await visibleSession(read, permit.actor, sessionId)
  const nothing = { sessionId, agreement: null, reviewers: [], documents: [], withdrawn: 0 }
  if (!protocolSchema.parse(session.protocol).blind) {
    const says = 'This session was open: its reviewers saw each other’s marks, so their agreement says nothing.'
    return { ...nothing, state: 'not-blind', says }
  }
  if (session.state === 'draft' || session.state === 'active') {
    return { ...nothing, state: 'hidden-while-blind', says: 'Agreement is hidden until the blind phase ends.' }
  }
  if ((await readDocumentsToJudgeBlind(read, { sessionId, viewer: viewerOf(permit) })).size > 0) {
    const says = 'Agreement is hidden from you while you judge a document of this session blind in another one.'
    return { ...nothing, state: 'hidden-while-blind', says }
  }
  const input = await readAgreementInput(read, { workspaceId: permit.workspaceId, sessionId })
  if (input.documents.length === 0)
    return { ...nothing, state: 'nothing-submitted', says: 'Nothing was submitted in this session.' }
  const { reviewers, titles, withdrawn } = input
  const agreement = await agreementOf(sessionId, input)
  const says = agreement.established
    ? 'Agreement is established.'
    : `Agreement is not established: ${agreement.reasons.map((reason) => reason.says).join(' ')}`
  return { sessionId, state: 'shown', says, agreement, reviewers, documents: titles, withdrawn }
}
