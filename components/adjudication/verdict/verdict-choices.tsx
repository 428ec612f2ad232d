'use client'

import { Suspense, useState } from 'react'
import { ratings, type Rating, type Stance } from '@/lib/domain/annotations/rating'
import type { ClaimView, EvidenceView } from '@/lib/domain/claims/schema'
import type { VerdictReasonCode } from '@/lib/domain/claims/verdict'
import { ratingKeys } from '@/components/annotations/card/rating-buttons'
import { Button } from '@/components/ui/controls/button'
import { Checkbox, RadioGroup } from '@/components/ui/controls/choices'
import { classNames } from '@/components/ui/class-names'
import { Kbd } from '@/components/ui/text/kbd'
import { lazyPart } from '@/lib/client/lazy-part'
import { evidenceKey, offeredEvidence, rateDraft, reasonsOf, toggleEvidence, type Draft } from './draft'
import { EvidenceLine } from '../claim/evidence-line'
import { verdictName } from '../verdict-words'

const AttachEvidence = lazyPart(() =>
  import('@/components/annotations/evidence/attach-evidence').then(({ AttachEvidence }) => AttachEvidence),
)

interface ChoiceProps {
  claim: ClaimView
  draft: Draft
  onChange: (draft: Draft) => void
}

/** The choice of a verdict's rating, or that there is no claim. */
export function RatingChoice({ claim, draft, onChange }: ChoiceProps) {
  const { rating } = draft
  return (
    <div role="group" aria-label="Rating" className="grid grid-cols-2 gap-1.5">
      {[...ratings, null].map((each) => (
        <button
          key={each ?? 'none'}
          type="button"
          data-rating={each ?? undefined}
          aria-pressed={rating === each}
          aria-keyshortcuts={each === null ? '0' : ratingKeys[each]}
          className={classNames(
            'flex min-h-9 items-center gap-2 rounded-md border px-2.5 text-start text-sm font-medium transition-colors duration-100',
            each === null && 'col-span-2',
            rating === each
              ? each === null
                ? 'border-ink bg-sunken text-ink'
                : 'border-rating bg-rating-soft text-rating'
              : 'border-line text-ink-2 hover:border-line-strong hover:bg-hover hover:text-ink',
          )}
          onClick={() => {
            onChange(rateDraft(draft, claim, each))
          }}
        >
          <Kbd>{each === null ? '0' : ratingKeys[each]}</Kbd>
          {each !== null && <span aria-hidden="true" className="rating-line flex" />}
          {verdictName(each)}
        </button>
      ))}
    </div>
  )
}

/** The choice of reasons for the chosen rating. */
export function ReasonChoice({ claim, draft, rating, onChange }: ChoiceProps & { rating: Rating | null }) {
  return (
    <RadioGroup<VerdictReasonCode | ''>
      legend="Reason"
      name={`reason-${claim.id}`}
      value={draft.reason ?? ''}
      options={reasonsOf(claim, rating).map(({ code, says, key }) => ({
        value: code,
        label: (
          <span className="flex items-baseline gap-2">
            <Kbd>{key.toUpperCase()}</Kbd>
            {says}
          </span>
        ),
      }))}
      onChange={(code) => {
        if (code !== '') onChange({ ...draft, reason: code })
      }}
    />
  )
}

/** The evidence of a verdict: the reviewers' citations, and evidence added here. */
export function EvidenceChoice({ claim, draft, onChange }: ChoiceProps) {
  const { rating, citations } = draft
  const [isAdding, setAdding] = useState(false)
  const offered = offeredEvidence(claim)
  const added = citations.filter(
    (citation) => !offered.some(({ evidence }) => evidenceKey(evidence) === evidenceKey(citation)),
  )
  const choices: ReturnType<typeof offeredEvidence> = [
    ...offered,
    ...added.map((evidence) => ({ evidence, citedBy: [] })),
  ]
  return (
    <fieldset data-evidence className="grid gap-2.5">
      <legend className="mb-1.5 text-sm font-medium text-ink">
        Evidence <Kbd>V</Kbd>
      </legend>
      {choices.length === 0 && <p className="text-sm text-ink-3">No reviewer cites any.</p>}
      {choices.map(({ evidence, citedBy }) => (
        <Checkbox
          key={evidenceKey(evidence)}
          checked={citations.some((citation) => evidenceKey(citation) === evidenceKey(evidence))}
          onChange={() => {
            onChange(toggleEvidence(draft, evidence))
          }}
          label={<EvidenceLine evidence={evidence} />}
          hint={citedBy.length === 0 ? 'Added by you' : `Cited by ${citedBy.join(', ')}`}
        />
      ))}
      {isAdding ? (
        <Suspense fallback={<p className="text-sm text-ink-3">Opening the references…</p>}>
          <AddEvidence
            rating={rating}
            onAdd={(evidence) => {
              onChange(toggleEvidence(draft, evidence))
              setAdding(false)
            }}
            onClose={() => {
              setAdding(false)
            }}
          />
        </Suspense>
      ) : (
        <Button
          size="small"
          className="w-fit"
          onClick={() => {
            setAdding(true)
          }}
        >
          Add evidence
        </Button>
      )}
    </fieldset>
  )
}

/** The flags of a verdict with a rating. */
export function FlagChoice({ draft, onChange }: Omit<ChoiceProps, 'claim'>) {
  return (
    <div className="flex flex-wrap gap-x-5 gap-y-2">
      <Checkbox
        label={
          <>
            Disputed <Kbd>D</Kbd>
          </>
        }
        checked={draft.disputed}
        onChange={() => {
          onChange({ ...draft, disputed: !draft.disputed })
        }}
      />
      <Checkbox
        label={
          <>
            Partial <Kbd>X</Kbd>
          </>
        }
        checked={draft.partial}
        onChange={() => {
          onChange({ ...draft, partial: !draft.partial })
        }}
      />
    </div>
  )
}

const usualStance: Partial<Record<Rating, Stance>> = { sourced: 'supports', contradicted: 'contradicts' }

/** Adds evidence that no reviewer cited: a reference of the library or a new one, with stance, quote and locator. */
function AddEvidence({
  rating,
  onAdd,
  onClose,
}: {
  rating: Rating | null | undefined
  onAdd: (evidence: EvidenceView) => void
  onClose: () => void
}) {
  return (
    <section
      aria-label="Add evidence"
      className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-3 rounded-md border border-line p-3"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.nativeEvent.isComposing) return
        event.stopPropagation()
        onClose()
      }}
    >
      <AttachEvidence
        draftKey={null}
        stance={(rating === null || rating === undefined ? undefined : usualStance[rating]) ?? 'mentions'}
        recent={[]}
        onAttach={({ stance, quote, locator, reference }) => {
          onAdd({ stance, quote, locator, reference })
        }}
        onClose={onClose}
      />
    </section>
  )
}
