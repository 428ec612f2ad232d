import type { AssessedRating } from '../../reports/schema'

/**
 * A report as it stands on paper: what the page says, in its order, as plain data that HTML and PDF are both drawn from. All of it is text, never markup. Dates are
 * written as 2026-03-14.
 */
export interface Sheet {
  source: string
  workspace: string
  edition: string
  date: string
  /** Where anyone can read it; null where nowhere. */
  address: string | null
  sha256: string
  method: string
  /** What must be known before all else. */
  notices: string[]
  headline: { text: string; strong: boolean }[]
  /** When documents were published and reviewed; empty where nothing was. */
  period: string
  counts: { rating: AssessedRating; says: string }[]
  /** The claims of each document as ticks, in the order of the text. */
  picture: { title: string; about: string; ticks: AssessedRating[]; says: string }[]
  shares: {
    rating: AssessedRating
    name: string
    low: number
    high: number
    share: number
    range: string
    of: string
  }[]
  /** What is not drawn, and how far shares could reach. */
  remarks: string[]
  lists: SheetList[]
  certainty: { step: number; says: string; alpha: string | null; points: { says: string; limits: boolean }[] }
  replies: SheetAddition[]
  /** How it came about. */
  parts: SheetPart[]
}

/** The claims of a rating, by document. */
export interface SheetList {
  id: string
  title: string
  says: string
  groups: { title: string | null; about: string; claims: SheetClaim[] }[]
}

/** A stretch of quoted words: marked where it differs from the words beside it. */
export interface SheetPiece {
  text: string
  marked: boolean
  is: 'raised' | 'lowered' | 'plain'
}

/** A claim beside its record. */
export interface SheetClaim {
  anchor: string
  /** Null where nothing was settled. */
  rating: AssessedRating | null
  words: SheetPiece[]
  place: string
  /** What stands over the evidence; empty where there is no record to show. */
  head: string
  evidence: { quotes: SheetPiece[][]; title: string; about: string; address: string | null; says: string }[]
  /** Whether words and record stand side by side, or one beneath the other. */
  beside: boolean
  reason: string
  notes: string[]
  judged: string
  additions: SheetAddition[]
}

/** A reply or correction that was noted beside the report. */
export interface SheetAddition {
  says: string
  address: string
  text: string
}

/** A part of the method: paragraphs, then a table where it has one. */
export interface SheetPart {
  title: string
  paragraphs: string[]
  table: { header: string[]; rows: string[][] } | null
}
