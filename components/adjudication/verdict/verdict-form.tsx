'use client'

import { Suspense, useState, type RefObject } from 'react'
import { ratings } from '@/lib/domain/annotations/rating'
import type { ClaimView } from '@/lib/domain/claims/schema'
import type { VerdictReasonCode } from '@/lib/domain/claims/verdict'
import { ratingKeys } from '@/components/annotations/card/rating-buttons'
import { Button } from '@/components/ui/controls/button'
import { Checkbox } from '@/components/ui/controls/checkbox'
import { classNames } from '@/components/ui/class-names'
import { Kbd } from '@/components/ui/text/kbd'
import { RadioGroup } from '@/components/ui/controls/radio-group'
import { RichTextField } from '@/components/editor/rich-text-field'
import { lazyPart } from '@/lib/client/lazy-part'
import { evidenceKey, offeredEvidence, rateDraft, reasonsOf, toggleEvidence, type Draft } from './draft'
import { EvidenceLine } from '../claim/evidence-line'
import { verdictName } from '../verdict-words'

const AddEvidence = lazyPart(() => import('./add-evidence').then((part) => part.default))

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
  const { rating, reason, citations } = draft
  const [isAdding, setAdding] = useState(false)
  const offered = offeredEvidence(claim)
  const added = citations.filter(
    (citation) => !offered.some(({ evidence }) => evidenceKey(evidence) === evidenceKey(citation)),
  )
  const choices = [...offered, ...added.map((evidence) => ({ evidence, citedBy: [] as string[] }))]
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
      {rating !== undefined && (
        <RadioGroup<VerdictReasonCode | ''>
          legend="Reason"
          name={`reason-${claim.id}`}
          value={reason ?? ''}
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
      )}
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
      {rating !== null && rating !== undefined && (
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
      )}
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
    </form>
  )
}
