import { NumberField } from '@/components/ui/controls/number-field'
import { RadioGroup } from '@/components/ui/controls/choices'
import { secondReadingProblems } from '@/lib/domain/review-sessions/protocol'
import type { Plan } from './plan'

/** Whether all documents are read alike, or each once and a random part again: for teams that cannot read everything twice. */
export function SecondReadingField({ plan, onChange }: { plan: Plan; onChange: (part: Partial<Plan>) => void }) {
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
