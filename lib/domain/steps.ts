/**
 * Long computations as steps: a generator yields wherever it can be interrupted, and returns its result. It runs beside other work where others wait,
 * and in one go elsewhere. The result is the same.
 */
export type Steps<T> = Generator<undefined, T>

/** How to let other work run: `pause` waits until it had its turn, `now` is a monotonic clock in milliseconds. */
export interface Turns {
  pause: () => Promise<unknown>
  now: () => number
}

/** How many milliseconds steps run before other work gets its turn. */
const turn = 8

/** Runs steps in one go: for tests, the command line, the browser, and wherever no other work waits. */
export function inOneGo<T>(steps: Steps<T>): T {
  let step = steps.next()
  while (step.done !== true) step = steps.next()
  return step.value
}

/** Runs steps beside other work: after about 8 ms of running, they wait for `pause`. */
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
