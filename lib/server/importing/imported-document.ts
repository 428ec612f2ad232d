import type { EncodingGround, EncodingName } from '@/lib/domain/documents/encodings'
import type { ImportFormat } from '@/lib/domain/documents/import-formats'
import type { DocumentContent } from '@/lib/domain/text/model'
import type { PageStart } from '@/lib/domain/text/pages'
import type { SentenceSpan } from '@/lib/domain/text/sentences'
import type { StructureSummary } from '@/lib/domain/text/summary'

/** The formats that are text themselves, pastes included: the encoding matters for their bytes. */
export type TextFormat = 'text' | 'html' | 'markdown' | 'subtitles'

/** The formats that contain packed text, recognised by their own bytes. */
export type FileFormat = Exclude<ImportFormat, TextFormat>

/** The input of a reader: the bytes of a file or request, or text that was pasted or sent as a string. */
export interface ReadInput {
  bytes?: Uint8Array | undefined
  text?: string | undefined
  fileName?: string | undefined
  /** A media type, with or without a charset parameter ("text/html; charset=windows-1252"). */
  mediaType?: string | undefined
  /** The address it was fetched from, against which relative links are resolved. */
  address?: string | undefined
  /** Takes precedence over file name and media type. Without any of them, text that starts like an HTML page is HTML, all else plain text. */
  format?: TextFormat | undefined
  /** The encoding chosen by a person, for bytes that are text; detected without one. */
  encoding?: EncodingName | undefined
  /** The chosen language as BCP 47, whose rules divide the sentences. Detected without one. */
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

/** A failure with a message that says what would work. */
export interface ReadProblem {
  code: ReadProblemCode
  message: string
}

/** The original input. For text given as a string, `bytes` are its UTF-8. */
export interface OriginalFile {
  bytes: Uint8Array
  /** Hex SHA-256 of `bytes`. */
  sha256: string
  mediaType: string
  /** Empty for a file that is not itself text. */
  encoding: string
  /** How the encoding is known; null for a file that is not itself text. */
  ground: EncodingGround | null
  fileName: string | null
}

/** A document as read, before it is stored. Title, author, date and language are guesses for a person to check. */
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
  /** BCP 47; `und` when unknown. */
  language: string
  wordCount: number
  /** Spans of kind `sentence`, in scope or not. */
  sentenceCount: number
  summary: StructureSummary
  /** Sentences on content that was left out or may have been read wrongly. Usually empty. */
  notices: string[]
  /** The absolute address that the source declares as its own; null without one. */
  canonicalUrl: string | null
  /** The publisher named by the source; null without one. */
  publisher: string | null
  /** The starts of its pages in the canonical text, in order; empty without pages. */
  pages: PageStart[]
  original: OriginalFile
}

/** The answer of `readDocument`. */
export type ReadResult = { ok: true; document: ImportedDocument } | { ok: false; problem: ReadProblem }

/** The start of a page, as the number of characters before it without white space. `label` is the document's own page number. */
export interface FoundPageStart {
  written: number
  label: string
}

/** The result of a format's reader: structure, and metadata of the source. */
export interface ParsedSource {
  content: DocumentContent
  title?: string | null
  author?: string | null
  publishedOn?: string | null
  /** The date on which the file was made, for a text without a date of its own. */
  madeOn?: string | null
  language?: string | null
  canonicalUrl?: string | null
  publisher?: string | null
  /** Sentences on content that was left out or may have been read wrongly. */
  notices?: string[]
  /** The starts of its pages, in the order of the text. */
  pageStarts?: FoundPageStart[]
}
