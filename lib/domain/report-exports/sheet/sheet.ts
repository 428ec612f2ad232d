import type { AssessedRating } from '../../reports/schema'

/**
 * A report on paper: the content of its page, in order, as plain data from which both HTML and PDF are drawn. All of it is text, never markup. Dates
 * are written as 2026-03-14.
 */
export interface Sheet {
  source: string
  workspace: string
  edition: string
  date: string
  /** The address at which anyone can read it; null where there is none. */
  address: string | null
  sha256: string
  method: string
  /** Warnings that belong before everything else. */
  notices: string[]
  headline: { text: string; strong: boolean }[]
  /** When documents were published and reviewed; empty where nothing was reviewed. */
  period: string
  counts: { rating: AssessedRating; says: string }[]
  /** The claims of each document as ticks, in text order. */
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
  /** Claims that are not drawn, and the bounds of the shares. */
  remarks: string[]
  lists: SheetList[]
  certainty: { step: number; says: string; alpha: string | null; points: { says: string; limits: boolean }[] }
  replies: SheetAddition[]
  /** How the report came about. */
  parts: SheetPart[]
}

/** The claims of a rating, by document. */
export interface SheetList {
  id: string
  title: string
  says: string
  groups: { title: string | null; about: string; claims: SheetClaim[] }[]
}

/** A stretch of quoted words, marked where it differs from the words beside it. */
export interface SheetPiece {
  text: string
  marked: boolean
  is: 'raised' | 'lowered' | 'plain'
}

/** A claim beside its evidence. */
export interface SheetClaim {
  anchor: string
  /** Null where nothing was settled. */
  rating: AssessedRating | null
  words: SheetPiece[]
  place: string
  /** The heading above the evidence; empty where there is none to show. */
  head: string
  evidence: { quotes: SheetPiece[][]; title: string; about: string; address: string | null; says: string }[]
  /** Whether the claim and its evidence are side by side, or one below the other. */
  beside: boolean
  reason: string
  notes: string[]
  judged: string
  additions: SheetAddition[]
}

/** A reply or correction added to the report. */
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

const rtlLetter =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u

/** Whether a text runs from right to left, decided by its first letter. */
function runsRightToLeft(text: string): boolean {
  const letter = /\p{L}/u.exec(text)
  return letter !== null && rtlLetter.test(letter[0])
}

/** The longest word that fits a line. Longer words may break anywhere. */
const longestWord = 34
const mayBreak = '\u200B'

/** Adds break opportunities to words that are too long for a line. Lone surrogates, which no font has, become U+FFFD. */
function breakable(text: string): string {
  return text
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\s]{35,}/gu, (word) => {
      const letters = Array.from(word)
      return Array.from({ length: Math.ceil(letters.length / longestWord) }, (_, at) =>
        letters.slice(at * longestWord, (at + 1) * longestWord).join(''),
      ).join(mayBreak)
    })
}

const own = (text: string) => ({ text: breakable(text), rtl: runsRightToLeft(text) })

function quoteOf(pieces: readonly SheetPiece[]) {
  return {
    rtl: runsRightToLeft(pieces.map(({ text }) => text).join('')),
    pieces: pieces.map(({ text, marked, is }) => ({ text: breakable(text), marked, is })),
  }
}

const addition = ({ says, address, text }: SheetAddition) => ({ says, address: breakable(address), text: own(text) })

function claimOf({ words, place, evidence, notes, additions, head, beside, reason, judged }: SheetClaim) {
  return {
    head,
    beside,
    reason,
    judged,
    words: quoteOf(words),
    place: own(place),
    evidence: evidence.map(({ quotes, title, about, address, says }) => ({
      quotes: quotes.map(quoteOf),
      title: own(title),
      about: own(about),
      address: address === null ? null : breakable(address),
      says,
    })),
    notes: notes.map(own),
    additions: additions.map(addition),
  }
}

/** Prepares a sheet for PDF: each text with its direction, and with break opportunities in long words. */
export function paperData(sheet: Sheet) {
  const [year, month, day] = sheet.date.split('-').map(Number)
  return {
    year,
    month,
    day,
    date: sheet.date,
    edition: sheet.edition,
    sha256: sheet.sha256,
    method: sheet.method,
    title: breakable(`Reliability report: ${sheet.source}, ${sheet.edition.toLowerCase()}`),
    workspace: breakable(sheet.workspace),
    masthead: own(sheet.workspace),
    address: sheet.address === null ? null : breakable(sheet.address),
    'foot-source': breakable(sheet.source.length > 60 ? `${sheet.source.slice(0, 59)}…` : sheet.source),
    'foot-version': `${sheet.edition}, ${sheet.date} · sha256 ${sheet.sha256.slice(0, 12)}`,
    notices: sheet.notices.map(own),
    source: own(sheet.source),
    headline: sheet.headline,
    period: sheet.period,
    counts: sheet.counts,
    picture: sheet.picture.map((row) => ({ ...row, title: own(row.title) })),
    shares: sheet.shares,
    remarks: sheet.remarks,
    lists: sheet.lists.map(({ title, says, groups }) => ({
      title,
      says,
      groups: groups.map((group) => ({
        title: group.title === null ? null : own(group.title),
        about: group.about,
        claims: group.claims.map(claimOf),
      })),
    })),
    certainty: {
      ...sheet.certainty,
      points: sheet.certainty.points.map(({ says, limits }) => ({ says: own(says), limits })),
    },
    replies: sheet.replies.map(addition),
    parts: sheet.parts.map(({ title, paragraphs, table }) => ({
      title,
      paragraphs: paragraphs.map(own),
      table: table === null ? null : { header: table.header, rows: table.rows.map((row) => row.map(own)) },
    })),
    undrawn: [] as string[],
  }
}
