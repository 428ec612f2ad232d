import type { TextRange } from '@/lib/domain/ranges/text-range'
import type { MissingEvidence, Rating } from '@/lib/domain/annotations/rating'
import type { DocumentContent } from '@/lib/domain/text/model'

export type { TextRange }

/** What the reader needs of an annotation to paint it and to find it again. Never changed in place: a change is a new object. */
export interface ReaderAnnotation extends TextRange {
  id: string
  rating: Rating
  authorId: string
  own: boolean
  missing: MissingEvidence | null
}

/** A range of the text that does not count, shown folded. Folds are made of whole top-level blocks; what covers none is ignored. */
export interface FoldedRange extends TextRange {
  reason: string
  label: string
}

/** What the reader is given. Annotations may be any array; the reader diffs by identity and id. */
export interface TextReaderProps {
  content: DocumentContent
  language: string
  sentences: readonly TextRange[]
  annotations: readonly ReaderAnnotation[]
  folded: readonly FoldedRange[]
  /** Sentences decided as "no claim here": drawn quietly. */
  decided?: readonly TextRange[] | undefined
  /** Words that open discussions are about: disjoint, by start. */
  commented?: readonly TextRange[] | undefined
  /** Those of them that are looked at, or words that are about to be. */
  commentedNow?: TextRange | null | undefined
  /** What a search in the document found, by start. */
  found?: readonly TextRange[] | undefined
  /** The one of them that is looked at. */
  foundNow?: TextRange | null | undefined
  /** The annotation whose card is open; painted with a stronger style and scrolled to when it is off the screen. */
  activeAnnotationId: string | null
  /** Index into `sentences` of the current sentence in sentence mode; null when there is none. */
  currentSentence: number | null
  /** Name of the text for assistive technology, usually the document's title. */
  label?: string | undefined
  /** What its keys do, for assistive technology; left out, those of a review. */
  hint?: string | undefined
  /** Words for the live region when the current sentence changes: its place, decision and annotations. The sentence itself is read after them. */
  describeSentence?: ((index: number) => string) | undefined
  /** Called when the selection settles (mouse, touch or keyboard), null when it is emptied. */
  onSelect(range: TextRange | null): void
  /** Called when a highlighted place is pressed: ids at that point, topmost (shortest) first. */
  onActivate(annotationIds: string[]): void
  /** Called when words are pressed, before `onActivate`, which true keeps from being called: the place and the annotations there, topmost first. */
  onPressWords?: ((offset: number, annotationIds: string[]) => boolean) | undefined
  onSentenceChange(index: number): void
  /** Called when an end of the open annotation was moved, by its handle or with Shift and the arrows. Without it the ends stay. */
  onMoveSpan?: ((annotationId: string, range: TextRange) => void) | undefined
  /** Whether the text takes the focus as soon as it can be worked with, when nothing else has it. */
  takesFocus?: boolean | undefined
  /** Called when what the server wrote did not fit the document, and the text was drawn anew. */
  onReplaced?: (() => void) | undefined
  /** Called once the text can be marked. */
  onReady?: (() => void) | undefined
  /** Called when layout moved (resize, fonts, folding): margin cards ask for new positions. */
  onLayout?: (() => void) | undefined
  /** Called (at most once a frame) with the part of the text that is on the screen, for the minimap. */
  onViewport?: ((visible: TextRange) => void) | undefined
}

/** What a parent may ask of the reader. All offsets are UTF-16 code units of the canonical text; pixels are of the scroll container's content. */
export interface TextReaderHandle {
  /** The vertical extent of a range, or null when it is folded away or not laid out. */
  extentOf(range: TextRange): { top: number; bottom: number } | null
  /** Brings a range into view, unfolding it first; does nothing when it is in view already. Smooth unless less motion is asked for. */
  scrollTo(range: TextRange): void
  /** Puts a place of the text at the top of the view, at once: for the minimap. */
  scrollToOffset(offset: number): void
  /** Selects a range as a person would have; answered by `onSelect`. */
  selectRange(range: TextRange): void
  /** Empties the selection; answered by `onSelect(null)` when there was one. */
  clearSelection(): void
  /** The annotations under a point of the screen (viewport pixels), topmost first. */
  annotationsAt(x: number, y: number): string[]
  focus(): void
}
