import type { AnnotationView } from '@/lib/domain/annotations/schema'
import type { ReferenceSummary } from '@/lib/domain/references/schema'

/** A request to cite the last reference on an annotation; `number` distinguishes repeated requests. */
export interface AgainWish {
  annotationId: string
  number: number
}

let wish: AgainWish | null = null
let count = 0
const listeners = new Set<() => void>()

/** Requests that the evidence of an annotation opens with the reference that was cited last. */
export function citeAgain(annotationId: string): void {
  count += 1
  wish = { annotationId, number: count }
  for (const listener of listeners) listener()
}

/** Drops the request: the evidence was closed, or the reference is attached. */
export function endCiteAgain(): void {
  wish = null
  for (const listener of listeners) listener()
}

/** The open request; null without one. */
export function againWish(): AgainWish | null {
  return wish
}

/** Subscribes to changes; returns the function that unsubscribes. */
export function subscribeToAgain(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** The most references that are remembered. */
const mostRemembered = 8

/** The references that each member cited since the page was opened, newest first. Kept in the page only. */
const remembered = new Map<string, ReferenceSummary[]>()

/** Remembers that a member has just cited a reference. */
export function rememberReference(memberId: string, reference: ReferenceSummary): void {
  const before = (remembered.get(memberId) ?? []).filter(({ id }) => id !== reference.id)
  remembered.set(memberId, [reference, ...before].slice(0, mostRemembered))
}

/**
 * The references that a member cited, newest first, each once: those cited since the page was opened, then those of the member's marks among
 * `annotations`, by the time of their last change. At most eight.
 */
export function recentReferences(memberId: string, annotations: Iterable<AnnotationView>): ReferenceSummary[] {
  const own = [...annotations]
    .filter(({ author, citations }) => author.id === memberId && citations.length > 0)
    .sort((one, other) => other.updatedAt.localeCompare(one.updatedAt))
  const cited = own.flatMap(({ citations }) => citations.map(({ reference }) => reference).reverse())
  const found = new Map<string, ReferenceSummary>()
  for (const reference of [...(remembered.get(memberId) ?? []), ...cited])
    if (!found.has(reference.id)) found.set(reference.id, reference)
  return [...found.values()].slice(0, mostRemembered)
}
