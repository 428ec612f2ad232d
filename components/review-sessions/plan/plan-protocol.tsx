'use client'

import { TextField } from '@/components/ui/controls/field'
import { Checkbox, RadioGroup } from '@/components/ui/controls/choices'
import { useWorkspaceZone } from '@/components/shell/frame/workspace-zone'
import { dayOf, endOfDay } from '@/components/assignments/due-day'
import { NumberField } from '@/components/ui/controls/number-field'
import { secondReadingProblems } from '@/lib/domain/review-sessions/protocol'
import type { Plan } from './plan'
import { PlanSection } from './plan-section'

/** Chooses whether all documents are read in the same way, or each once and a random part again: for teams that cannot read everything twice. */
function SecondReadingField({ plan, onChange }: { plan: Plan; onChange: (part: Partial<Plan>) => void }) {
  const { secondReading } = plan
  const problems = secondReading === null ? [] : secondReadingProblems({ ...plan, secondReading })
  return (
    <div className="grid gap-3">
      <RadioGroup
        legend="How much is read twice"
        name="second-reading"
        value={secondReading === null ? 'alike' : secondReading.how}
        options={[
          {
            value: 'alike',
            label: 'All documents alike',
            hint: 'Each is read by as many reviewers as above, and all claims are adjudicated.',
          },
          {
            value: 'share',
            label: 'A random share of them; the others are read once',
            hint: 'Only the share is adjudicated. The report corrects the single readings by it: narrower intervals for the same work.',
          },
          { value: 'number', label: 'A random number of them; the others are read once' },
        ]}
        onChange={(how) => {
          if (how === 'alike') onChange({ secondReading: null })
          else if (how === 'share') onChange({ secondReading: { how, share: 0.3 }, minimumReviewers: 1, blind: true })
          else onChange({ secondReading: { how, documents: 10 }, minimumReviewers: 1, blind: true })
        }}
      />
      {secondReading?.how === 'share' && (
        <NumberField
          label="Share that is read twice, in per cent"
          className="max-w-40"
          min={5}
          max={95}
          value={Math.round(secondReading.share * 100)}
          onChange={(value) => {
            if (value !== null) onChange({ secondReading: { how: 'share', share: value / 100 } })
          }}
        />
      )}
      {secondReading?.how === 'number' && (
        <NumberField
          label="Documents that are read twice"
          className="max-w-40"
          min={2}
          max={2_000}
          value={secondReading.documents}
          onChange={(value) => {
            if (value !== null) onChange({ secondReading: { how: 'number', documents: value } })
          }}
        />
      )}
      {secondReading !== null && (
        <p className="max-w-[44rem] text-sm text-ink-3">
          Which documents these are is drawn at random once all are added, and reviewers are not told before the blind
          phase ends. Ten or more make the estimate sound; below five documents or 30 settled claims reports show no
          share.
        </p>
      )}
      {problems.map((says) => (
        <p key={says} role="status" className="border-s-2 border-unsourced ps-3 text-sm">
          {says}
        </p>
      ))}
    </div>
  )
}

type Rule = 'requireSentenceDecisions' | 'requireQuotes' | 'requireSearchNote' | 'adjudicateOwn' | 'presence'

const evidenceRules: readonly { key: Rule; label: string; hint: string }[] = [
  {
    key: 'requireSentenceDecisions',
    label: 'Every sentence needs a decision',
    hint: 'A review can be submitted once each sentence has a mark or “no claim here”. Without it nobody can tell a checked sentence from a skipped one.',
  },
  {
    key: 'requireQuotes',
    label: 'Citations must quote',
    hint: 'A citation behind “sourced” or “contradicted” must quote the words of its reference.',
  },
  {
    key: 'requireSearchNote',
    label: '“Unsourced” needs a note on the search',
    hint: 'What was searched, and where, before nothing was found.',
  },
]

const otherRules: readonly { key: Rule; label: string; hint: string }[] = [
  {
    key: 'adjudicateOwn',
    label: 'Adjudicators may settle claims they rated themselves',
    hint: 'Such a verdict is marked in the report. Leave it off where another adjudicator can decide.',
  },
  {
    key: 'presence',
    label: 'People see who else is in a document',
    hint: 'Names only, never marks.',
  },
]

/** The rules of the review, in plain words. They are fixed once the session is active. */
export function PlanProtocol({ plan, onChange }: { plan: Plan; onChange: (part: Partial<Plan>) => void }) {
  const timeZone = useWorkspaceZone()
  const tick = ({ key, label, hint }: (typeof evidenceRules)[number]) => (
    <Checkbox
      key={key}
      label={label}
      hint={hint}
      checked={plan[key]}
      onChange={(event) => {
        onChange({ [key]: event.currentTarget.checked })
      }}
    />
  )
  return (
    <PlanSection
      title="How reviewers work"
      hint="Fixed once the session is active, so that all reviewers work by the same rules."
    >
      <div className="grid gap-4 md:grid-cols-2">
        <NumberField
          label="Reviewers for each document"
          hint="With two or more, their agreement can be measured."
          min={1}
          max={20}
          value={plan.reviewersPerDocument}
          onChange={(value) => {
            if (value !== null) onChange({ reviewersPerDocument: value })
          }}
        />
        <NumberField
          label="Reviewers for a covered sentence"
          hint="How many must have decided a sentence for it to count as covered."
          min={1}
          max={20}
          value={plan.minimumReviewers}
          onChange={(value) => {
            if (value !== null) onChange({ minimumReviewers: value })
          }}
        />
        <TextField
          label="Due date"
          optional
          type="date"
          dir="ltr"
          className="max-w-44"
          hint={`Until the end of that day in ${timeZone}. A single review can have its own date.`}
          value={dayOf(plan.dueAt, timeZone)}
          onChange={(event) => {
            onChange({ dueAt: endOfDay(event.currentTarget.value, timeZone) })
          }}
        />
      </div>
      <div className="grid gap-4 md:grid-cols-2">
        <RadioGroup
          legend="What reviewers see of each other"
          name="blind"
          value={plan.blind ? 'blind' : 'open'}
          options={[
            { value: 'blind', label: 'Blind', hint: 'Only their own marks. Agreement counts blind ratings alone.' },
            { value: 'open', label: 'Open', hint: 'Reviewers see each other’s marks at once.' },
          ]}
          onChange={(value) => {
            onChange({ blind: value === 'blind' })
          }}
        />
        {plan.blind && (
          <RadioGroup
            legend="Blind until"
            name="reveal"
            value={plan.reveal}
            options={[
              {
                value: 'after_phase',
                label: 'The blind phase ends',
                hint: 'It ends for all reviewers when adjudication starts.',
              },
              {
                value: 'after_submission',
                label: 'One’s own review is submitted',
                hint: 'From then on, what others submitted of the same document.',
              },
            ]}
            onChange={(reveal) => {
              onChange({ reveal })
            }}
          />
        )}
      </div>
      <SecondReadingField plan={plan} onChange={onChange} />
      <fieldset className="grid gap-3">
        <legend className="mb-2 text-sm font-medium">What a complete review needs</legend>
        {evidenceRules.map(tick)}
      </fieldset>
      <fieldset className="grid gap-3">
        <legend className="mb-2 text-sm font-medium">Together</legend>
        {otherRules.map(tick)}
      </fieldset>
    </PlanSection>
  )
}
