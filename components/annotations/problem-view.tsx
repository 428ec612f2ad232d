'use client'

import { useState } from 'react'
import type { AnnotationView } from '@/lib/domain/annotations/schema'
import type { ReviewProblem } from '@/lib/client/saving/review-store'
import { ratingNames } from '@/components/reports/figures'
import { Button } from '@/components/ui/button'
import { TextArea } from '@/components/ui/text-area'
import type { CardActions } from './card-actions'

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
  if (problem.kind === 'refused') {
    return (
      <section role="alert" className="grid gap-2 rounded-md border border-danger bg-contradicted-soft p-3 text-sm">
        <p className="font-semibold text-danger">Not saved</p>
        <p dir="auto">{problem.message}</p>
        {problem.gone && <p>Your words are kept here until you close this page.</p>}
        <div className="flex flex-wrap gap-2">
          <Button
            size="small"
            onClick={() => {
              actions.keepMine(annotation.id)
            }}
          >
            Try again
          </Button>
          <Button
            size="small"
            variant="quiet"
            onClick={() => {
              actions.discardMine(annotation.id)
            }}
          >
            Discard my change
          </Button>
        </div>
      </section>
    )
  }
  return <Conflict mine={annotation} theirs={problem.theirs} actions={actions} />
}

function Conflict({ mine, theirs, actions }: { mine: AnnotationView; theirs: AnnotationView; actions: CardActions }) {
  const [merged, setMerged] = useState(() => mergeWords(theirs.note, mine.note))
  const [isMerging, setMerging] = useState(false)
  const notesDiffer = mine.note !== theirs.note
  return (
    <section role="alert" className="grid gap-3 rounded-md border border-danger bg-contradicted-soft p-3 text-sm">
      <p className="font-semibold text-danger">Changed elsewhere while you were changing it</p>
      <div className="grid gap-2">
        <Version title="Stored now" annotation={theirs} />
        <Version title="Yours, not saved" annotation={mine} />
      </div>
      {isMerging ? (
        <div className="grid gap-2">
          <TextArea
            label="The note as it should be"
            rows={3}
            value={merged}
            onChange={(event) => {
              setMerged(event.currentTarget.value)
            }}
          />
          <div className="flex flex-wrap gap-2">
            <Button
              size="small"
              variant="primary"
              onClick={() => {
                actions.mergeNote(mine.id, merged)
              }}
            >
              Save this note
            </Button>
            <Button
              size="small"
              variant="quiet"
              onClick={() => {
                setMerging(false)
              }}
            >
              Back
            </Button>
          </div>
        </div>
      ) : (
        <div className="flex flex-wrap gap-2">
          <Button
            size="small"
            onClick={() => {
              actions.keepMine(mine.id)
            }}
          >
            Keep mine
          </Button>
          <Button
            size="small"
            onClick={() => {
              actions.discardMine(mine.id)
            }}
          >
            Take the stored one
          </Button>
          {notesDiffer && (
            <Button
              size="small"
              variant="quiet"
              onClick={() => {
                setMerging(true)
              }}
            >
              Merge the notes
            </Button>
          )}
        </div>
      )}
    </section>
  )
}

function Version({ title, annotation }: { title: string; annotation: AnnotationView }) {
  const flags = [annotation.disputed && 'disputed', annotation.partial && 'partial'].filter((flag) => flag !== false)
  const references = annotation.citations.length
  return (
    <div className="grid gap-1 rounded-sm bg-surface p-2.5">
      <p className="text-xs font-semibold text-ink-3">{title}</p>
      <p className="font-medium">
        {[ratingNames[annotation.rating], ...flags].join(', ')}
        {references > 0 && (
          <span className="font-normal text-ink-2">
            {' '}
            · {references === 1 ? '1 reference' : `${String(references)} references`}
          </span>
        )}
      </p>
      <p dir="auto" className="font-serif text-ink-2 italic line-clamp-3">
        {annotation.exact}
      </p>
      <p dir="auto" className="whitespace-pre-wrap">
        {annotation.note === '' ? <span className="text-ink-3">No note</span> : annotation.note}
      </p>
    </div>
  )
}

/** Both notes one after the other; one of them when it holds the other. */
function mergeWords(theirs: string, mine: string): string {
  if (theirs.includes(mine)) return theirs
  if (mine.includes(theirs)) return mine
  return `${theirs}\n\n${mine}`
}
