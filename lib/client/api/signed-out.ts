// Whether the last call that needed a sign-in was refused for want of one.
let isOut = false
const listeners = new Set<() => void>()

/** Says that a call found nobody signed in, or (`false`) that one is answered again. */
export function noteSignedOut(out: boolean): void {
  if (out === isOut) return
  isOut = out
  for (const listener of listeners) listener()
}

/** Whether nobody is signed in any more, as far as this page has noticed. */
export function isSignedOut(): boolean {
  return isOut
}

/** Calls back at each change; returns the way to stop. */
export function subscribeToSignedOut(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
