/**
 * `npm run bench -- reader [--quick] [--table] [--cell 50000x10000]`: compares the reader in Chromium with CSS highlights for every range ("raw"),
 * with one Tiptap decoration per annotation ("decorations"), and with its own other painter ("decorations of the window").
 * Every figure is the median of fresh visits, with the engines in rotation. Times are main-thread processor time, minus that of the same waiting
 * without work.
 */
import { keysOf } from '@/lib/domain/keys'
import { goalOf, toLine, type Line } from './goals'
import { median } from '../median'
import { measureSize } from './size'
import {
  bundlePages,
  engines,
  measureLongestTask,
  measureVisit,
  startBrowser,
  type Cell,
  type EngineName,
  type Visit,
} from './visit'

const quick = process.argv.includes('--quick')
const asTable = process.argv.includes('--table')
const visits = quick ? 2 : 5
/** `--cell 50000x10000` measures a single cell: words by annotations. */
const asked = process.argv[process.argv.indexOf('--cell') + 1] ?? ''
const one = /^(\d+)x(\d+)$/.exec(process.argv.includes('--cell') ? asked : '')
const cells: Cell[] =
  one !== null
    ? [{ words: Number(one[1]), annotations: Number(one[2]) }]
    : (quick ? [50_000] : [5_000, 50_000, 150_000]).flatMap((words) =>
        (quick ? [1_000, 10_000] : [100, 1_000, 10_000]).map((annotations) => ({ words, annotations })),
      )
const operations = {
  load: 'load',
  add: 'add one',
  elsewhere: 'unrelated change',
  scroll: 'scroll 30 steps',
  open: 'open without annotations',
} as const

function short(count: number): string {
  return count >= 1000 ? `${String(count / 1000)}k` : String(count)
}

function compareCell({ words, annotations }: Cell, figures: Record<EngineName, Visit[]>): Line[] {
  const place = `${short(words)} words, ${short(annotations)} annotations`
  const middle = (engine: EngineName, key: keyof typeof operations) =>
    median(figures[engine].map((visit) => visit[key]))
  const lines: Line[] = []
  const compared = engines.filter((engine) => engine !== 'ours' && figures[engine].length > 0)
  for (const key of keysOf(operations)) {
    const operation = operations[key]
    for (const name of compared) {
      const baseline = { name, figure: middle(name, key) }
      lines.push(
        toLine({
          case: `${operation}: ${place}`,
          unit: 'ms',
          ours: middle('ours', key),
          baseline,
          goal: goalOf(operation, name, { words, annotations }),
        }),
      )
    }
  }
  const hits = (engine: EngineName) => figures[engine].flatMap(({ hits: found }) => (found === null ? [] : [found]))
  const speed = (engine: EngineName) => median(hits(engine).map((found) => found.microseconds))
  lines.push(
    toLine({
      case: `hit test: ${place}`,
      unit: 'µs',
      ours: speed('ours'),
      baseline: { name: 'raw', figure: speed('raw') },
      goal: goalOf('hit test', 'raw', { words, annotations }),
    }),
  )
  const wrong = hits('ours').reduce((sum, found) => sum + found.wrong, 0)
  const points = hits('ours').reduce((sum, found) => sum + found.points, 0)
  lines.push(
    toLine({
      case: `hit test, wrong answers of ${String(points)}: ${place}`,
      unit: 'count',
      ours: wrong,
      goal: { most: 0 },
    }),
  )
  return lines
}

function print(line: Line): void {
  if (!asTable) {
    process.stdout.write(`${JSON.stringify(line)}\n`)
    return
  }
  const columns = [
    line.holds === null ? '  ' : line.holds ? 'ok' : 'NO',
    line.case.padEnd(62),
    `${line.ours.toFixed(line.unit === 'count' ? 0 : 1).padStart(9)} ${line.unit.padEnd(5)}`,
    line.baseline === null
      ? ''.padEnd(25)
      : `${line.baseline.toFixed(1).padStart(11)} ${(line.baselineName ?? '').padEnd(13)}`,
    line.ratio === null ? ''.padEnd(8) : `× ${line.ratio.toFixed(3)}`,
    line.goal ?? '',
  ]
  process.stdout.write(`${columns.join('  ').trimEnd()}\n`)
}

const files = await bundlePages()
const browser = await startBrowser()
try {
  for (const cell of cells) {
    const figures: Record<EngineName, Visit[]> = {
      ours: [],
      raw: [],
      'raw, laid out on the way': [],
      decorations: [],
      'decorations of the window': [],
    }
    for (let visit = 0; visit < visits; visit++) {
      // The first engine of a round runs on a cold machine, so each engine is first in turn.
      for (let turn = 0; turn < engines.length; turn++) {
        const engine = engines[(turn + visit) % engines.length] ?? 'ours'
        if (quick && engine === 'raw, laid out on the way') continue
        figures[engine].push(await measureVisit({ browser, files, engine, cell, hits: engine !== 'decorations' }))
      }
    }
    for (const line of compareCell(cell, figures)) print(line)
    const longest: number[] = []
    for (let visit = 0; visit < (quick ? 1 : 3); visit++)
      longest.push(await measureLongestTask({ browser, files, engine: 'ours', cell }))
    print(
      toLine({
        case: `longest task after opening: ${short(cell.words)} words, ${short(cell.annotations)} annotations`,
        unit: 'ms',
        ours: median(longest),
        goal: { most: 50 },
      }),
    )
  }
} finally {
  await browser.close()
}
const size = await measureSize()
print(
  toLine({
    case: 'script of the reader without React, gzipped',
    unit: 'KB',
    ours: size.always,
    baseline: { name: 'with Tiptap', figure: size.always + size.fallback },
  }),
)
