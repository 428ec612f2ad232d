import { nameFormats } from '@/lib/domain/documents/import-formats'
import type { FileFormat, ParsedSource, ReadProblem } from '../imported-document'
import { readEpub } from './epub'
import { readMail, readWebArchive, isWebArchive, looksLikeMail } from './mail/read-mail'
import { readOpenDocument } from './open-document'
import { readPdf } from './pdf/read-pdf'
import { readRichText } from './rich-text/read-rich-text'
import { UnreadableFile } from './unreadable'
import { readWord } from './word/read-word'
import { openArchive } from './archive'

/** A file that is not itself text: its format, or why it cannot be read. */
type RecognisedFile = { format: FileFormat; problem: null } | { format: null; problem: ReadProblem }

const readable = `What can be read: ${nameFormats('and')}.`

function refuse(code: ReadProblem['code'], message: string): RecognisedFile {
  return { format: null, problem: { code, message } }
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, at) => bytes[at] === byte)
}

/** Recognises a file by its bytes, regardless of its name. Null for possible text. */
export function recogniseFile(bytes: Uint8Array): RecognisedFile | null {
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04]) || startsWith(bytes, [0x50, 0x4b, 0x05, 0x06]))
    return recogniseArchive(bytes)
  if (startsWith(bytes, [0x7b, 0x5c, 0x72, 0x74, 0x66])) return { format: 'richText', problem: null }
  if (hasPdfHeader(bytes)) return { format: 'pdf', problem: null }
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])) return recogniseOldOffice(bytes)
  if (looksLikeMail(bytes)) return { format: isWebArchive(bytes) ? 'webArchive' : 'mail', problem: null }
  return null
}

/** PDF readers accept a header shortly after the beginning of the file. */
function hasPdfHeader(bytes: Uint8Array): boolean {
  return /(?:^|[\r\n])%PDF-\d/.test(Buffer.from(bytes.subarray(0, 1024)).toString('latin1'))
}

const officeKinds: [folder: string, kind: string][] = [
  ['xl/', 'an Excel workbook. Copy the text that is to be checked into a Word document'],
  ['ppt/', 'a PowerPoint presentation. Save its outline as a Word document'],
]

function recogniseArchive(bytes: Uint8Array): RecognisedFile {
  try {
    const archive = openArchive(bytes, 'file')
    const { names } = archive
    if (names.has('word/document.xml')) return { format: 'word', problem: null }
    const type = Buffer.from(archive.read('mimetype') ?? [])
      .toString('latin1')
      .trim()
    if (type.startsWith('application/vnd.oasis.opendocument.text')) return { format: 'openDocument', problem: null }
    if (type === 'application/epub+zip' || names.has('META-INF/container.xml')) return { format: 'epub', problem: null }
    const all = [...names]
    if (names.has('[Content_Types].xml')) {
      const kind = officeKinds.find(([folder]) => all.some((name) => name.startsWith(folder)))
      if (kind === undefined) return { format: 'word', problem: null }
      return refuse('unsupported-format', `This is ${kind[1]} and import that. ${readable}`)
    }
    return refuse('unsupported-format', `This is a ZIP archive. Unpack it and import the files in it. ${readable}`)
  } catch (error) {
    if (error instanceof UnreadableFile) return { format: null, problem: error.problem }
    throw error
  }
}

/** The container of Office files before 2007, which also wraps password-protected newer ones. */
function recogniseOldOffice(bytes: Uint8Array): RecognisedFile {
  const holds = (stream: string) =>
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(Buffer.from(stream, 'utf16le'))
  if (holds('EncryptedPackage')) {
    return refuse(
      'protected',
      'This Office document is protected by a password. Open it with the password, save it without, and import that.',
    )
  }
  const kind = holds('WordDocument')
    ? 'a Word document of the kind before 2007 (.doc)'
    : 'an Office document of the kind before 2007'
  return refuse('unsupported-format', `This is ${kind}. Open it, save it as .docx and import that. ${readable}`)
}

/** Reads text of one format from a file's bytes. @throws UnreadableFile */
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

/** Reads a file of a recognised format: its structure and its metadata, or why it cannot be read. */
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
