import type { SessionAgreement } from '@/lib/domain/agreement/schema'
import { protocolSchema } from '@/lib/domain/review-sessions/protocol'
import type { Permit } from '../access/gate'
import { database, type Reader } from '../db/client'
import { readDocumentsToJudgeBlind } from '../review-sessions/matrix-rows'
import { viewerOf } from '../visibility/marks'
import { visibleSession, type SessionRow } from '../visibility/sessions'
import { agreementOf } from './agreement-cache'
import { readAgreementInput } from './rows'

/** Documents of a session with a second reading that were to be read once: they say nothing of agreement. */
async function readOnceIds(
  read: Reader,
  { workspaceId, session }: { workspaceId: string; session: SessionRow },
): Promise<ReadonlySet<string>> {
  if (protocolSchema.parse(session.protocol).secondReading === undefined) return new Set()
  const rows = await read.sessionDocument.findMany({
    where: { workspaceId, sessionId: session.id, readTwice: false },
    select: { documentId: true },
  })
  return new Set(rows.map(({ documentId }) => documentId))
}

/**
 * The agreement of a session's blind ratings. While a blind session is active it is hidden from everyone: it would tell what others marked. Later it
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
  const once = await readOnceIds(read, { workspaceId: permit.workspaceId, session })
  input.documents = input.documents.filter(({ id }) => !once.has(id))
  if (input.documents.length === 0)
    return { ...nothing, state: 'nothing-submitted', says: 'Nothing was submitted in this session.' }
  const { reviewers, titles, withdrawn } = input
  const agreement = await agreementOf(`session ${permit.workspaceId} ${sessionId}`, input)
  const says = agreement.established
    ? 'Agreement is established.'
    : `Agreement is not established: ${agreement.reasons.map((reason) => reason.says).join(' ')}`
  return { sessionId, state: 'shown', says, agreement, reviewers, documents: titles, withdrawn }
}
