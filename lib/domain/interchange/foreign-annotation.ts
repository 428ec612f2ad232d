import { ratings, type Rating, type Stance } from '../annotations/rating'

/** The place that a file gives an annotation. Offsets count code points of the text that it was made on, half-open. */
export interface WantedPlace {
  position: { start: number; end: number } | null
  /** The words, and the text directly before and after them; empty when the file does not give it. */
  quote: { exact: string; prefix: string; suffix: string } | null
  /** SHA-256 (hex) of the text that the position refers to, if the file gives it. */
  sha256: string | null
}

/** A citation of a file. `referenceId` belongs to the library of a workspace, which need not be this one. */
export interface ForeignCitation {
  referenceId: string | null
  url: string
  title: string
  stance: Stance
  quote: string
  locator: string
  /** The start of the quote in the reference's snapshot, in UTF-16 code units, as in the API. */
  quoteStart: number | null
}

/** An annotation as read from a file, before it has a place. */
export interface ForeignAnnotation {
  /** The id as written in the file: an address, a UUID, or any other text. */
  id: string | null
  place: WantedPlace
  rating: Rating | null
  disputed: boolean
  partial: boolean
  note: string
  tags: string[]
  citations: ForeignCitation[]
  /** The parts that annotations here have no field for, in words. */
  leftOut: string[]
}

/** An item of a file: an annotation, or the reason why it cannot be attached. */
export type FileItem =
  | { ok: true; annotation: ForeignAnnotation }
  | { ok: false; id: string | null; refusal: 'malformed' | 'not-attachable'; reason: string }

/** An object of JSON. */
export type JsonObject = Record<string, unknown>

/** Whether a value of JSON is an object. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Turns a value that JSON-LD allows alone or in a list into a list; null and undefined into an empty one. */
export function listOf(value: unknown): unknown[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}

/** The value if it is a text, else an empty text. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** The rating that a word names, in any spelling of its parts: `not_checkable`, `Not checkable`, `rating:contradicted`. Null for other words. */
export function readRating(word: string): Rating | null {
  const name = word
    .trim()
    .toLowerCase()
    .replace(/^rating\s*[:=]\s*/, '')
    .replaceAll(/[\s-]+/g, '_')
  return ratings.find((rating) => rating === name) ?? null
}

/**
 * The rating that tags name, for files that have no better place for one, and the other tags. When the tags name no rating or several, there is no
 * rating and all tags stay.
 */
export function ratingOfTags(tags: readonly string[]): { rating: Rating | null; tags: string[] } {
  const named = new Set(tags.map(readRating).filter((rating) => rating !== null))
  const [rating] = named
  if (rating === undefined || named.size > 1) return { rating: null, tags: [...tags] }
  return { rating, tags: tags.filter((tag) => readRating(tag) === null) }
}
