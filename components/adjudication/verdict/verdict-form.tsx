'use client'

import type { RefObject } from 'react'
import type { ClaimView } from '@/lib/domain/claims/schema'
import { Button } from '@/components/ui/controls/button'
import { classNames } from '@/components/ui/class-names'
import { Kbd } from '@/components/ui/text/kbd'
import { RichTextField } from '@/components/editor/rich-text-field'
import type { Draft } from './draft'
import { EvidenceChoice, FlagChoice, RatingChoice, ReasonChoice } from './verdict-choices'

export interface VerdictFormProps {
  claim: ClaimView
  draft: Draft
  problem: string | null
  isSaving: boolean
  onChange: (draft: Draft) => void
  onDecide: () => void
  /** Where the draft is: on this device, on its way there, only in the page; null while nobody would miss it. */
  place: 'device' | 'coming' | 'page' | null
  /** Whether a draft that lies on this device would be here. */
  isReady: boolean
  /** Whether no verdict stands yet. */
  isFirst: boolean
  onDrop: () => void
  /** The form itself, for keys that go to a part of it. */
  holder: RefObject<HTMLFormElement | null>
}

/** The verdict being made: rating, reason, words and evidence. */
export function VerdictForm({
  claim,
  draft,
  problem,
  place,
  isReady,
  isFirst,
  isSaving,
  onChange,
  onDecide,
  onDrop,
  holder,
}: VerdictFormProps) {
  const { rating, reason } = draft
  return (
    <form
      ref={holder}
      aria-label="Verdict"
      className="grid gap-5"
      inert={!isReady}
      onSubmit={(event) => {
        event.preventDefault()
        onDecide()
      }}
    >
      <RatingChoice claim={claim} draft={draft} onChange={onChange} />
      {rating !== undefined && <ReasonChoice claim={claim} draft={draft} rating={rating} onChange={onChange} />}
      <RichTextField
        label={
          <>
            In words <Kbd>I</Kbd>
          </>
        }
        optional={reason !== 'other'}
        rows={2}
        maxLength={20_000}
        mark="data-words"
        value={draft.words}
        onChange={(words) => {
          onChange({ ...draft, words })
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
          event.preventDefault()
          onDecide()
        }}
      />
      <EvidenceChoice claim={claim} draft={draft} onChange={onChange} />
      {rating !== null && rating !== undefined && <FlagChoice draft={draft} onChange={onChange} />}
      {problem !== null && (
        <p role="alert" className="font-medium text-danger">
          {problem}
        </p>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" variant="primary" busy={isSaving}>
          Decide and go on
        </Button>
        <span className="text-sm text-ink-3 pointer-coarse:hidden">
          <Kbd>Enter</Kbd>
        </span>
        {(!isFirst || place !== null) && (
          <Button variant="quiet" onClick={onDrop}>
            {isFirst ? 'Clear' : 'Leave it as it is'}
          </Button>
        )}
      </div>
      <DraftPlace place={place} />
    </form>
  )
}

/** Says where the draft is kept. */
function DraftPlace({ place }: Pick<VerdictFormProps, 'place'>) {
  return (
    <p
      data-draft={place ?? 'none'}
      // Keeping takes a moment at most; only where it takes longer the line goes.
      className={classNames(
        '-mt-3 min-h-5 text-sm',
        place === 'page' ? 'font-medium text-danger' : 'text-ink-3',
        place === 'coming' && 'opacity-0 transition-opacity delay-500',
      )}
    >
      {place === 'page'
        ? 'This browser keeps no drafts: what you began is lost when the page is closed.'
        : place === null
          ? ''
          : 'Draft kept on this device until you decide.'}
    </p>
  )
}
