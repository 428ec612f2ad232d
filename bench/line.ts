/**
 * One line of a benchmark's results: what was measured, the baseline, and whether the goal holds. `ratio` is ours divided by the baseline of the same
 * run.
 */
export interface BenchLine {
  bench: string
  case: string
  unit: string
  ours: number
  baseline: number | null
  baselineName: string | null
  ratio: number | null
  goal: string | null
  /** Null without a goal. */
  holds: boolean | null
}

/** Whether a table for people was asked for, instead of lines for programs. */
const asTable = process.argv.includes('--table')

function figure(value: number, unit: string): string {
  return `${value.toFixed(unit === '/s' || unit === 'count' ? 0 : unit === 'KB' ? 1 : 2)} ${unit}`
}

/** Prints a result: a line of JSON, or a row of a table. `more` are further figures of the benchmark. */
export function printLine(line: BenchLine, more: Readonly<Record<string, number>> = {}): void {
  if (!asTable) {
    process.stdout.write(`${JSON.stringify({ ...line, ...more })}\n`)
    return
  }
  const { holds, baseline, baselineName, ratio, goal, unit } = line
  const columns = [
    holds === null ? '  ' : holds ? 'ok' : 'NO',
    line.case.padEnd(68),
    figure(line.ours, unit).padStart(12),
    baseline === null ? '' : `${baselineName ?? ''} ${figure(baseline, unit)}`,
    ratio === null ? '' : `× ${String(ratio)}`,
    goal ?? '',
    ...Object.entries(more).map(([name, value]) => `${name} ${String(Math.round(value * 10) / 10)}`),
  ]
  process.stdout.write(`${columns.filter((column) => column !== '').join('  ')}\n`)
}
