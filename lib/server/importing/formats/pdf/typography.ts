import { lineText, overlaps, type PageLine } from './lines'

/** The typography of a document: the look of its running text, from which headings, notes and new paragraphs differ. */
export interface Typography {
  /** The size of the running text, in points. */
  bodySize: number
  bodyFont: string
  /** The line spacing, as a share of the font size. */
  leading: number
  /** The sizes of headings, the largest first. */
  headingSizes: number[]
  /** The edges of a line's column. */
  columnOf(line: PageLine): { left: number; right: number }
}

const roundSize = (size: number) => Math.round(size * 2) / 2

/** The key with the largest weight; null when there is none. */
function heaviest<K>(weights: ReadonlyMap<K, number>): K | null {
  let best: K | null = null
  let most = 0
  for (const [key, weight] of weights) {
    if (weight <= most) continue
    best = key
    most = weight
  }
  return best
}

function add<K>(weights: Map<K, number>, key: K, weight: number): void {
  weights.set(key, (weights.get(key) ?? 0) + weight)
}

function median(values: number[]): number | null {
  return values.sort((one, other) => one - other)[values.length >> 1] ?? null
}

/** Determines a document's typography from all of its lines, in reading order. */
export function readTypography(lines: readonly PageLine[]): Typography {
  const sizes = new Map<number, number>()
  for (const line of lines) add(sizes, roundSize(line.size), lineText(line).length)
  const bodySize = heaviest(sizes) ?? 10
  const fonts = new Map<string, number>()
  const gaps: number[] = []
  lines.forEach((line, at) => {
    if (roundSize(line.size) !== bodySize) return
    add(fonts, line.font, lineText(line).length)
    const next = lines[at + 1]
    const gap = next?.page === line.page && overlaps(line, next) ? next.baseline - line.baseline : 0
    if (gap > 0 && gap < bodySize * 3) gaps.push(gap / bodySize)
  })
  const headingSizes = [...sizes.keys()].filter((size) => size >= bodySize * 1.12).sort((one, other) => other - one)
  return {
    bodySize,
    bodyFont: heaviest(fonts) ?? '',
    leading: median(gaps) ?? 1.2,
    headingSizes,
    columnOf: findColumns(lines),
  }
}

interface Column {
  left: number
  right: number
}

/**
 * The right edge of a column's lines: where at least a quarter of them end, as justified lines do, else the position that a fifth of them exceed, so
 * that a line over two columns does not count. For few lines, the end of the longest.
 */
function usualRight(lines: readonly PageLine[]): number {
  const rights = lines.map(({ right }) => right).sort((one, other) => one - other)
  const last = rights.at(-1) ?? 0
  if (rights.length <= 4) return last
  const ends = new Map<number, number>()
  for (const right of rights) for (const step of [-1, 0, 1]) add(ends, Math.round(right / 2) + step, 1)
  const usual = heaviest(ends)
  if (usual !== null && (ends.get(usual) ?? 0) >= Math.max(4, rights.length / 4)) return usual * 2
  return rights[Math.floor(rights.length * 0.8)] ?? last
}

/** The columns of each page: lines of one font size that begin near each other. */
function findColumns(lines: readonly PageLine[]): (line: PageLine) => Column {
  const groups = new Map<string, PageLine[][]>()
  const groupOf = new Map<PageLine, PageLine[]>()
  for (const line of lines) {
    const key = `${String(line.page)} ${String(roundSize(line.size))}`
    const known = groups.get(key) ?? []
    groups.set(key, known)
    let group = known.find(([first]) => first && Math.abs(first.left - line.left) <= line.size * 3)
    if (group === undefined) {
      group = []
      known.push(group)
    }
    group.push(line)
    groupOf.set(line, group)
  }
  const columns = new Map<PageLine[], Column>()
  for (const group of new Set(groupOf.values()))
    columns.set(group, { left: Math.min(...group.map(({ left }) => left)), right: usualRight(group) })
  return (line) => {
    const group = groupOf.get(line)
    const column = group && columns.get(group)
    return column
      ? { left: column.left, right: Math.max(column.right, line.right) }
      : { left: line.left, right: line.right }
  }
}
