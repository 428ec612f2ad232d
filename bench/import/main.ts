/**
 * `npm run bench -- import [--quick] [--table]`: first, files in a reader process: seconds per file, words per processor second, and peak memory, for
 * every kind that has samples beside the project. Then texts of 500,000 words sent to the API, and a batch of files: how long the API's event loop is
 * blocked, and how long a health request waits.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { ReaderPool } from '@/lib/server/reading/reader-pool'
import { maxReaderMemory } from '../../lib/server/reading/reader-protocol'
import { makePdf } from '@/tests/setup/pdf'
import { printLine } from '../line'
import { median } from '../median'
import { startServer, type Served } from './serving'

const quick = process.argv.includes('--quick')
const samples = resolve(process.cwd(), '../shared/testdata/import')
const megabyte = 1024 * 1024

/** The limits for blocking the event loop and for a waiting health request, in ms. */
const patience = { p99: 100, health: 200 }

/** Sample files by kind. */
function findFiles(): [kind: string, files: string[]][] {
  const below = (folder: string) => {
    const path = join(samples, folder)
    return existsSync(path) ? readdirSync(path).map((name) => join(path, name)) : []
  }
  const kinds: [string, string[]][] = [
    ['HTML pages', below('html-pages').map((folder) => join(folder, 'source.html'))],
    ['Word files', below('docx')],
    ['PDF files', below('pdf').filter((file) => file.endsWith('.pdf'))],
  ]
  return kinds.map(([kind, files]) => [kind, quick ? files.slice(0, 8) : files])
}

async function measureFiles(kind: string, files: readonly string[]): Promise<void> {
  const pool = new ReaderPool({ size: 2, time: 60_000, isKept: true })
  const read = (file: string) =>
    pool.read({ bytes: readFileSync(file), fileName: basename(file) }, { caller: 'benchmark' })
  // The first document of a process includes its start.
  await pool.read({ text: 'The harbour froze.' }, { caller: 'benchmark' })
  const times: number[] = []
  const sum = { words: 0, cpu: 0, refused: 0, peak: 0 }
  for (const file of files) {
    const began = performance.now()
    const reading = await read(file)
    times.push((performance.now() - began) / 1000)
    if (reading.kind !== 'read') {
      sum.refused += 1
      continue
    }
    sum.words += reading.document.wordCount
    sum.cpu += reading.used.cpu / 1000
    sum.peak = Math.max(sum.peak, reading.used.peakMemory)
  }
  pool.rest()
  const common = { bench: 'import', baseline: null, baselineName: null, ratio: null, goal: null, holds: null }
  const longest = Math.max(...times)
  printLine(
    { ...common, case: `${String(files.length)} ${kind}: middle time of one`, unit: 's', ours: median(times) },
    { longest, refused: sum.refused },
  )
  printLine({ ...common, case: `${kind}: words a processor second`, unit: '/s', ours: sum.words / sum.cpu })
  printLine({
    ...common,
    case: `${kind}: the most memory of a reader`,
    unit: 'MB',
    ours: sum.peak / megabyte,
    goal: `≤ ${String(maxReaderMemory / megabyte)} MB`,
    holds: sum.peak <= maxReaderMemory,
  })
}

const paragraph = 'The harbour froze twice in the winter of 1904, and nobody kept a log of it. The mayor was glad.'
const paragraphs = Array.from({ length: 26_500 }, (_, at) => `${paragraph} Page ${String(at)} says so.`)

const texts: [format: 'text' | 'markdown' | 'html', text: string][] = [
  ['text', paragraphs.join('\n\n')],
  ['markdown', paragraphs.join('\n\n')],
  ['html', paragraphs.map((words) => `<p>${words}</p>`).join('\n')],
]

function printServed(name: string, { whole, p99, longest, health }: Served): void {
  const common = { bench: 'import', baseline: null, baselineName: null, ratio: null, unit: 'ms' }
  printLine({ ...common, case: `${name}: whole`, ours: whole, goal: null, holds: null })
  printLine(
    {
      ...common,
      case: `${name}: event loop held, p99`,
      ours: p99,
      goal: `≤ ${String(patience.p99)} ms`,
      holds: p99 <= patience.p99,
    },
    { longest },
  )
  printLine({
    ...common,
    case: `${name}: the longest that its health waited`,
    ours: health,
    goal: `≤ ${String(patience.health)} ms`,
    holds: health <= patience.health,
  })
}

/** A PDF file of 500 pages with 40 lines each. */
function makeBook(): Buffer {
  return makePdf(
    Array.from({ length: 500 }, (_, page) =>
      Array.from({ length: 40 }, (_, line) => ({
        text: `${paragraph.slice(0, 70)} ${String(page * 40 + line)}.`,
        x: 60,
        y: 750 - line * 16,
      })),
    ),
  )
}

const batchSize = 200
/** Files of some 700 words, all different. */
const batchFiles = Array.from({ length: batchSize }, (_, at) => ({
  name: `log-${String(at)}.txt`,
  text: paragraphs.slice(at * 30, at * 30 + 30).join('\n\n'),
}))

async function measureServing(): Promise<void> {
  const server = await startServer()
  try {
    for (const [format, text] of texts) {
      for (const [what, path] of [
        ['previewed', '/documents/preview'],
        ['imported', '/documents'],
      ] as const) {
        const choices = what === 'imported' ? { source: { name: 'Harbour Gazette' }, allowDuplicate: true } : {}
        printServed(`600,000 words of ${format} ${what}`, await server.send(path, { format, text, ...choices }))
      }
    }
    printServed('a PDF file of 500 pages imported', await server.sendFile('log.pdf', makeBook()))
    const batch = await server.sendBatch(batchFiles)
    printServed(`a batch of ${String(batchSize)} files`, batch)
    printLine({
      bench: 'import',
      case: `a batch of ${String(batchSize)} files: items a second`,
      unit: '/s',
      ours: batchSize / (batch.whole / 1000),
      baseline: null,
      baselineName: null,
      ratio: null,
      goal: null,
      holds: null,
    })
  } finally {
    await server.stop()
  }
}

for (const [kind, files] of findFiles()) {
  if (files.length > 0) await measureFiles(kind, files)
  else process.stderr.write(`There are no ${kind} beside the project: not measured.\n`)
}
await measureServing()
