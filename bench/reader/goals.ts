/** The table of goals of the reader's benchmark: which figures are promised, and where. */

/** One line of results. `ratio` is ours divided by the baseline; goal and holds are null for figures that are only reported. */
export interface Line {
  bench: 'reader'
  case: string
  unit: 'ms' | 'µs' | 'KB' | 'count'
  ours: number
  baseline: number | null
  baselineName: string | null
  ratio: number | null
  goal: string | null
  holds: boolean | null
}

/** A goal: at most this many times the baseline, and at most this much. */
export interface Goal {
  ratio?: number
  most?: number
}

export interface Measured {
  case: string
  unit: Line['unit']
  ours: number
  baseline?: { name: string; figure: number } | null
  goal?: Goal | null
}

/** The goal of an operation in a cell against a baseline, or null when there is none. */
export function goalOf(
  operation: string,
  baselineName: string,
  { words, annotations }: { words: number; annotations: number },
): Goal | null {
  if (baselineName !== 'raw' && baselineName !== 'decorations') return null
  if (operation === 'load' && annotations === 10_000 && words >= 50_000)
    return { ratio: baselineName === 'raw' ? 0.25 : 1 / 25 }
  if (operation === 'load' && annotations === 1_000 && words === 50_000 && baselineName === 'decorations')
    return { ratio: 1 / 20 }
  if (operation === 'scroll 30 steps' && baselineName === 'raw') return { ratio: 1.3 }
  if (annotations !== 10_000 || baselineName !== 'raw') return null
  if (operation === 'add one') return { ratio: 1 / 6 }
  if (operation === 'unrelated change') return { ratio: 1 / 8 }
  if (operation === 'hit test') return { ratio: 1 / 700 }
  return null
}

function sayRatio(ratio: number): string {
  return ratio < 0.5 ? `1/${String(Math.round(1 / ratio))}` : String(ratio)
}

/** Compares a figure with its baseline and its goal. */
export function toLine({ case: name, unit, ours, baseline, goal }: Measured): Line {
  const ratio = baseline && baseline.figure > 0 ? ours / baseline.figure : null
  const parts: string[] = []
  let holds: boolean | null = null
  if (goal?.ratio !== undefined) {
    parts.push(`≤ ${sayRatio(goal.ratio)} of ${baseline?.name ?? ''}`)
    holds = ratio !== null && ratio <= goal.ratio
  }
  if (goal?.most !== undefined) {
    parts.push(`≤ ${String(goal.most)} ${unit}`)
    holds = (holds ?? true) && ours <= goal.most
  }
  const round = (figure: number) => Math.round(figure * 100) / 100
  return {
    bench: 'reader',
    case: name,
    unit,
    ours: round(ours),
    baseline: baseline ? round(baseline.figure) : null,
    baselineName: baseline?.name ?? null,
    ratio: ratio === null ? null : Math.round(ratio * 10_000) / 10_000,
    goal: parts.length > 0 ? parts.join(' and ') : null,
    holds,
  }
}
