'use client'

import { writingField } from '@/components/editor/writing-field'
import { useEffect, useEffectEvent, type RefObject } from 'react'
import { ratings, type Rating } from '@/lib/domain/annotations/rating'
import { nameOfPress, registerShortcuts, singleKeysEnabled } from '@/components/shell/keys/shortcuts'
import { rateDraft, reasonsOf, startDraft, type Draft } from '../verdict/draft'
import type { Adjudication } from './use-adjudication'
import { verdictName } from '../verdict-words'

/** The key of the discussion: no reason has it. */
export const discussionKey = 'q'

/** Where Enter means something of its own. */
const ownEnter = 'textarea, select, button, a, summary, [contenteditable], input:not([type=radio], [type=checkbox])'

function show(part: HTMLElement | null | undefined): void {
  part?.focus()
  part?.scrollIntoView({ block: 'nearest' })
}

/** The keys of the adjudication screen. Those of reasons depend on the rating chosen. */
export function useAdjudicationKeys(
  adjudication: Adjudication,
  {
    form,
    discussion,
    openConfirm,
    toggleGuidelines,
  }: {
    form: RefObject<HTMLFormElement | null>
    discussion: RefObject<HTMLElement | null>
    openConfirm: () => void
    toggleGuidelines: () => void
  },
): void {
  const { claim, draft, conflict } = adjudication
  const edit = useEffectEvent((make: (draft: Draft) => Draft) => {
    const { claim: now } = adjudication
    if (now === null || !now.may.decide || adjudication.conflict !== null) return
    adjudication.change(make(adjudication.draft ?? startDraft(now)))
  })
  const rate = useEffectEvent((rating: Rating | null) => {
    if (claim !== null) edit((before) => rateDraft(before, claim, rating))
  })
  const move = useEffectEvent((step: 1 | -1) => void adjudication.move(step))
  const undo = useEffectEvent(() => void adjudication.undo())
  const confirmAgreed = useEffectEvent(openConfirm)
  const guidelines = useEffectEvent(toggleGuidelines)
  const decide = useEffectEvent(() => {
    const { claim: now } = adjudication
    if (now === null || conflict !== null) return
    if (adjudication.draft !== null && now.may.decide) void adjudication.decide()
    else void adjudication.goOnFrom(now.id)
  })
  const focus = useEffectEvent((part: string) => {
    show(form.current?.querySelector<HTMLElement>(part))
  })
  const discuss = useEffectEvent(() => {
    const start = discussion.current?.querySelector<HTMLElement>('[data-start]')
    const answer = discussion.current?.querySelector<HTMLElement>(writingField)
    if (start !== null && answer === null) start?.click()
    else show(answer ?? discussion.current)
  })
  const rating = draft?.rating

  useEffect(
    () =>
      registerShortcuts({
        title: 'Adjudication',
        shortcuts: [
          ...[...ratings, null].map((each, place) => ({
            keys: each === null ? '0' : String(place + 1),
            label: verdictName(each),
            run: () => {
              rate(each)
            },
          })),
          { keys: 'Enter', label: 'Decide and go to the next open claim' },
          {
            keys: 'Mod+Enter',
            label: 'The same while writing',
            run: () => {
              decide()
            },
          },
          {
            keys: 'j',
            label: 'Next claim',
            run: () => {
              move(1)
            },
          },
          {
            keys: 'k',
            label: 'Previous claim',
            run: () => {
              move(-1)
            },
          },
          {
            keys: 'u',
            label: 'Undo the last verdict',
            run: () => {
              undo()
            },
          },
          {
            keys: 'i',
            label: 'Write words',
            run: () => {
              focus('[data-words]')
            },
          },
          {
            keys: 'v',
            label: 'Go to the evidence',
            run: () => {
              focus('[data-evidence] input, [data-evidence] button')
            },
          },
          {
            keys: 'd',
            label: 'Disputed',
            run: () => {
              edit((before) => ({ ...before, disputed: !before.disputed }))
            },
          },
          {
            keys: 'x',
            label: 'Partial',
            run: () => {
              edit((before) => ({ ...before, partial: !before.partial }))
            },
          },
          {
            keys: discussionKey,
            label: 'Discuss the claim',
            run: () => {
              discuss()
            },
          },
          {
            keys: 'b',
            label: 'Confirm what the reviewers agree on',
            run: () => {
              confirmAgreed()
            },
          },
          {
            keys: 'l',
            label: 'Show or hide the guidelines',
            run: () => {
              guidelines()
            },
          },
        ],
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
          edit((before) => ({ ...before, reason: code }))
          if (code === 'other') focus('[data-words]')
        },
      })),
    })
  }, [rating, claim])

  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const { target } = event
      if (event.isComposing || event.repeat) return
      // ProseMirror keeps Escape's default from the browser in a rich-text field; leaving it is meant all the same.
      if (event.key === 'Escape' && target instanceof HTMLElement && form.current?.contains(target) === true) {
        target.blur()
        return
      }
      if (event.defaultPrevented) return
      if (nameOfPress(event) !== 'Enter' || !singleKeysEnabled()) return
      if (target instanceof HTMLElement && target.closest(ownEnter) !== null) return
      if (document.querySelector('dialog:modal') !== null) return
      event.preventDefault()
      decide()
    }
    document.addEventListener('keydown', listen)
    return () => {
      document.removeEventListener('keydown', listen)
    }
  }, [form])
}
