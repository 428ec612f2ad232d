import type { AnnotationView } from '@/lib/domain/annotations/schema'
import { quoteInPlainText } from '@/lib/domain/text/quotation'
import type { OutboxRecord } from './record'
import { type AnnotationChanges, annotationParts, takeParts } from './change'

/** The text of a lane's records, for the clipboard: everything a person typed, with the words it refers to. */
export function wordsOf(records: readonly OutboxRecord[]): string {
  return records
    .map(({ write, seen }) => {
      switch (write.kind) {
        case 'create-annotation':
        case 'restore-annotation':
          return describe(write.view)
        case 'update-annotation':
          return seen === null
            ? describeChanges(write.changes)
            : `“${quoteInPlainText(seen.exact, seen.script)}”\n${describeChanges(write.changes)}`
        case 'delete-annotation':
          return seen === null
            ? 'Delete an annotation'
            : `Delete the annotation of “${quoteInPlainText(seen.exact, seen.script)}”`
        case 'create-decision':
          return `No claim in the sentence at ${String(write.view.start)}`
        case 'delete-decision':
          return `Take back “no claim” of the sentence at ${String(write.view.start)}`
        case 'change-scope':
          return `${write.view.inScope ? 'In scope' : 'Out of scope'}: ${String(write.view.start)} to ${String(write.view.end)}`
      }
    })
    .join('\n\n')
}

function describe(view: AnnotationView): string {
  return `“${quoteInPlainText(view.exact, view.script)}”\n${describeChanges(
    takeParts(
      view,
      annotationParts.filter((part) => part !== 'passage'),
    ),
  )}`
}

function describeChanges(changes: AnnotationChanges): string {
  const { exact, rating, disputed, partial, note, tags = [], citations } = changes
  return [
    exact === undefined ? null : `Passage: “${exact}”`,
    rating === undefined ? null : `Rating: ${rating.replace('_', ' ')}`,
    disputed === true ? 'Disputed' : null,
    partial === true ? 'Partial' : null,
    note === undefined || note === '' ? null : `Note: ${note}`,
    tags.length === 0 ? null : `Tags: ${tags.join(', ')}`,
    ...(citations ?? []).map(({ stance, reference, quote }) => `${stance}: ${reference.title} ${quote}`.trim()),
  ]
    .filter((line) => line !== null)
    .join('\n')
}
