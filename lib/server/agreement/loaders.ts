import type { SessionAgreement } from '@/lib/domain/agreement/schema'
import { permit, type Actor } from '../access/gate'
import { readSessionAgreement } from './data'

/** The agreement of a session, for a page. @throws DomainError `not-found`. */
export async function loadSessionAgreement(actor: Actor, sessionId: string): Promise<SessionAgreement> {
  return readSessionAgreement(permit(actor, 'agreement.read'), sessionId)
}
