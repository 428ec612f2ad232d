import type { Conflict } from './use-deciding'
import { inputOf } from './draft'
import { EvidenceList } from '../claim/evidence-line'
import { VerdictCard } from './verdict-card'
import { verdictName } from '../verdict-words'
import { reasonWords } from '@/lib/domain/claims/verdict'
import { Button } from '@/components/ui/controls/button'
import { Tag } from '@/components/ui/text/tag'

/** Another adjudicator was first: both versions side by side, and what can be done. Nothing was overwritten. */
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
          ? 'This claim changed while you decided. Yours is not stored.'
          : `${theirs.verdict.decider.name} decided this claim while you did. Yours is not stored.`}
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
