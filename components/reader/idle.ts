/** Work for idle moments. Safari has no idle callbacks; a pause between two steps does nearly as well. */

const hasIdle = typeof window !== 'undefined' && Reflect.has(window, 'requestIdleCallback')
/** Milliseconds: the pause, and what a step may take, where the browser does not tell. */
const pause = 50
const share = 8

/** Calls `work` at the next idle moment with a function that says how many milliseconds of it are left. Gives a way to call it off. */
export function whenIdle(work: (left: () => number) => void): () => void {
  if (hasIdle) {
    const handle = requestIdleCallback((deadline) => {
      work(() => deadline.timeRemaining())
    })
    return () => {
      cancelIdleCallback(handle)
    }
  }
  const handle = window.setTimeout(() => {
    const started = performance.now()
    work(() => share - (performance.now() - started))
  }, pause)
  return () => {
    window.clearTimeout(handle)
  }
}
