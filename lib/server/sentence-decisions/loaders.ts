import type { SentenceDecisionView } from '@/lib/domain/annotations/schema'
import { permit, type Actor } from '../access/gate'
import { listDecisions, maxDecisionPage } from './data'

/** Every sentence decision of a revision that the actor may see, in the order of the text, for the reader. @throws DomainError `not-found`. */
export async function loadDecisions(actor: Actor, revisionId: string): Promise<SentenceDecisionView[]> {
  const pass = permit(actor, 'annotation.read')
  const found: SentenceDecisionView[] = []
  let cursor: string | undefined
  do {
    const page = await listDecisions(pass, { revisionId, limit: maxDecisionPage, cursor })
    found.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  return found
}
