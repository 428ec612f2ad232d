import type { ImportedDocument } from '@/lib/server/importing/imported-document'

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

/** A few lines on what was read: metadata, size, structure, and the parts that do not count with their first words. */
export function describeImport(
  file: string,
  { imported, document }: { imported: ImportedDocument; document: Described },
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
    ...regions,
  ].join('\n')
}
