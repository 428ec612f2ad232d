/**
 * `npm run bench -- agreement [--quick] [--table]`: times the agreement of a session, with intervals by leaving out each document: all figures for
 * the team, each rating, each pair of reviewers and each document. The baseline computes alpha alone, with an interval that counts the ratings of all
 * other documents anew; it must equal ours to nine decimals.
 * A second measurement is how long other work has to wait, compared with computing everything in one task. Figures are medians of several rounds.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Agreement } from '@/lib/domain/agreement/schema'
import { computeAgreement, computeSessionAgreement } from '@/lib/domain/agreement/session-agreement'
import type { BlindDocument } from '@/lib/domain/agreement/statistics'
import { leaveOutNaively, unitsOf } from './naive'
import { makeSession, type SampleSize } from './sample'
import { printLine, type BenchLine } from '../line'
import { median } from '../median'

const quick = process.argv.includes('--quick')
const rounds = quick ? 3 : 7
const pause = () => nextTurn()
const now = () => performance.now()

function round(value: number): number {
  return Number(value.toFixed(2))
}

function toLine({
  name,
  ours,
  baseline,
  baselineName,
  most,
}: {
  name: string
  ours: number
  baseline: number
  baselineName: string
  most: number | null
}): BenchLine {
  return {
    bench: 'agreement',
    case: name,
    unit: 'ms',
    ours: round(ours),
    baseline: round(baseline),
    baselineName,
    ratio: Number((ours / baseline).toFixed(4)),
    goal: most === null ? null : `≤ ${String(most)} ms`,
    holds: most === null ? null : ours <= most,
  }
}

interface Timed {
  agreement: Agreement
  /** From the call to the result, in ms. */
  time: number
  /** The longest time in which nothing else could run, in ms. */
  longest: number
  /** The same in processor time of this process, which a busy machine does not lengthen. */
  longestWork: number
}

function processorTime(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

function isDone({ done }: { done: boolean }): boolean {
  return done
}

async function time(compute: () => Agreement | Promise<Agreement>): Promise<Timed> {
  const others = { last: now(), used: processorTime(), longest: 0, longestWork: 0, done: false }
  const turns = (async () => {
    while (!isDone(others)) {
      await nextTurn()
      const wait = now() - others.last
      others.longest = Math.max(others.longest, wait)
      others.longestWork = Math.max(others.longestWork, Math.min(wait, processorTime() - others.used))
      others.used = processorTime()
      others.last = now()
    }
  })()
  await nextTurn()
  others.last = now()
  others.longest = 0
  others.longestWork = 0
  const started = now()
  const agreement = await compute()
  const taken = now() - started
  await nextTurn()
  others.done = true
  await turns
  return { agreement, time: taken, longest: others.longest, longestWork: others.longestWork }
}

function checkInterval(agreement: Agreement, documents: readonly BlindDocument[]): number {
  const units = unitsOf(documents)
  const started = now()
  const naive = leaveOutNaively(units)
  const taken = now() - started
  const { interval } = agreement.session.labelAlpha
  const same = (one = Number.NaN, other = Number.NaN) => Math.abs(one - other) < 1e-9
  if (!same(interval?.low, naive?.low) || !same(interval?.high, naive?.high))
    throw new Error('The interval from sums is not the interval from ratings.')
  return taken
}

function describe({ documents, reviewers, units }: SampleSize): string {
  return `${String(documents)} documents × ${String(reviewers)} reviewers × ${String(units)} units`
}

async function measure(size: SampleSize, { most, checked }: { most: number | null; checked: boolean }): Promise<void> {
  const documents = makeSession(size)
  const yielding: Timed[] = []
  const atOnce: Timed[] = []
  for (let turn = 0; turn < rounds; turn += 1) {
    yielding.push(await time(() => computeSessionAgreement(documents, { pause, now })))
    atOnce.push(await time(() => computeAgreement(documents)))
  }
  const [first] = yielding
  if (first === undefined) return
  const name = describe(size)
  const ours = median(yielding.map((each) => each.time))
  if (checked) {
    const baseline = checkInterval(first.agreement, documents)
    const baselineName = 'alpha alone, claims matched before, every interval from the ratings'
    printLine(toLine({ name: `${name}: everything, claims matched`, ours, baseline, baselineName, most }))
  } else {
    const baseline = median(atOnce.map((each) => each.time))
    printLine(toLine({ name: `${name}: everything`, ours, baseline, baselineName: 'in one go', most }))
  }
  for (const [what, key, goal] of [
    ['longest turn, processor time', 'longestWork', 25],
    ['longest wait of others', 'longest', null],
  ] as const) {
    const of = (all: readonly Timed[]) => median(all.map((each) => each[key]))
    const [own, other] = [of(yielding), of(atOnce)]
    printLine(toLine({ name: `${name}: ${what}`, ours: own, baseline: other, baselineName: 'in one go', most: goal }))
  }
}

await measure({ documents: 100, reviewers: 5, units: 200 }, { most: 1000, checked: true })
await measure({ documents: 100, reviewers: 5, units: 20 }, { most: 1000, checked: false })
if (!quick) await measure({ documents: 500, reviewers: 3, units: 40 }, { most: null, checked: false })
