/**
 * Long computations as steps: a generator yields wherever it can be interrupted, and gives its result at the end. Where others wait, it is run beside them; elsewhere
 * in one go. The result is the same.
 */
export type Steps<T> = Generator<undefined, T>

/** How to let others have their turn: `pause` waits until they had it, `now` gives milliseconds of a clock that never goes back. */
export interface Turns {
  pause: () => Promise<unknown>
  now: () => number
}

/** Work goes on for this many milliseconds before others get their turn. */
const turn = 8

/** Runs steps in one go: for tests, the command line, the browser, and wherever nobody else waits. */
export function inOneGo<T>(steps: Steps<T>): T {
  let step = steps.next()
  while (step.done !== true) step = steps.next()
  return step.value
}

/** Runs steps beside other work: after about 8 ms of their own they wait for `pause`. */
export async function besideOthers<T>(steps: Steps<T>, { pause, now }: Turns): Promise<T> {
  let since = now()
  let step = steps.next()
  while (step.done !== true) {
    if (now() - since >= turn) {
      await pause()
      since = now()
    }
    step = steps.next()
  }
  return step.value
}
