import type { ReviewController } from '@/lib/client/annotations/controller'
import type { CardActions } from '@/components/annotations/card/card-actions'
import { focusCard } from './card-focus'
import { copyLink } from '../links/copy-link'
import { newId } from '@/lib/client/new-id'

/** What cards ask for, carried out by the controller. */
export function makeCardActions(controller: ReviewController): CardActions {
  return {
    open: (id) => {
      controller.open(id)
    },
    rate: (id, rating) => {
      controller.rateOne(id, rating)
    },
    edit: (id, changes, how) => {
      controller.edit(id, changes, how)
    },
    startEditing: (id, editing) => {
      controller.open(id, editing)
    },
    startMoving: (id, selects) => {
      controller.startMoving(id, selects)
    },
    keepSelection: (id) => {
      controller.moveToSelection(id)
    },
    remove: (id) => {
      controller.remove(id)
      controller.focusText()
    },
    keepMine: (id) => {
      controller.store.keepMine(id)
    },
    discardMine: (id) => {
      controller.store.discardMine(id)
    },
    choose: (id, changes) => {
      controller.store.choose(id, changes)
    },
    bringBack: (id) => {
      controller.store.bringBack(id)
    },
    copyLink: () => {
      void copyLink(controller)
    },
    backToCard: focusCard,
    newId: () => newId(),
  }
}
