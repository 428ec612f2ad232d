import type { EncodingGround } from '@/lib/domain/documents/encodings'
import type { Likeness } from '@/lib/domain/likeness/schema'
import type { StorableDocument } from '@/lib/server/reading/storable-document'

/** The metadata of a document that are printed beside its text. */
interface Described {
  title: string
  author: string
  publishedOn: string | null
  language: string
}

const counted = [
  ['headings', 'heading'],
  ['paragraphs', 'paragraph'],
  ['lists', 'list'],
  ['tables', 'table'],
  ['quotes', 'quotation'],
  ['notes', 'note'],
  ['citations', 'citation marker'],
  ['links', 'link'],
  ['images', 'image'],
  ['codeBlocks', 'code block'],
] as const

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

const grounds: Record<EncodingGround, string> = {
  certain: 'by its bytes',
  declared: 'as the file says',
  guessed: 'a guess; --encoding says otherwise',
  chosen: 'as you said',
}

/** Says how a text file was decoded and how its encoding is known. Null for formats that are not text themselves. */
function describeEncoding({ encoding, ground }: StorableDocument['original']): string[] {
  return ground === null ? [] : [`  encoding: ${encoding} (${grounds[ground]})`]
}

/** Summarises in a few lines what was read: metadata, size, structure, and the parts out of scope with their first words. */
export function describeImport(
  file: string,
  { imported, document }: { imported: StorableDocument; document: Described },
): string {
  const { summary } = imported
  const structure = counted
    .map(([key, noun]) => [key === 'headings' ? summary.headings.length : summary[key], noun] as const)
    .filter(([number]) => number > 0)
    .map(([number, noun]) => count(number, noun))
  const said = [document.author, document.publishedOn ?? '', document.language].filter((part) => part !== '')
  const regions = summary.regions.map(
    ({ reason, sentences, opening }) => `  out of scope: ${reason}, ${count(sentences, 'sentence')}: ${opening}`,
  )
  return [
    `${file}: ${document.title}`,
    `  ${said.join(', ')}`,
    `  ${count(imported.wordCount, 'word')}, ${count(imported.sentenceCount, 'sentence')}, ${summary.checkable} to be decided; SHA-256 ${imported.sha256}`,
    `  ${structure.join(', ')}`,
    ...describeEncoding(imported.original),
    ...imported.notices.map((notice) => `  note: ${notice}`),
    ...regions,
  ].join('\n')
}

/** Says how much of a text an existing document shares. */
export function likenessInWords({ title, share }: Likeness): string {
  return `About ${String(Math.floor(share * 100))} % of its words stand in “${title}”.`
}

/** The outcome of one file or address. */
export interface ImportOutcome {
  name: string
  /** `read` in a dry run, where nothing is stored. */
  state: 'imported' | 'revised' | 'skipped' | 'read' | 'failed'
  title?: string
  documentId?: string
  revisionId?: string
  /** Why it failed or was skipped, or which document its text is much like. */
  message?: string
}

const barWidth = 24
const columns = 100

/** Draws a progress bar that fits into the width of a terminal: "[####····] 12 of 40  winter.txt". */
export function progressLine({ done, total, name }: { done: number; total: number; name: string }): string {
  const filled = total === 0 ? 0 : Math.round((done / total) * barWidth)
  const line = `[${'#'.repeat(filled)}${'·'.repeat(barWidth - filled)}] ${String(done)} of ${String(total)}  ${name}`
  return line.slice(0, columns)
}

/** Counts the outcomes by kind: "2 imported, 1 failed". */
export function countOutcomes(outcomes: readonly ImportOutcome[]): string {
  const counts = new Map<string, number>()
  for (const { state } of outcomes) counts.set(state, (counts.get(state) ?? 0) + 1)
  return [...counts].map(([state, count]) => `${String(count)} ${state}`).join(', ')
}

/** Prints all outcomes as a table, a line each: the kind, the name, and the title or the reason. */
export function tableOf(outcomes: readonly ImportOutcome[]): string {
  const widest = (lengths: number[], most: number) => Math.min(most, Math.max(0, ...lengths))
  const stateWidth = widest(
    outcomes.map(({ state }) => state.length),
    12,
  )
  const nameWidth = widest(
    outcomes.map(({ name }) => name.length),
    44,
  )
  const shorten = (name: string) => (name.length > nameWidth ? `…${name.slice(1 - nameWidth)}` : name)
  return outcomes
    .map(({ state, name, title, message }) => {
      const said = [title, message].filter((part) => part !== undefined && part !== '').join(': ')
      return `${state.padEnd(stateWidth)}  ${shorten(name).padEnd(nameWidth)}  ${said}`.trimEnd()
    })
    .join('\n')
}

/** Prints all outcomes as JSON. */
export function outcomesAsJson(outcomes: readonly ImportOutcome[]): string {
  return JSON.stringify({ failed: outcomes.filter(({ state }) => state === 'failed').length, items: outcomes }, null, 2)
}
