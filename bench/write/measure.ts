/** The results of some writers: `rate` in writes per second, and `p50`, the median time of one write in ms. */
export interface Measured {
  rate: number
  p50: number
  count: number
}

/** The task of the writers. */
export interface Writers {
  writers: number
  /** How long they write, in ms. */
  duration: number
  /** Writes once; false when the write was not acknowledged. `number` differs for each write. */
  write: (number: number, writer: number) => Promise<boolean>
}

/** Runs writers in parallel, each sending its next write once its last is acknowledged. @throws Error when one is not. */
export async function measureWriters({ writers, duration, write }: Writers): Promise<Measured> {
  const times: number[] = []
  const started = performance.now()
  const until = started + duration
  let number = 0
  await Promise.all(
    Array.from({ length: writers }, async (_, writer) => {
      while (performance.now() < until) {
        const before = performance.now()
        if (!(await write(number++, writer))) throw new Error('A write was not acknowledged.')
        times.push(performance.now() - before)
      }
    }),
  )
  const seconds = (performance.now() - started) / 1000
  times.sort((one, other) => one - other)
  return { rate: times.length / seconds, p50: times[Math.floor(times.length / 2)] ?? Infinity, count: times.length }
}
