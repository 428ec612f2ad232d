import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { readDocument } from '@/lib/server/importing/read-document'

/** The folder of real PDF files, some of them broken on purpose. Not part of the project. */
const pdfFolder = path.resolve(process.cwd(), '../shared/testdata/import/pdf')

/** How faithfully one PDF file was read. */
export interface PdfScore {
  file: string
  /** The numbers of words that pdftotext and our reader find. */
  wanted: number
  found: number
  /** The harmonic mean of precision and recall of the words, counted with repetitions; null when pdftotext finds none. */
  f1: number | null
  /** Why the file was refused; null when it was read. */
  refusal: string | null
}

const wordsOf = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? []

function wordScore(found: readonly string[], expected: readonly string[]): number {
  const left = new Map<string, number>()
  for (const word of expected) left.set(word, (left.get(word) ?? 0) + 1)
  const hits = found.filter((word) => {
    const count = left.get(word) ?? 0
    left.set(word, count - 1)
    return count > 0
  })
  return (2 * hits.length) / (found.length + expected.length)
}

/** The text that pdftotext finds in a file; empty when it fails, null when the program is not installed. */
function readByTool(file: string): string | null {
  try {
    return execFileSync('pdftotext', ['-enc', 'UTF-8', file, '-'], { stdio: ['ignore', 'pipe', 'ignore'] }).toString()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    return ''
  }
}

/** The names of the files, in order; empty when the folder is absent. */
export function listPdfs(): string[] {
  return existsSync(pdfFolder)
    ? readdirSync(pdfFolder)
        .filter((name) => name.endsWith('.pdf'))
        .sort()
    : []
}

/** Reads a file and compares its words with those that pdftotext finds, or with none if that program is missing. */
export async function scorePdf(file: string): Promise<PdfScore> {
  const location = path.join(pdfFolder, file)
  const result = await readDocument({ bytes: readFileSync(location), fileName: file })
  const wanted = wordsOf(readByTool(location) ?? '')
  const found = result.ok ? wordsOf(result.document.text) : []
  return {
    file,
    wanted: wanted.length,
    found: found.length,
    f1: wanted.length === 0 ? null : wordScore(found, wanted),
    refusal: result.ok ? null : result.problem.message,
  }
}
