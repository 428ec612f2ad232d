import type { EncodingGround } from '@/lib/domain/documents/encodings'
import type { Likeness } from '@/lib/domain/likeness/schema'
import type { StorableDocument } from '@/lib/server/reading/storable-document'

/** What is said about a document beside its text. */
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

/** How a text file was decoded, and how that is known; nothing for files that are no text themselves. */
function describeEncoding({ encoding, ground }: StorableDocument['original']): string[] {
  return ground === null ? [] : [`  encoding: ${encoding} (${grounds[ground]})`]
}

/** A few lines on what was read: metadata, size, structure, and the parts that do not count with their first words. */
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

/** What a text has in common with a document that is here. */
export function likenessInWords({ title, share }: Likeness): string {
  return `About ${String(Math.floor(share * 100))} % of its words stand in “${title}”.`
}

/** What became of one file or address. */
export interface ImportOutcome {
  name: string
  /** `read` in a dry run, where nothing is stored. */
  state: 'imported' | 'revised' | 'skipped' | 'read' | 'failed'
  title?: string
  documentId?: string
  revisionId?: string
  /** Why it failed or was skipped, or the document that it is much like. */
  message?: string
}

const barWidth = 24
const columns = 100

/** A line that shows how far an import is, no longer than a terminal is wide: "[####····] 12 of 40  winter.txt". */
export function progressLine({ done, total, name }: { done: number; total: number; name: string }): string {
  const filled = total === 0 ? 0 : Math.round((done / total) * barWidth)
  const line = `[${'#'.repeat(filled)}${'·'.repeat(barWidth - filled)}] ${String(done)} of ${String(total)}  ${name}`
  return line.slice(0, columns)
}

/** How many became what: "2 imported, 1 failed". */
export function countOutcomes(outcomes: readonly ImportOutcome[]): string {
  const counts = new Map<string, number>()
  for (const { state } of outcomes) counts.set(state, (counts.get(state) ?? 0) + 1)
  return [...counts].map(([state, count]) => `${String(count)} ${state}`).join(', ')
}

/** A table of all outcomes, a line each: what became of it, its name, and its title or the reason. */
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

/** All outcomes for a machine. */
export function outcomesAsJson(outcomes: readonly ImportOutcome[]): string {
  return JSON.stringify({ failed: outcomes.filter(({ state }) => state === 'failed').length, items: outcomes }, null, 2)
}
