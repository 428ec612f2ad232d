/** Schedules work for idle moments. Safari has no idle callbacks; a pause between two steps does nearly as well. */

const hasIdle = typeof window !== 'undefined' && Reflect.has(window, 'requestIdleCallback')
/** The pause between steps and the time for a step, in milliseconds, where the browser has no idle callbacks. */
const pause = 50
const share = 8

/**
 * Calls `work` at the next idle moment, with a function that returns the milliseconds left of it.
 * @returns cancels the call
 */
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
