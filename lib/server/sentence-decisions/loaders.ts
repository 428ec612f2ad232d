import type { SentenceDecisionView } from '@/lib/domain/annotations/schema'
import { permit, type Actor } from '../access/gate'
import { listDecisions, maxDecisionPage } from './data'

/**
 * Every sentence decision of a revision that the actor may see, in the order of the text, for the reader; with `sessionId` only those of that
 * review session, or with null of none. @throws DomainError `not-found`.
 */
export async function loadDecisions(
  actor: Actor,
  revisionId: string,
  { sessionId }: { sessionId?: string | null } = {},
): Promise<SentenceDecisionView[]> {
  const pass = permit(actor, 'annotation.read')
  const found: SentenceDecisionView[] = []
  let cursor: string | undefined
  do {
    const page = await listDecisions(pass, { revisionId, sessionId, limit: maxDecisionPage, cursor })
    found.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  return found
}
