// Whether the last call was refused because nobody is signed in.
let isOut = false
const listeners = new Set<() => void>()

/** Notes that a call was refused because nobody is signed in, or (`false`) that one succeeded again. */
export function noteSignedOut(out: boolean): void {
  if (out === isOut) return
  isOut = out
  for (const listener of listeners) listener()
}

/** Whether this page has noticed that nobody is signed in any more. */
export function isSignedOut(): boolean {
  return isOut
}

/** Subscribes to changes; returns the function that unsubscribes. */
export function subscribeToSignedOut(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
