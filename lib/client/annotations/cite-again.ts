/** A wish to cite the last reference on an annotation; the number tells one wish from the next. */
export interface AgainWish {
  annotationId: string
  number: number
}

let wish: AgainWish | null = null
let count = 0
const listeners = new Set<() => void>()

/** Asks the evidence of an annotation to begin with the reference that was cited last. */
export function citeAgain(annotationId: string): void {
  count += 1
  wish = { annotationId, number: count }
  for (const listener of listeners) listener()
}

/** Forgets the wish: the evidence was left, or the reference is attached. */
export function endCiteAgain(): void {
  wish = null
  for (const listener of listeners) listener()
}

/** The wish that was not yet fulfilled or forgotten; null when there is none. */
export function againWish(): AgainWish | null {
  return wish
}

/** Calls back at each change; returns the way to stop. */
export function subscribeToAgain(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
