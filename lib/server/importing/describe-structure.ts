import type { OutOfScopeReason } from '@/lib/domain/text/model'
import type { ImportedDocument } from './imported-document'

const reasonNames: Record<OutOfScopeReason, string> = {
  'table-of-contents': 'table of contents',
  'link-list': 'list of links',
  'comment-form': 'comment form',
  comments: 'comments',
  'reference-list': 'references',
  navigation: 'navigation',
  boilerplate: 'page furniture',
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${String(number)} ${number === 1 ? one : many}`
}

/**
 * What was recognised in a document as plain lines for a preview: what it is, what it holds, its headings as an outline, and each part that does
 * not count with its reason. Zero counts are left out.
 */
export function describeStructure(document: ImportedDocument): string[] {
  const { summary } = document
  const parts: [number, string, string?][] = [
    [summary.headings.length, 'heading'],
    [summary.paragraphs, 'paragraph'],
    [summary.lists, 'list'],
    [summary.tables, 'table'],
    [summary.quotes, 'quotation'],
    [summary.codeBlocks, 'code block'],
    [summary.notes, 'note'],
    [summary.citations, 'citation marker'],
    [summary.links, 'link'],
    [summary.images, 'image'],
  ]
  const lines = [
    `Title: ${document.title}`,
    `Author: ${document.author || 'not found'}`,
    `Date: ${document.publishedOn ?? 'not found'}`,
    `Language: ${document.language === 'und' ? 'not recognised' : document.language}`,
    `Text: ${count(document.wordCount, 'word')}, ${count(document.sentenceCount, 'sentence')}, ${String(summary.checkable)} of them to be checked`,
    `Structure: ${parts.flatMap(([number, one, many]) => (number > 0 ? [count(number, one, many)] : [])).join(', ')}`,
    `SHA-256: ${document.sha256}`,
  ]
  const outline = summary.headings.filter(({ outOfScope }) => !outOfScope)
  if (outline.length > 0)
    lines.push('Outline:', ...outline.map(({ level, text }) => `${'  '.repeat(level)}${text.replace(/\s+/gu, ' ')}`))
  if (summary.regions.length > 0) {
    lines.push('Not to be checked (a reviewer can change this):')
    for (const region of summary.regions)
      lines.push(`  ${reasonNames[region.reason]}, ${count(region.sentences, 'sentence')}: ${region.opening}`)
  }
  return lines
}
