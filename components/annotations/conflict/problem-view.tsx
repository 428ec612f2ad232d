'use client'

import type { AnnotationView } from '@/lib/domain/annotations/schema'
import type { ReviewProblem } from '@/lib/client/outbox/review-store'
import { wordsOf } from '@/lib/client/outbox/words'
import { Button } from '@/components/ui/controls/button'
import type { CardActions } from '../card/card-actions'
import { CompareVersions } from './compare-versions'
import { CopyWords } from '@/components/ui/controls/copy-words'

const frame = 'grid gap-3 rounded-md border border-danger bg-contradicted-soft p-3 text-sm'

/**
 * What happened to a change that was not saved, with both versions and the ways on. Nothing is overwritten unless the person says so.
 * Default export because it is loaded on first use.
 */
export default function ProblemView({
  annotation,
  problem,
  actions,
}: {
  annotation: AnnotationView
  problem: ReviewProblem
  actions: CardActions
}) {
  const { id } = annotation
  const discard = () => {
    actions.discardMine(id)
  }
  const sendMine = () => {
    actions.keepMine(id)
  }
  if (problem.kind === 'refused') {
    return (
      <section role="alert" className={frame}>
        <p className="font-semibold text-danger">{problem.gone ? 'Deleted elsewhere' : 'Not saved'}</p>
        <p dir="auto">
          {problem.gone
            ? 'This annotation was deleted while you were changing it. Your words are kept until you decide.'
            : problem.message}
        </p>
        <div className="flex flex-wrap gap-2">
          {problem.gone ? (
            <Button
              size="small"
              onClick={() => {
                actions.bringBack(id)
              }}
            >
              Bring it back with my change
            </Button>
          ) : (
            <Button size="small" onClick={sendMine}>
              Try again
            </Button>
          )}
          <CopyWords words={wordsOf(problem.records)} label="Copy my words" size="small" />
          <Button size="small" variant="quiet" onClick={discard}>
            Discard my change
          </Button>
        </div>
      </section>
    )
  }
  const { mine, theirs } = problem
  if (mine === null) {
    return (
      <section role="alert" className={frame}>
        <p className="font-semibold text-danger">Changed elsewhere, deleted here</p>
        <p>The card shows how it is stored now. You deleted it without having seen that.</p>
        <div className="flex flex-wrap gap-2">
          <Button size="small" onClick={discard}>
            Keep it
          </Button>
          <Button size="small" variant="quiet" onClick={sendMine}>
            Delete it all the same
          </Button>
        </div>
      </section>
    )
  }
  return (
    <section role="alert" className={frame}>
      <p className="font-semibold text-danger">Changed elsewhere while you were changing it</p>
      {/* A later change elsewhere begins the comparison anew. */}
      <CompareVersions
        key={theirs.version}
        {...{ mine, theirs, seen: problem.seen }}
        onSave={(changes) => {
          actions.choose(id, changes)
        }}
        onDiscard={discard}
      />
    </section>
  )
}
