import { languageRules } from './sentence-rules/abbreviations'
import { maskText } from './sentence-rules/mask'
import type { TextBlock, TextIndex } from './text-index'

/** One sentence or heading: UTF-16 offsets into the canonical text, half-open, no white space at either end. */
export interface SentenceSpan {
  start: number
  end: number
  kind: 'sentence' | 'heading'
}

const windowLength = 4096
const meaningful = /[\p{L}\p{N}]/u
const startsLower = /^[\s"'“”‘’«»()[\]]*\p{Ll}/u
const endsWithMark = /[!?！？][\s)\]"'”’»]*$/u
const endsWithCjkQuote = /[。．！？!?][」』）〉》]$/u
const startsWithParticle = /^(?:と|って|など|という|との|とは|は|が|を|に|も|の|で|や|、|，)/u
const opening = /[（《〈【「『([{]+$|(?<=[。！？])["“‘]+$/u
const speaks =
  /^\p{Script=Han}{0,6}?(?:说|表示|道|问|称|指出|补充|回答|写道|强调|解释|認為|說|稱|問|補充)(?:。|[，：,]\s?[“「])/u
const segmenters = new Map<string, Intl.Segmenter>()

function segmenterFor(language: string): Intl.Segmenter {
  const known = segmenters.get(language)
  if (known) return known
  let made: Intl.Segmenter
  try {
    made = new Intl.Segmenter(language === 'und' ? 'en' : language, { granularity: 'sentence' })
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    made = new Intl.Segmenter('en', { granularity: 'sentence' })
  }
  segmenters.set(language, made)
  return made
}

/**
 * Boundaries between sentences by UAX #29. Long texts go through in windows that restart at the last sure boundary,
 * because some runtimes copy the whole input into every segment.
 */
function findBoundaries(text: string, language: string): number[] {
  const segmenter = segmenterFor(language)
  const boundaries: number[] = []
  let from = 0
  let length = windowLength
  while (from < text.length) {
    const last = from + length >= text.length
    const found: number[] = []
    for (const segment of segmenter.segment(text.slice(from, from + length))) found.push(from + segment.index)
    if (last) {
      boundaries.push(...found.slice(1))
      break
    }
    const restart = found.at(-1) ?? from
    if (restart > from) {
      boundaries.push(...found.slice(1))
      from = restart
      length = windowLength
    } else if (length < windowLength * 16) length *= 2
    else {
      from += length
      length = windowLength
    }
  }
  return boundaries
}

interface Piece {
  start: number
  end: number
}

/** Whether a piece belongs to the piece before it, which ends where it starts. */
function joinsPrevious(text: string, before: Piece, { start, end }: Piece): boolean {
  const piece = text.slice(start, Math.min(end, start + 200))
  if (!meaningful.test(piece) && !meaningful.test(text.slice(start, end))) return true
  const previous = text.slice(Math.max(before.start, start - 40), start)
  if (startsLower.test(piece) && endsWithMark.test(previous)) return true
  if (/[。！？!?]”$/u.test(previous) && speaks.test(piece)) return true
  return endsWithCjkQuote.test(previous) && startsWithParticle.test(piece)
}

/** Boundaries before opening marks. The Unicode rules do not tell these from closing ones and leave them with the sentence before. */
function moveBeforeOpening(text: string, cut: number): number {
  const open = opening.exec(text.slice(Math.max(0, cut - 6), cut))?.[0] ?? ''
  return cut < text.length && /\S/u.test(text.charAt(cut)) ? cut - open.length : cut
}

/**
 * Line ends that divide sentences: hard breaks (and every line end of preformatted text) before a line that begins anew or after a finished sentence.
 */
function findLineBoundaries(block: TextBlock, text: string): number[] {
  const ends =
    block.kind === 'preformatted'
      ? [...text.matchAll(/\n/g)].map((match) => match.index)
      : block.breaks.map((at) => at - block.start)
  return ends.filter((at) => {
    const next = /\S/u.exec(text.slice(at, at + 200))
    const line = text.slice(at, at + 400).trimStart()
    if (!next || /^\p{Ll}/u.test(line)) return false
    return (
      /^[\p{Lu}\p{N}"“‘«([•*-]/u.test(line) ||
      /[.!?。！？؟।…]["”’»)\]]*\s*$/u.test(text.slice(Math.max(0, at - 20), at))
    )
  })
}

/** Cuts one block into spans of the whole text. */
function splitBlock(text: string, block: TextBlock, language: string): SentenceSpan[] {
  const own = text.slice(block.start, block.end)
  const quiet = block.quiet.map(({ start, end, kind }) => ({
    start: start - block.start,
    end: end - block.start,
    kind,
  }))
  const masked = maskText(own, quiet, languageRules(language))
  const cuts = [
    ...new Set([
      ...findBoundaries(masked.text, language).map((cut) => moveBeforeOpening(own, cut)),
      ...masked.forced,
      ...findLineBoundaries(block, own),
    ]),
  ].sort((a, b) => a - b)
  const pieces: Piece[] = []
  let start = 0
  for (const end of [...cuts, own.length]) {
    const previous = pieces.at(-1)
    if (previous && joinsPrevious(masked.text, previous, { start, end })) previous.end = end
    else if (previous && !meaningful.test(masked.text.slice(previous.start, previous.end))) previous.end = end
    else pieces.push({ start, end })
    start = end
  }
  const trim = makeTrimmer(text, block)
  return pieces.flatMap((piece) => trim({ start: block.start + piece.start, end: block.start + piece.end }))
}

/** Removes white space and kept syntax at both ends of pieces, which come in order; drops a piece without a letter or digit. */
function makeTrimmer(text: string, block: TextBlock): (piece: Piece) => SentenceSpan[] {
  const syntax = block.quiet.filter(({ kind }) => kind === 'syntax')
  let passed = 0
  return (piece) => {
    while ((syntax[passed]?.end ?? Infinity) <= piece.start) passed += 1
    const inside: Piece[] = []
    for (let at = passed; (syntax[at]?.start ?? Infinity) < piece.end; at += 1) inside.push(syntax[at] ?? piece)
    return trimPiece(text, piece, inside).map((span) => ({
      ...span,
      kind: block.kind === 'heading' ? 'heading' : 'sentence',
    }))
  }
}

/** `syntax` is in order. Each range is looked at once from the front and once from the back: a quotation has one on each line. */
function trimPiece(text: string, piece: Piece, syntax: readonly Piece[]): Piece[] {
  let { start, end } = piece
  let front = 0
  let back = syntax.length - 1
  for (let moved = true; moved && start < end;) {
    const before = end - start
    while (start < end && /\s/u.test(text.charAt(start))) start += 1
    while (end > start && /\s/u.test(text.charAt(end - 1))) end -= 1
    for (let range = syntax[front]; range && range.start <= start; range = syntax[++front])
      if (range.end > start) start = Math.min(range.end, end)
    for (let range = syntax[back]; range && range.end >= end; range = syntax[--back])
      if (range.start < end) end = Math.max(range.start, start)
    moved = end - start !== before
  }
  if (start >= end || !meaningful.test(text.slice(start, end))) return []
  return [{ start, end }]
}

/** A table row is one unit (a figure means nothing without its row) unless a cell holds several sentences. */
function splitRow(text: string, cells: readonly TextBlock[], language: string): SentenceSpan[] {
  const perCell = cells.map((cell) => splitBlock(text, cell, language))
  const spans = perCell.flat()
  const first = spans[0]
  const last = spans.at(-1)
  if (!first || !last) return []
  if (cells[0]?.row?.header === true) return [{ start: first.start, end: last.end, kind: 'heading' }]
  if (perCell.some((found) => found.length > 1)) return spans
  return [{ start: first.start, end: last.end, kind: 'sentence' }]
}

/**
 * Finds the sentences of a document, block by block, in order and disjoint. A heading or a table's header row is one span of
 * kind `heading`; a table row whose cells hold at most one sentence each is one span; code has none. A citation marker right behind a full stop
 * belongs to the sentence before it. Sentences come from `Intl.Segmenter` (UAX #29) on text in which abbreviations, initials,
 * ordinals and addresses are masked. `language` is BCP 47; `und` takes the English rules. Results depend on the runtime's
 * ICU: compute once, store, never recompute.
 */
export function findSentences(index: TextIndex, language: string): SentenceSpan[] {
  const spans: SentenceSpan[] = []
  const { blocks, text } = index
  for (let at = 0; at < blocks.length; at += 1) {
    const block = blocks[at]
    if (!block || block.kind === 'codeBlock') continue
    if (block.row?.kind === 'tableRow') {
      const cells = [block]
      for (let next = blocks[at + 1]; next?.row === block.row; next = blocks[at + 1]) {
        cells.push(next)
        at += 1
      }
      for (const span of splitRow(text, cells, language)) spans.push(span)
    } else if (block.kind === 'heading') spans.push(...makeTrimmer(text, block)(block))
    else for (const span of splitBlock(text, block, language)) spans.push(span)
  }
  return spans
}

/**
 * Sentences as a short list of integers for storage: for each, the distance from the end of the one before and twice the
 * length, plus one for a heading. Spans must be sorted and disjoint.
 */
export function packSentences(sentences: readonly SentenceSpan[]): number[] {
  const packed: number[] = []
  let end = 0
  for (const span of sentences) {
    packed.push(span.start - end, (span.end - span.start) * 2 + (span.kind === 'heading' ? 1 : 0))
    end = span.end
  }
  return packed
}

/** The inverse of `packSentences`. A trailing odd number is ignored. */
export function unpackSentences(packed: readonly number[]): SentenceSpan[] {
  const sentences: SentenceSpan[] = []
  let end = 0
  for (let at = 0; at + 1 < packed.length; at += 2) {
    const size = packed[at + 1] ?? 0
    const start = end + (packed[at] ?? 0)
    end = start + Math.floor(size / 2)
    sentences.push({ start, end, kind: size % 2 === 1 ? 'heading' : 'sentence' })
  }
  return sentences
}
