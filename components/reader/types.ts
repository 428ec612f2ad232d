import type { MissingEvidence, Rating } from '@/lib/domain/annotations/rating'
import type { DocumentContent } from '@/lib/domain/text/model'
import type { SentenceSpan } from '@/lib/domain/text/sentences'

/** A half-open range of the canonical text, in UTF-16 code units. */
export interface TextRange {
  start: number
  end: number
}

/** What the reader needs of an annotation to paint it and to find it again. */
export interface ReaderAnnotation extends TextRange {
  id: string
  rating: Rating
  authorId: string
  own: boolean
  missing: MissingEvidence | null
}

/** A range of the text that does not count, shown folded. */
export interface FoldedRange extends TextRange {
  reason: string
  label: string
}

/** What the reader is given. Annotations may be any array; the reader diffs by identity and id. */
export interface TextReaderProps {
  content: DocumentContent
  language: string
  sentences: readonly SentenceSpan[]
  annotations: readonly ReaderAnnotation[]
  folded: readonly FoldedRange[]
  /** The annotation whose card is open; painted with a stronger style and scrolled to when it is off the screen. */
  activeAnnotationId: string | null
  /** Index into `sentences` of the current sentence in sentence mode; null when there is none. */
  currentSentence: number | null
  /** Called when the selection settles (mouse, touch or keyboard), null when it is emptied. */
  onSelect(range: TextRange | null): void
  /** Called when a highlighted place is pressed: ids at that point, topmost (shortest) first. */
  onActivate(annotationIds: string[]): void
  onSentenceChange(index: number): void
  /** Called when layout moved (resize, fonts, folding): margin cards ask for new positions. */
  onLayout?(): void
}

/** What a parent may ask of the reader. All offsets are UTF-16 code units of the canonical text; pixels are of the scroll container's content. */
export interface TextReaderHandle {
  /** The vertical extent of a range, or null when it is folded away or not laid out. */
  extentOf(range: TextRange): { top: number; bottom: number } | null
  scrollTo(range: TextRange): void
  selectRange(range: TextRange): void
  clearSelection(): void
  focus(): void
}
