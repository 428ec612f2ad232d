import type { Rating } from '@/lib/domain/annotations/rating'
import type { AnnotationView } from '@/lib/domain/annotations/schema'
import type { AnnotationChanges } from '@/lib/client/outbox/change'

/** Which editor is open in a card. */
export type CardEditing = 'note' | 'evidence' | 'tags' | 'span' | null

/** The actions of cards. All cards share one object, so that they need not render again. */
export interface CardActions {
  open: (id: string | null) => void
  rate: (id: string, rating: Rating) => void
  /** Consecutive edits with the same `group` are one undo step. `began` is the annotation as it was when a longer edit began. */
  edit: (id: string, changes: AnnotationChanges, how: { label: string; group?: string; began?: AnnotationView }) => void
  startEditing: (id: string, editing: CardEditing) => void
  /** `selects` selects the present words, so that the keyboard can change them. With a mouse, the person selects anew. */
  startMoving: (id: string, selects: boolean) => void
  keepSelection: (id: string) => void
  remove: (id: string) => void
  keepMine: (id: string) => void
  discardMine: (id: string) => void
  /** Stores these values over the ones stored now, and drops the waiting changes. */
  choose: (id: string, changes: AnnotationChanges) => void
  /** Restores an annotation that was deleted elsewhere, and applies the waiting changes. */
  bringBack: (id: string) => void
  /** Copies the address of the open annotation. */
  copyLink: () => void
  /** Puts the focus on the card itself. */
  backToCard: (id: string) => void
  newId: () => string
}
