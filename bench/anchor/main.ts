/**
 * `npm run bench -- anchor [--quick] [--table]`: re-anchors quotes after the edits of a seeded editor, which knows where each word went. The texts
 * are 50,000 words of generated prose, and the articles of ../shared/corpus where that folder exists; the baseline is an approximate search for each
 * quote in the same run.
 * All quotes are judged. Only those with changed words are timed, including reading and aligning both texts.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { anchorSpans } from '@/lib/domain/anchoring/anchor-spans'
import type { TextRange } from '@/lib/domain/ranges/text-range'
import { buildTextIndex } from '@/lib/domain/text/text-index'
import { printLine, type BenchLine } from '../line'
import { median } from '../median'
import { createDocument, seededNumbers } from '../reader/sample'
import { editText, type EditedText, type Edits, type Quote } from './editor'
import { searchQuote } from './search'

const quick = process.argv.includes('--quick')
const quoteCount = quick ? 200 : 1000
const rounds = quick ? 3 : 7
const seed = 2026
const nearEnough = 0.8

const kinds: { name: string; edits: Edits; leastExact: number; leastNear: number }[] = [
  { name: 'edits', edits: { words: 0.05, moved: 0.08, gone: 0 }, leastExact: 98, leastNear: 99.5 },
  { name: 'harder edits', edits: { words: 0.15, moved: 0.1, gone: 0.05 }, leastExact: 0, leastNear: 98 },
]

type Place = TextRange | null

/** Shares in percent, of the quotes that are still there and of those that are gone. */
interface Judgement {
  exact: number
  near: number
  wrong: number
  ghosts: number
  gone: number
}

function generatedProse(): string[] {
  const { text, blocks } = buildTextIndex(createDocument(50_000))
  return blocks.map(({ start, end }) => text.slice(start, end).trim()).filter((block) => block !== '')
}

/** The paragraphs without repetitions: if one of two equal paragraphs moved, nobody could say which. */
function realProse(): string[] | null {
  const folder = join(process.cwd(), '..', 'shared', 'corpus')
  if (!existsSync(folder)) return null
  const paragraphs = readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
    .map((line) => line.trim())
    .filter((line) => line !== '')
  return [...new Set(paragraphs)]
}

function share(one: TextRange, other: TextRange): number {
  const common = Math.max(0, Math.min(one.end, other.end) - Math.max(one.start, other.start))
  return common / (Math.max(one.end, other.end) - Math.min(one.start, other.start))
}

function judge(quotes: readonly Quote[], places: readonly Place[]): Judgement {
  const count = { there: 0, exact: 0, near: 0, wrong: 0, gone: 0, ghosts: 0 }
  quotes.forEach(({ after }, at) => {
    const place = places[at] ?? null
    if (after === null) {
      count.gone += 1
      if (place !== null) count.ghosts += 1
      return
    }
    count.there += 1
    const common = place === null ? null : share(after, place)
    if (common === 1) count.exact += 1
    if (common !== null && common >= nearEnough) count.near += 1
    if (common === 0) count.wrong += 1
  })
  const percent = (part: number, all: number) => (all === 0 ? 0 : Number(((100 * part) / all).toFixed(2)))
  return {
    exact: percent(count.exact, count.there),
    near: percent(count.near, count.there),
    wrong: percent(count.wrong, count.there),
    ghosts: percent(count.ghosts, count.gone),
    gone: count.gone,
  }
}

function placesOf({ before, after }: EditedText, quotes: readonly Quote[]): Place[] {
  const spans = quotes.map((quote) => quote.before)
  return anchorSpans(before, after, spans).map((anchored) => (anchored.state === 'lost' ? null : anchored))
}

function timeOf(work: () => unknown): number {
  const started = performance.now()
  work()
  return (performance.now() - started) * 1000
}

function printJudgement(
  { name, goals }: { name: string; goals: (typeof kinds)[number] },
  ours: Judgement,
  theirs: Judgement,
): void {
  const line = (what: keyof Judgement, goal: string | null, holds: boolean | null): BenchLine => ({
    bench: 'anchor',
    case: `${name}: ${what}`,
    unit: '%',
    ours: ours[what],
    baseline: theirs[what],
    baselineName: 'search',
    ratio: null,
    goal,
    holds,
  })
  const least = (what: 'exact' | 'near', most: number) =>
    most === 0 ? line(what, null, null) : line(what, `≥ ${String(most)} %`, ours[what] >= most)
  printLine(least('exact', goals.leastExact))
  printLine(least('near', goals.leastNear))
  printLine(line('wrong', '0', ours.wrong === 0))
  if (ours.gone > 0) printLine(line('ghosts', '≤ search', ours.ghosts <= theirs.ghosts), { quotes: ours.gone })
}

function measure(prose: string, paragraphs: readonly string[]): void {
  for (const kind of kinds) {
    const text = editText(paragraphs, { edits: kind.edits, quotes: quoteCount, random: seededNumbers(seed) })
    const { before, after, quotes } = text
    const changed = quotes.filter(
      ({ before: range, after: place }) =>
        place === null || before.slice(range.start, range.end) !== after.slice(place.start, place.end),
    )
    const name = `${prose}, ${kind.name}`
    const ours = median(Array.from({ length: rounds }, () => timeOf(() => placesOf(text, changed)))) / changed.length
    const theirs = timeOf(() => changed.map((quote) => searchQuote(before, after, quote.before))) / changed.length
    const aligned = median(Array.from({ length: rounds }, () => timeOf(() => placesOf(text, changed.slice(0, 1)))))
    printLine(
      {
        bench: 'anchor',
        case: `${name}: for a changed quote`,
        unit: 'µs',
        ours,
        baseline: theirs,
        baselineName: 'search',
        ratio: Number((ours / theirs).toFixed(4)),
        goal: '≤ 1/10 of search',
        holds: ours <= theirs / 10,
      },
      { changed: changed.length, 'aligned-ms': aligned / 1000 },
    )
    const searched = quotes.map((quote) => searchQuote(before, after, quote.before))
    printJudgement({ name, goals: kind }, judge(quotes, placesOf(text, quotes)), judge(quotes, searched))
  }
}

measure('generated prose', generatedProse())
const articles = realProse()
if (articles === null) process.stderr.write('No ../shared/corpus beside the project: real prose is not measured.\n')
else measure('articles', articles)
