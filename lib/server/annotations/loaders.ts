import type { AnnotationView } from '@/lib/domain/annotations/schema'
import { permit, type Actor } from '../access/gate'
import { listAnnotations, maxAnnotationPage } from './data'
import { countPutAside, readTwins } from './data'

/**
 * Every annotation of a revision that the actor may see, in the order of the text, for the reader; with `sessionId` only those of that review
 * session, or with null of none. @throws DomainError `not-found`.
 */
export async function loadAnnotations(
  actor: Actor,
  revisionId: string,
  { sessionId }: { sessionId?: string | null } = {},
): Promise<AnnotationView[]> {
  const pass = permit(actor, 'annotation.read')
  const found: AnnotationView[] = []
  let cursor: string | undefined
  do {
    const page = await listAnnotations(pass, { revisionId, sessionId, limit: maxAnnotationPage, cursor })
    found.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  return found
}

/** How many of the actor's annotations of a revision a session puts aside while they review in it, for the reader. */
export async function loadPutAside(actor: Actor, where: { revisionId: string; sessionId: string }): Promise<number> {
  return countPutAside(permit(actor, 'annotation.read'), where)
}

/** The annotations of a revision that stand twice, each with whether it was made in a session, for the reader. */
export async function loadTwins(actor: Actor, revisionId: string): Promise<Record<string, boolean>> {
  return readTwins(permit(actor, 'annotation.read'), revisionId)
}
