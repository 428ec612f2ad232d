'use client'

import { useEffect } from 'react'
import { ratings } from '@/lib/domain/annotations/rating'
import type { ReviewController } from '@/lib/client/annotations/controller'
import { citeAgain } from '@/lib/client/annotations/cite-again'
import { ratingKeys } from '@/components/annotations/card/rating-buttons'
import { ratingNames } from '@/lib/domain/annotations/words'
import {
  nameOfPress,
  registerShortcuts,
  singleKeysEnabled,
  type KeyPress,
  type Shortcut,
  isDialogOpen,
  isMenuOpen,
  isTyping,
} from '@/components/shell/keys/shortcuts'
import { focusCard } from '../cards/card-focus'
import { copyLink } from '../links/use-address'
import type { AnnotationView } from '@/lib/domain/annotations/schema'
import type { Editing } from '@/lib/client/annotations/review-state'

/** The actions that the review binds to keys, beside the shortcuts that it registers. */
export type ReviewKey = 'undo' | 'redo' | 'confirm' | 'out' | 'delete' | 'next-undecided'

const keys: Readonly<Record<string, ReviewKey>> = {
  'Mod+z': 'undo',
  'Mod+Shift+z': 'redo',
  'Mod+y': 'redo',
  Enter: 'confirm',
  Escape: 'out',
  Delete: 'delete',
  Backspace: 'delete',
  j: 'next-undecided',
}

function isInText(target: EventTarget | null): boolean {
  return target === document.body || (target instanceof Element && target.closest('.reader-text') !== null)
}

interface ReviewKeysInput {
  controller: ReviewController
  /** Comments on the selected words, the open annotation or the current sentence; null for members who may not write. */
  comment: (() => void) | null
  openScope: () => void
  /** Shows the entries behind the citation markers of the open annotation or the current sentence. */
  openCited: () => void
}

/** Keys listed on the shell's sheet, but handled by the reader or here. */
const onlyListed: readonly Shortcut[] = [
  { keys: 'ArrowDown', label: 'Next sentence' },
  { keys: 'ArrowUp', label: 'Sentence before' },
  { keys: 'Shift+ArrowRight', label: 'Lengthen the selection by a word' },
  { keys: 'Shift+ArrowLeft', label: 'Shorten the selection by a word' },
  { keys: 'Enter', label: 'Open the annotation here' },
  { keys: 'Escape', label: 'Back to the text' },
  { keys: 'Delete', label: 'Delete the open annotation' },
  { keys: 'Mod+z', label: 'Undo' },
  { keys: 'Mod+y', label: 'Redo' },
]

function key(keys: string, label: string, run: () => void): Shortcut {
  return { keys, label, run }
}

function annotatingKeys(controller: ReviewController): Shortcut[] {
  const edit = (editing: 'note' | 'evidence' | 'tags') => () => {
    controller.startEditing(editing)
  }
  return [
    ...ratings.map((rating) =>
      key(ratingKeys[rating], `Rate ${ratingNames[rating].toLowerCase()}`, () => {
        controller.rate(rating)
      }),
    ),
    key('0', 'No claim here', () => {
      controller.decideNoClaim()
    }),
    key('n', 'Note', edit('note')),
    key('e', 'Evidence', edit('evidence')),
    key('r', 'Evidence: the last reference again', () => {
      const active = controller.active()
      if (active !== null) citeAgain(active.id)
      edit('evidence')()
    }),
    key('t', 'Tags', edit('tags')),
    key('d', 'Disputed', () => {
      controller.toggleFlag('disputed')
    }),
    key('p', 'Partial', () => {
      controller.toggleFlag('partial')
    }),
    { keys: 'j', label: 'Next undecided sentence' },
  ]
}

function reviewShortcuts({ controller, comment, openScope, openCited }: ReviewKeysInput): Shortcut[] {
  return [
    ...(controller.mayAnnotate ? annotatingKeys(controller) : []),
    ...(comment === null ? [] : [key('c', 'Comment on the selection or the sentence', comment)]),
    key('y', 'Copy a link to the selection, the open annotation or the sentence', () => {
      void copyLink(controller)
    }),
    key('.', 'What the citation marker here stands for', openCited),
    key('s', 'Scope: what counts', openScope),
    key('l', 'List, or cards beside the text', () => {
      controller.setLayout(controller.getState().view.layout === 'list' ? 'margin' : 'list')
    }),
    ...onlyListed,
  ]
}

