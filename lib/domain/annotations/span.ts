import type { FieldProblem } from '../errors'
import { maxSpanLength } from './schema'

/** A span to be checked: UTF-16 offsets, half-open; `exact` is the text that the caller expects there. */
export interface SpanInput {
  start: number
  end: number
  exact?: string | undefined
}

/** A valid span with its words, or what is wrong with it. */
export type SpanCheck = { ok: true; exact: string } | { ok: false; problem: FieldProblem }

/**
 * Law 1: a span lies inside the text, holds more than white space, cuts no character in two, and its `exact` equals the slice. A refusal quotes the
 * text at the span and, where the words occur elsewhere, gives the nearest offset.
 */
export function checkSpan(text: string, { start, end, exact }: SpanInput): SpanCheck {
  const problem = checkRange(text, { start, end })
  if (problem !== null) return { ok: false, problem }
  if (end - start > maxSpanLength) {
    return refuse('end', `A span has at most ${maxSpanLength} UTF-16 code units; this one has ${end - start}.`)
  }
  const slice = text.slice(start, end)
  if (slice.trim() === '') return refuse('start', `There is only white space at ${start} to ${end}; mark some words.`)
  if (exact !== undefined && exact !== slice) return refuse('exact', describeMismatch(text, { start, end, exact }))
  return { ok: true, exact: slice }
}

/** What is wrong with a range as such: it must lie inside the text, must not be empty, and must cut no character in two. Null when it is valid. */
export function checkRange(text: string, { start, end }: { start: number; end: number }): FieldProblem | null {
  if (end <= start)
    return {
      path: 'end',
      message: `"end" must be greater than "start" (${start}): a range has at least one character.`,
    }
  if (end > text.length)
    return { path: 'end', message: `The text has ${text.length} UTF-16 code units; this range ends at ${end}.` }
  if (splitsCharacter(text, start)) {
    return { path: 'start', message: `Offset ${start} is inside a character; ${start - 1} is before it.` }
  }
  if (splitsCharacter(text, end))
    return { path: 'end', message: `Offset ${end} is inside a character; ${end + 1} is after it.` }
  return null
}

/** Whether an offset falls between the two halves of a surrogate pair. */
export function splitsCharacter(text: string, offset: number): boolean {
  const before = text.charCodeAt(offset - 1)
  const after = text.charCodeAt(offset)
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff
}

function refuse(path: string, message: string): SpanCheck {
  return { ok: false, problem: { path, message } }
}

function describeMismatch(text: string, { start, end, exact }: Required<SpanInput>): string {
  const found = `The text at ${start} to ${end} is ${quote(text.slice(start, end))}, not ${quote(exact ?? '')}.`
  const nearest = nearestIndex(text, exact ?? '', start)
  return nearest === -1 ? `${found} Those words do not occur in this text.` : `${found} Those words are at ${nearest}.`
}

function nearestIndex(text: string, words: string, offset: number): number {
  if (words === '') return -1
  const before = text.lastIndexOf(words, offset)
  const after = text.indexOf(words, offset)
  if (before === -1 || after === -1) return Math.max(before, after)
  return offset - before <= after - offset ? before : after
}

/** The words in quotation marks, cut to 80 code units without cutting a character. */
function quote(words: string): string {
  if (words.length <= 80) return JSON.stringify(words)
  const cut = splitsCharacter(words, 80) ? 79 : 80
  return `${JSON.stringify(words.slice(0, cut))}…`
}

/** Where a mark was made: in a review session, or in open reading (null). Offsets are UTF-16 code units. */
export interface MarkOrigin {
  id: string
  authorId: string
  sessionId: string | null
  start: number
  end: number
}

/**
 * Finds overlapping marks of one author from different sessions, or from a session and open reading: they look like duplicates unless each says where
 * it is from. Returns the ids of all such marks, unordered.
 */
export function findTwins(marks: readonly MarkOrigin[]): Set<string> {
  const twins = new Set<string>()
  const byAuthor = new Map<string, MarkOrigin[]>()
  for (const mark of marks) byAuthor.set(mark.authorId, [...(byAuthor.get(mark.authorId) ?? []), mark])
  for (const own of byAuthor.values()) {
    if (own.every(({ sessionId }) => sessionId === own[0]?.sessionId)) continue
    const sorted = [...own].sort((one, other) => one.start - other.start)
    for (const [place, mark] of sorted.entries()) {
      for (let next = place + 1; next < sorted.length; next += 1) {
        const other = sorted[next]
        if (other === undefined || other.start >= mark.end) break
        if (other.sessionId === mark.sessionId) continue
        twins.add(mark.id).add(other.id)
      }
    }
  }
  return twins
}
