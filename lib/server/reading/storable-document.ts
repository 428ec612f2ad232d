import { sketchText, type Sketch } from '@/lib/domain/likeness/sketch'
import { foldForSearch } from '@/lib/domain/search/fold'
import { documentContentSchema } from '@/lib/domain/text/schema'
import { checkableSentences, scopeRegions } from '@/lib/domain/text/scope'
import { packSentences } from '@/lib/domain/text/sentences'
import { buildTextIndex } from '@/lib/domain/text/text-index'
import type { FetchedPage } from '../fetching/fetch-page'
import type { ImportedDocument } from '../importing/imported-document'

/** A document as read, with all derived values: storing it takes no further long computation. */
export interface StorableDocument extends Omit<ImportedDocument, 'sentences'> {
  /** Packed (lib/domain/text/sentences). */
  sentences: number[]
  /** The folded canonical text, for searches. */
  folded: string
  /** Its sketch (lib/domain/likeness). */
  sketch: Sketch
  /** How many checkable sentences it has. */
  checkableCount: number
  /** The answer of the site, for a fetched page. */
  fetched: Omit<FetchedPage, 'bytes'> | null
}

/**
 * Checks law 1 (the content is well-formed, and its canonical text is the one that was hashed) and derives the values stored beside it.
 * @throws Error when a format's reader made content that breaks the law.
 */
export function makeStorable(imported: ImportedDocument): StorableDocument {
  const content = documentContentSchema.parse(imported.content)
  const index = buildTextIndex(content)
  if (index.text !== imported.text) throw new Error('The canonical text of an import differs from its content')
  return {
    ...imported,
    content,
    sentences: packSentences(imported.sentences),
    folded: foldForSearch(imported.text),
    sketch: sketchText(index),
    fetched: null,
    checkableCount: checkableSentences(imported.sentences, scopeRegions(index)).length,
  }
}
