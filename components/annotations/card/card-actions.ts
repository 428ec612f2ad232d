import type { Rating } from '@/lib/domain/annotations/rating'
import type { AnnotationView } from '@/lib/domain/annotations/schema'
import type { AnnotationChanges } from '@/lib/client/outbox/change'

/** Which editor is open in a card. */
export type CardEditing = 'note' | 'evidence' | 'tags' | 'span' | null

/** What a card can ask for. The same object for all cards, so that cards need not render again. */
export interface CardActions {
  open: (id: string | null) => void
  rate: (id: string, rating: Rating) => void
  /** `group` joins edits in a row into one step of undo; `began` is the annotation that the change was made on, when it took a while. */
  edit: (id: string, changes: AnnotationChanges, how: { label: string; group?: string; began?: AnnotationView }) => void
  startEditing: (id: string, editing: CardEditing) => void
  /** `selects` puts the selection on the present words, for the keyboard to change; a mouse selects anew. */
  startMoving: (id: string, selects: boolean) => void
  keepSelection: (id: string) => void
  remove: (id: string) => void
  keepMine: (id: string) => void
  discardMine: (id: string) => void
  /** Sends these values over what is stored now, in the place of the waiting changes. */
  choose: (id: string, changes: AnnotationChanges) => void
  /** Restores an annotation that was deleted elsewhere, with the waiting changes. */
  bringBack: (id: string) => void
  /** Copies the address of the open annotation. */
  copyLink: () => void
  /** Puts the focus on the card itself. */
  backToCard: (id: string) => void
  newId: () => string
}
