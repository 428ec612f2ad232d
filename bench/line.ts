/** A benchmark's result, one a line: what was measured, against what, and whether a goal holds. `ratio` is ours to the baseline in the same run. */
export interface BenchLine {
  bench: string
  case: string
  unit: string
  ours: number
  baseline: number | null
  baselineName: string | null
  ratio: number | null
  goal: string | null
  /** Null where no goal is set. */
  holds: boolean | null
}

/** Whether the person asked for a table to read instead of lines for programs. */
const asTable = process.argv.includes('--table')

function figure(value: number, unit: string): string {
  return `${value.toFixed(unit === '/s' || unit === 'count' ? 0 : unit === 'KB' ? 1 : 2)} ${unit}`
}

/** Prints a result: JSON in a line, or a row of a table. `more` are figures of the benchmark's own. */
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
