import type { FileFormat, ParsedSource, ReadProblem } from '../imported-document'
import type { RecognisedFile } from './recognise'
import { readEpub } from './epub'
import { readMail, readWebArchive } from './mail/read-mail'
import { readOpenDocument } from './open-document'
import { readPdf } from './pdf/read-pdf'
import { readRichText } from './rich-text/read-rich-text'
import { UnreadableFile } from './unreadable'
import { readWord } from './word/read-word'

/** Reads the text of one format out of a file's bytes. @throws UnreadableFile */
type FileReader = (bytes: Uint8Array) => ParsedSource | ReadProblem | Promise<ParsedSource | ReadProblem>

const readers: Record<FileFormat, FileReader> = {
  word: readWord,
  pdf: readPdf,
  openDocument: readOpenDocument,
  epub: readEpub,
  richText: readRichText,
  mail: readMail,
  webArchive: readWebArchive,
}

/** Reads a file of a recognised kind: its structure and what it says of itself, or why it cannot be read. */
export async function readFile(
  { format, problem }: RecognisedFile,
  bytes: Uint8Array,
): Promise<{ parsed: ParsedSource; format: FileFormat; encoding: string; ground: null } | ReadProblem> {
  if (format === null) return problem
  try {
    const parsed = await readers[format](bytes)
    return 'code' in parsed ? parsed : { parsed, format, encoding: '', ground: null }
  } catch (error) {
    if (error instanceof UnreadableFile) return error.problem
    throw error
  }
}
