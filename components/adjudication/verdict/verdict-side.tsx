'use client'

import type { RefObject } from 'react'
import type { ClaimView } from '@/lib/domain/claims/schema'
import { Button } from '@/components/ui/controls/button'
import { classNames } from '@/components/ui/class-names'
import { Kbd } from '@/components/ui/text/kbd'
import { RichTextField } from '@/components/editor/rich-text-field'
import { EvidenceList } from '@/components/adjudication/claim/evidence-line'
import { verdictName } from '@/components/adjudication/verdict-words'
import { reasonWords } from '@/lib/domain/claims/verdict'
import { Tag } from '@/components/ui/text/tag'
import { type Draft, inputOf, startDraft } from './draft'
import type { Adjudication } from '../screen/use-adjudication'
import { EvidenceChoice, FlagChoice, RatingChoice, ReasonChoice } from './verdict-choices'
import type { Conflict } from './use-deciding'
import { VerdictCard } from './verdict-card'

/** The verdict on a claim or its draft, or the reason why the current member cannot settle it. */
export function VerdictSide({
  adjudication,
  claim,
  form,
}: {
  adjudication: Adjudication
  claim: ClaimView
  form: RefObject<HTMLFormElement | null>
}) {
  const { draft, saving } = adjudication
  const isOpen = claim.verdict === null
  return (
    <div className="grid gap-5">
      {claim.verdict !== null && (
        <VerdictCard
          verdict={claim.verdict}
          actions={
            claim.may.decide && draft === null ? (
              <VerdictActions adjudication={adjudication} claim={claim} />
            ) : undefined
          }
        />
      )}
      {claim.may.reason !== null && isOpen && (
        <p className="rounded-md border border-line bg-sunken p-3 text-ink-2">
          <Tag>You cannot settle this claim</Tag> <span className="mt-1.5 block">{claim.may.reason}</span>
        </p>
      )}
      {draft !== null && claim.may.decide && (
        <VerdictForm
          key={claim.id}
          claim={claim}
          draft={draft}
          problem={adjudication.problem}
          place={adjudication.placeOf(claim)}
          isReady={adjudication.isReady}
          isSaving={saving.kind === 'saving'}
          holder={form}
          onChange={adjudication.change}
          onDecide={() => void adjudication.decide()}
          isFirst={isOpen}
          onDrop={adjudication.dropDraft}
        />
      )}
    </div>
  )
}

/** The actions on a given verdict. */
function VerdictActions({ adjudication, claim }: { adjudication: Adjudication; claim: ClaimView }) {
  const { counts } = adjudication.queue
  return (
    <>
      <Button
        size="small"
        onClick={() => {
          adjudication.change(startDraft(claim))
        }}
      >
        Change
      </Button>
      <Button size="small" variant="quiet" onClick={() => void adjudication.takeBack(claim)}>
        Withdraw
      </Button>
      {counts.decided < counts.claims && (
        <Button size="small" variant="quiet" onClick={() => void adjudication.goOnFrom(claim.id)}>
          Next open claim <Kbd>Enter</Kbd>
        </Button>
      )}
    </>
  )
}

interface VerdictFormProps {
  claim: ClaimView
  draft: Draft
  problem: string | null
  isSaving: boolean
  onChange: (draft: Draft) => void
  onDecide: () => void
  /** Where the draft is kept: on this device, on its way there, or only in the page; null without a draft worth keeping. */
  place: 'device' | 'coming' | 'page' | null
  /** Whether the device has been read, so that a draft kept there is shown. */
  isReady: boolean
  /** Whether the claim has no verdict yet. */
  isFirst: boolean
  onDrop: () => void
  /** The form, for keys that focus a part of it. */
  holder: RefObject<HTMLFormElement | null>
}

/** The form of a verdict: rating, reason, words and evidence. */
function VerdictForm({
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
      // Storing takes a moment. Only when it takes longer does the line disappear.
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

/** Shows a conflict with another adjudicator's verdict: both versions side by side, and the actions. Nothing was overwritten. */
export function ConflictView({
  conflict,
  onKeepTheirs,
  onKeepMine,
}: {
  conflict: Conflict
  onKeepTheirs: () => void
  onKeepMine: () => void
}) {
  const { mine, theirs } = conflict
  const made = inputOf(mine)
  return (
    <div role="alert" className="grid gap-4">
      <p className="font-medium text-danger">
        {theirs.verdict === null
          ? 'This claim changed while you decided. Your verdict was not stored.'
          : `${theirs.verdict.decider.name} decided this claim while you did. Your verdict was not stored.`}
      </p>
      {theirs.verdict !== null && <VerdictCard verdict={theirs.verdict} title="Theirs" />}
      {'input' in made && (
        <section aria-label="Yours" className="grid gap-2.5 rounded-lg border border-line-strong p-4">
          <h2 className="flex flex-wrap items-center gap-2 text-sm font-semibold text-ink-2">
            Yours <Tag rating={made.input.rating ?? undefined}>{verdictName(made.input.rating)}</Tag>
          </h2>
          <p className="text-sm text-ink-2">{reasonWords(made.input.reason)}</p>
          {mine.words !== '' && <p className="whitespace-pre-wrap">{mine.words}</p>}
          <EvidenceList items={mine.citations} />
        </section>
      )}
      <div className="flex flex-wrap gap-2">
        <Button autoFocus onClick={onKeepTheirs}>
          {theirs.verdict === null ? 'Look at it again' : 'Keep theirs'}
        </Button>
        <Button onClick={onKeepMine}>{theirs.verdict === null ? 'Decide as I did' : 'Replace theirs with mine'}</Button>
      </div>
    </div>
  )
}
