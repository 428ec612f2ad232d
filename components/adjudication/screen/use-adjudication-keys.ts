'use client'

import { writingField } from '@/components/editor/rich-text-field'
import { useEffect, useEffectEvent, type RefObject } from 'react'
import { ratings, type Rating } from '@/lib/domain/annotations/rating'
import {
  nameOfPress,
  registerShortcuts,
  singleKeysEnabled,
  isDialogOpen,
  isMenuOpen,
} from '@/components/shell/keys/shortcuts'
import { rateDraft, reasonsOf, startDraft, type Draft } from '../verdict/draft'
import type { Adjudication } from './use-adjudication'
import { verdictName } from '../verdict-words'

/** The key of the discussion. No reason uses it. */
export const discussionKey = 'q'

/** Elements on which Enter has a purpose of its own. */
const ownEnter = 'textarea, select, button, a, summary, [contenteditable], input:not([type=radio], [type=checkbox])'

function show(part: HTMLElement | null | undefined): void {
  part?.focus()
  part?.scrollIntoView({ block: 'nearest' })
}

interface KeyPlaces {
  form: RefObject<HTMLFormElement | null>
  discussion: RefObject<HTMLElement | null>
  openConfirm: () => void
  toggleGuidelines: () => void
}

/** The actions of the keys. */
interface Acts {
  edit: (make: (draft: Draft) => Draft) => void
  rate: (rating: Rating | null) => void
  decide: () => void
  move: (step: 1 | -1) => void
  undo: () => void
  /** Focuses a part of the form, given by its selector. */
  focus: (part: string) => void
  discuss: () => void
  confirmAgreed: () => void
  toggleGuidelines: () => void
}

type Act = (acts: Acts) => void

const shortcuts: readonly { keys: string; label: string; act?: Act }[] = [
  ...[...ratings, null].map((rating, place) => ({
    keys: rating === null ? '0' : String(place + 1),
    label: verdictName(rating),
    act: ({ rate }: Acts) => {
      rate(rating)
    },
  })),
  { keys: 'Enter', label: 'Decide and go to the next open claim' },
  {
    keys: 'Mod+Enter',
    label: 'Decide while writing',
    act: ({ decide }) => {
      decide()
    },
  },
  {
    keys: 'j',
    label: 'Next claim',
    act: ({ move }) => {
      move(1)
    },
  },
  {
    keys: 'k',
    label: 'Previous claim',
    act: ({ move }) => {
      move(-1)
    },
  },
  {
    keys: 'u',
    label: 'Undo the last verdict',
    act: ({ undo }) => {
      undo()
    },
  },
  {
    keys: 'i',
    label: 'Write words',
    act: ({ focus }) => {
      focus('[data-words]')
    },
  },
  {
    keys: 'v',
    label: 'Go to the evidence',
    act: ({ focus }) => {
      focus('[data-evidence] input, [data-evidence] button')
    },
  },
  {
    keys: 'd',
    label: 'Disputed',
    act: ({ edit }) => {
      edit((before) => ({ ...before, disputed: !before.disputed }))
    },
  },
  {
    keys: 'x',
    label: 'Partial',
    act: ({ edit }) => {
      edit((before) => ({ ...before, partial: !before.partial }))
    },
  },
  {
    keys: discussionKey,
    label: 'Discuss the claim',
    act: ({ discuss }) => {
      discuss()
    },
  },
  {
    keys: 'b',
    label: 'Confirm what the reviewers agree on',
    act: ({ confirmAgreed }) => {
      confirmAgreed()
    },
  },
  {
    keys: 'l',
    label: 'Show or hide the guidelines',
    act: ({ toggleGuidelines }) => {
      toggleGuidelines()
    },
  },
]

/** The keys of the adjudication screen. Those of reasons depend on the chosen rating. */
export function useAdjudicationKeys(adjudication: Adjudication, places: KeyPlaces): void {
  const { claim, draft } = adjudication
  const { form } = places
  const acts = actsOn(adjudication, places)
  const run = useEffectEvent((act: Act) => {
    act(acts)
  })
  const rating = draft?.rating

  useEffect(
    () =>
      registerShortcuts({
        title: 'Adjudication',
        shortcuts: shortcuts.map(({ act, ...shortcut }) => ({
          ...shortcut,
          ...(act === undefined
            ? {}
            : {
                run: () => {
                  run(act)
                },
              }),
        })),
      }),
    [],
  )

  useEffect(() => {
    if (rating === undefined || claim === null) return
    return registerShortcuts({
      title: `Reasons for ${verdictName(rating).toLowerCase()}`,
      shortcuts: reasonsOf(claim, rating).map(({ code, key, says }) => ({
        keys: key,
        label: says,
        run: () => {
          run(({ edit, focus }) => {
            edit((before) => ({ ...before, reason: code }))
            if (code === 'other') focus('[data-words]')
          })
        },
      })),
    })
  }, [rating, claim])

  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const { target } = event
      if (event.isComposing || event.repeat) return
      // ProseMirror prevents Escape's default action in a rich-text field. Escape leaves the field all the same.
      if (event.key === 'Escape' && target instanceof HTMLElement && form.current?.contains(target) === true) {
        target.blur()
        return
      }
      if (event.defaultPrevented) return
      if (nameOfPress(event) !== 'Enter' || !singleKeysEnabled()) return
      if (target instanceof HTMLElement && target.closest(ownEnter) !== null) return
      if (isMenuOpen() || isDialogOpen()) return
      event.preventDefault()
      run(({ decide }) => {
        decide()
      })
    }
    document.addEventListener('keydown', listen)
    return () => {
      document.removeEventListener('keydown', listen)
    }
  }, [form])
}

function actsOn(adjudication: Adjudication, { form, discussion, openConfirm, toggleGuidelines }: KeyPlaces): Acts {
  const { claim, draft, conflict } = adjudication
  const edit = (make: (draft: Draft) => Draft) => {
    if (claim === null || !claim.may.decide || conflict !== null) return
    adjudication.change(make(draft ?? startDraft(claim)))
  }
  return {
    edit,
    rate: (rating) => {
      if (claim !== null) edit((before) => rateDraft(before, claim, rating))
    },
    decide: () => {
      if (claim === null || conflict !== null) return
      if (draft !== null && claim.may.decide) void adjudication.decide()
      else void adjudication.goOnFrom(claim.id)
    },
    move: (step) => void adjudication.move(step),
    undo: () => void adjudication.undo(),
    focus: (part) => {
      show(form.current?.querySelector<HTMLElement>(part))
    },
    discuss: () => {
      const start = discussion.current?.querySelector<HTMLElement>('[data-start]')
      const answer = discussion.current?.querySelector<HTMLElement>(writingField)
      if (start !== null && answer === null) start?.click()
      else show(answer ?? discussion.current)
    },
    confirmAgreed: openConfirm,
    toggleGuidelines,
  }
}
