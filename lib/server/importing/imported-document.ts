import type { EncodingGround, EncodingName } from '@/lib/domain/documents/encodings'
import type { ImportFormat } from '@/lib/domain/documents/import-formats'
import type { DocumentContent } from '@/lib/domain/text/model'
import type { PageStart } from '@/lib/domain/text/pages'
import type { SentenceSpan } from '@/lib/domain/text/sentences'
import type { StructureSummary } from '@/lib/domain/text/summary'

/** The formats that are text themselves: how bytes are decoded matters for them, and a paste is one of them. */
export type TextFormat = 'text' | 'html' | 'markdown' | 'subtitles'

/** The formats that a program packs its text into. Their own bytes say which they are. */
export type FileFormat = Exclude<ImportFormat, TextFormat>

/** What to read: the bytes of a file or request, or text that was pasted or sent as a string. */
export interface ReadInput {
  bytes?: Uint8Array | undefined
  text?: string | undefined
  fileName?: string | undefined
  /** A media type, with or without a charset parameter ("text/html; charset=windows-1252"). */
  mediaType?: string | undefined
  /** Where it was fetched from: links that name no site are meant from there. */
  address?: string | undefined
  /** Wins over file name and media type. Without any of them, text that starts like an HTML page is HTML, all else plain text. */
  format?: TextFormat | undefined
  /** The encoding that a person chose for bytes that are text; without one it is recognised. */
  encoding?: EncodingName | undefined
  /** The language that was chosen, as BCP 47: its sentences follow it. Without one it is recognised. */
  language?: string | undefined
}

/** Why a document could not be read. */
export type ReadProblemCode =
  | 'empty'
  | 'too-large'
  | 'binary'
  | 'unsupported-format'
  | 'malformed-text'
  | 'too-complex'
  | 'damaged'
  | 'protected'
  | 'too-slow'
  | 'unreadable'

/** A failure with a message that says what would have worked. */
export interface ReadProblem {
  code: ReadProblemCode
  message: string
}

/** The original as it came in. For text given as a string, `bytes` are its UTF-8. */
export interface OriginalFile {
  bytes: Uint8Array
  /** Hex SHA-256 of `bytes`. */
  sha256: string
  mediaType: string
  /** Empty for a file that is no text itself. */
  encoding: string
  /** How the encoding is known; null for a file that is no text itself. */
  ground: EncodingGround | null
  fileName: string | null
}

/** A document as read, before it is saved. Title, author, date and language are guesses for a person to check. */
export interface ImportedDocument {
  content: DocumentContent
  /** Canonical text. */
  text: string
  /** Hex SHA-256 of the canonical text in UTF-8. */
  sha256: string
  sentences: SentenceSpan[]
  format: ImportFormat
  /** Never empty. */
  title: string
  /** Empty when none was found. */
  author: string
  /** "YYYY-MM-DD", or null. */
  publishedOn: string | null
  /** BCP 47; `und` when it cannot be told. */
  language: string
  wordCount: number
  /** Spans of kind `sentence`, in scope or not. */
  sentenceCount: number
  summary: StructureSummary
  /** Sentences on what was left out of the file or may have been read wrongly. Usually empty. */
  notices: string[]
  /** The address that the source gives as its own, in full; null when it gives none. */
  canonicalUrl: string | null
  /** Who publishes it, by its own words; null when it does not say. */
  publisher: string | null
  /** Where its pages begin in the canonical text, in its order; empty where it has none. */
  pages: PageStart[]
  original: OriginalFile
}

/** The answer of `readDocument`. */
export type ReadResult = { ok: true; document: ImportedDocument } | { ok: false; problem: ReadProblem }

/** Where a page begins, as a reader counts: behind how many characters that are not white space. `label` is what the document calls it. */
export interface FoundPageStart {
  written: number
  label: string
}

/** What a format's reader found: structure, and what the source says about itself. */
export interface ParsedSource {
  content: DocumentContent
  title?: string | null
  author?: string | null
  publishedOn?: string | null
  /** When the file was made: the date of a text that names none itself. */
  madeOn?: string | null
  language?: string | null
  canonicalUrl?: string | null
  publisher?: string | null
  /** Sentences on what was left out of the file or may have been read wrongly. */
  notices?: string[]
  /** Where its pages begin, in the order of the text. */
  pageStarts?: FoundPageStart[]
}
