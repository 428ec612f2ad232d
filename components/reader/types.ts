import type { TextRange } from '@/lib/domain/ranges/text-range'
import type { MissingEvidence, Rating } from '@/lib/domain/annotations/rating'
import type { DocumentContent } from '@/lib/domain/text/model'

export type { TextRange }

/** The part of an annotation that the reader needs to paint it and to find it again. Never changed in place: a change is a new object. */
export interface ReaderAnnotation extends TextRange {
  id: string
  rating: Rating
  authorId: string
  own: boolean
  missing: MissingEvidence | null
}

/** A range of the text out of scope, shown folded. Folds are made of whole top-level blocks; a range that covers none is ignored. */
export interface FoldedRange extends TextRange {
  reason: string
  label: string
}

/** The reader's properties. Annotations may be any array; the reader compares by identity and id. */
export interface TextReaderProps {
  content: DocumentContent
  language: string
  sentences: readonly TextRange[]
  annotations: readonly ReaderAnnotation[]
  folded: readonly FoldedRange[]
  /** Sentences decided as "no claim here": drawn quietly. */
  decided?: readonly TextRange[] | undefined
  /** The words of open discussions: disjoint, by start. */
  commented?: readonly TextRange[] | undefined
  /** The words of the discussion that is shown or about to be opened. */
  commentedNow?: TextRange | null | undefined
  /** The results of a search in the document, by start. */
  found?: readonly TextRange[] | undefined
  /** The current result. */
  foundNow?: TextRange | null | undefined
  /** The annotation whose card is open. It is painted with a stronger style and scrolled to when it is off the screen. */
  activeAnnotationId: string | null
  /** Index into `sentences` of the current sentence in sentence mode; null when there is none. */
  currentSentence: number | null
  /** Name of the text for assistive technology, usually the document's title. */
  label?: string | undefined
  /** Explains its keys to assistive technology; by default those of a review. */
  hint?: string | undefined
  /**
   * Describes the current sentence for the live region when it changes: its place, decision and annotations. The sentence itself is read after them.
   */
  describeSentence?: ((index: number) => string) | undefined
  /** Called when the selection settles (mouse, touch or keyboard), null when it is emptied. */
  onSelect(range: TextRange | null): void
  /** Called when a highlighted place is pressed, with the ids at that point, topmost (shortest) first. */
  onActivate(annotationIds: string[]): void
  /**
   * Called when words are pressed, before `onActivate`, with the place and the annotations there, topmost first. Return true to prevent `onActivate`.
   */
  onPressWords?: ((offset: number, annotationIds: string[]) => boolean) | undefined
  onSentenceChange(index: number): void
  /** Called when an end of the open annotation was moved, by its handle or with Shift and the arrows. Without it, the ends cannot be moved. */
  onMoveSpan?: ((annotationId: string, range: TextRange) => void) | undefined
  /** Whether the text takes the focus as soon as it is ready, if nothing else has it. */
  takesFocus?: boolean | undefined
  /** Called when the server's HTML did not match the document and the text was drawn anew. */
  onReplaced?: (() => void) | undefined
  /** Called once the text can be marked. */
  onReady?: (() => void) | undefined
  /** Called when the layout moved (resize, fonts, folding), so that margin cards read new positions. */
  onLayout?: (() => void) | undefined
  /** Called (at most once a frame) with the part of the text on the screen, for the minimap. */
  onViewport?: ((visible: TextRange) => void) | undefined
}

/** The reader's methods for its parent. All offsets are UTF-16 code units of the canonical text; pixels are of the scroll container's content. */
export interface TextReaderHandle {
  /** The vertical extent of a range, or null when it is folded away or not laid out. */
  extentOf(range: TextRange): { top: number; bottom: number } | null
  /** Brings a range into view, unfolding it first; does nothing when it is in view already. Smooth unless reduced motion is set. */
  scrollTo(range: TextRange): void
  /** Scrolls a place of the text to the top of the view, at once: for the minimap. */
  scrollToOffset(offset: number): void
  /** Selects a range as if the person had. Calls `onSelect`. */
  selectRange(range: TextRange): void
  /** Empties the selection. Calls `onSelect(null)` when there was one. */
  clearSelection(): void
  /** The annotations under a point of the screen (viewport pixels), topmost first. */
  annotationsAt(x: number, y: number): string[]
  focus(): void
}
