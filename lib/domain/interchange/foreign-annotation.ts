import { ratings, type Rating, type Stance } from '../annotations/rating'

/** Where an annotation of a file says that it stands. Offsets count code points of the text that it was made on, half-open. */
export interface WantedPlace {
  position: { start: number; end: number } | null
  /** The words, and what stands directly before and after them; empty where the file does not say. */
  quote: { exact: string; prefix: string; suffix: string } | null
  /** SHA-256 (hex) of the text that the position counts in, where the file says. */
  sha256: string | null
}

/** A citation of a file. `referenceId` is that of a reference of a library such as ours, which need not be in this one. */
export interface ForeignCitation {
  referenceId: string | null
  url: string
  title: string
  stance: Stance
  quote: string
  locator: string
  /** Where the quote was taken from in the reference's snapshot, in UTF-16 code units, as the API has it. */
  quoteStart: number | null
}

/** An annotation as a file brings it, before it has a place. */
export interface ForeignAnnotation {
  /** As the file writes it: an address, a UUID, anything. */
  id: string | null
  place: WantedPlace
  rating: Rating | null
  disputed: boolean
  partial: boolean
  note: string
  tags: string[]
  citations: ForeignCitation[]
  /** What of it has no place in an annotation of ours, in words. */
  leftOut: string[]
}

/** An item of a file: an annotation, or why it cannot be attached. */
export type FileItem =
  | { ok: true; annotation: ForeignAnnotation }
  | { ok: false; id: string | null; refusal: 'malformed' | 'not-attachable'; reason: string }

/** An object of JSON. */
export type JsonObject = Record<string, unknown>

/** Whether a value of JSON is an object. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A value that may stand alone or in a list, as JSON-LD allows, as a list; nothing as an empty one. */
export function listOf(value: unknown): unknown[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}

/** A text, or the empty one for anything else. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** The rating that a word names, however its parts are joined: `not_checkable`, `Not checkable`, `rating:contradicted`. Null for other words. */
export function readRating(word: string): Rating | null {
  const name = word
    .trim()
    .toLowerCase()
    .replace(/^rating\s*[:=]\s*/, '')
    .replaceAll(/[\s-]+/g, '_')
  return ratings.find((rating) => rating === name) ?? null
}

/**
 * The rating that tags name, for files that have no better place for one, and the tags without it. No rating when none or several are named; then
 * the tags are left alone.
 */
export function ratingOfTags(tags: readonly string[]): { rating: Rating | null; tags: string[] } {
  const named = new Set(tags.map(readRating).filter((rating) => rating !== null))
  const [rating] = named
  if (rating === undefined || named.size > 1) return { rating: null, tags: [...tags] }
  return { rating, tags: tags.filter((tag) => readRating(tag) === null) }
}