/** The keys of the review. Plain keys are registered with the shell, so that its sheet lists them and they can be switched off. */
export function useReviewKeys({ controller, comment, openScope, openCited }: ReviewKeysInput): void {
  useEffect(
    () =>
      registerShortcuts({
        title: 'Review',
        shortcuts: reviewShortcuts({ controller, comment, openScope, openCited }),
      }),
    [controller, comment, openScope, openCited],
  )

  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || isTyping(event.target) || isMenuOpen() || isDialogOpen())
        return
      if (act(controller, event)) event.preventDefault()
    }
    // Capture runs before the reader's own keys: J goes to the next undecided sentence here, and Enter ends the choice of a passage.
    document.addEventListener('keydown', listen, { capture: true })
    return () => {
      document.removeEventListener('keydown', listen, { capture: true })
    }
  }, [controller])
}

function act(controller: ReviewController, event: KeyboardEvent): boolean {
  const { view } = controller.getState()
  switch (readReviewKey(event)) {
    case 'undo':
      controller.undo()
      return true
    case 'redo':
      controller.redo()
      return true
    case 'confirm':
      if (view.editing !== 'span' || view.activeId === null || !isInText(event.target)) return false
      controller.moveToSelection(view.activeId)
      return true
    case 'out':
      return stepOut(controller, event.target)
    case 'delete':
      if (view.editing !== null) return false
      if (view.activeId === null) controller.refuseWithoutAnnotation()
      else controller.remove(view.activeId)
      return true
    case 'next-undecided':
      if (!singleKeysEnabled() || !controller.mayAnnotate) return false
      controller.nextUndecided()
      return true
    case null:
      return false
  }
}

/** Escape goes one step out: from choosing a passage, from a card to the text, from an open card to none. */
function stepOut(controller: ReviewController, target: EventTarget | null): boolean {
  const { view } = controller.getState()
  if (view.editing === 'span' && view.activeId !== null) {
    controller.open(view.activeId)
    controller.clearSelection()
    focusCard(view.activeId)
    return true
  }
  if (target instanceof Element && target.closest('[data-own-escape]') !== null) return false
  if (target instanceof Element && target.closest('[data-card-button], article[id^="card-"], [data-row]') !== null) {
    controller.focusText()
    return true
  }
  // The focused part of the card has just closed.
  if (target === document.body && view.activeId !== null) {
    if (view.editing === null) controller.focusText()
    else {
      controller.open(view.activeId)
      focusCard(view.activeId)
    }
    return true
  }
  if (!isInText(target) || view.selection !== null || view.activeId === null) return false
  controller.open(null)
  return true
}

/** The review's action for a key press, by the character typed and not by the key's position; null when there is none. */
export function readReviewKey(press: KeyPress): ReviewKey | null {
  const name = nameOfPress(press)
  return name === null ? null : (keys[name] ?? null)
}

/** A hint of the dock: keys and their present action. `first` marks the next thing to do. */
interface DockHint {
  keys: string[]
  label: string
  first?: boolean
}

/** The hints for a state of the review, the next thing to do first. */
export function dockHints(given: {
  active: Pick<AnnotationView, 'missing' | 'may'> | null
  editing: Editing
  hasSelection: boolean
}): DockHint[] {
  const { active, editing, hasSelection } = given
  if (editing === 'span')
    return [
      { keys: ['⇧ →'], label: 'longer', first: true },
      { keys: ['⇧ ←'], label: 'shorter' },
      { keys: ['↵'], label: 'keep the passage' },
      { keys: ['Esc'], label: 'leave it' },
    ]
  if (editing !== null) return [{ keys: ['Esc'], label: 'back to the card', first: true }]
  const rate = ratings.map((rating) => ({ keys: [ratingKeys[rating]], label: ratingNames[rating].toLowerCase() }))
  const comment = { keys: ['C'], label: 'comment' }
  const link = { keys: ['Y'], label: 'copy link' }
  if (hasSelection) return [...rate, { keys: ['0'], label: 'no claim' }, comment, link]
  if (active?.may.update === true) {
    const lacks = active.missing !== null
    const evidence = { keys: ['E'], label: 'evidence', ...(lacks ? { first: true } : {}) }
    const rest = [
      { keys: ['N'], label: 'note' },
      { keys: ['T'], label: 'tags' },
      { keys: ['D'], label: 'disputed' },
      { keys: ['P'], label: 'partial' },
      comment,
      link,
      { keys: ['1–4'], label: 'rate anew' },
      { keys: ['Del'], label: 'delete' },
    ]
    return lacks ? [evidence, ...rest] : [{ keys: ['↑', '↓'], label: 'sentence' }, evidence, ...rest]
  }
  return [{ keys: ['↑', '↓'], label: 'sentence' }, ...rate, { keys: ['0'], label: 'no claim' }, comment, link]
}
