'use client'

import { useId, useState } from 'react'
import type { AnnotationView } from '@/lib/domain/annotations/schema'
import type { ReviewProblem } from '@/lib/client/outbox/review-store'
import { wordsOf } from '@/lib/client/outbox/words'
import { Button } from '@/components/ui/controls/button'
import { CopyWords } from '@/components/ui/controls/copy-words'
import { quoteInPlainText } from '@/lib/domain/text/quotation'
import { distinctTags } from '@/lib/domain/tags/tag'
import {
  type AnnotationChanges,
  differingParts,
  mergeNotes,
  takeParts,
  type AnnotationPart,
  partNames,
} from '@/lib/client/outbox/change'
import { ratingNames } from '@/lib/domain/annotations/words'
import { Segmented } from '@/components/ui/controls/choices'
import { TextArea } from '@/components/ui/controls/field'
import type { CardActions } from '../card/card-actions'

type Choice = 'theirs' | 'mine' | 'both'

const frame = 'grid gap-3 rounded-md border border-danger bg-contradicted-soft p-3 text-sm'

/**
 * Explains why a change was not saved, with both versions and the ways to resolve it. Nothing is overwritten unless the person says so. Default
 * export because it is loaded on first use.
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
        <p>The card shows the stored version. You deleted the annotation without having seen it.</p>
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
        mine={mine}
        theirs={theirs}
        seen={problem.seen}
        onSave={(changes) => {
          actions.choose(id, changes)
        }}
        onDiscard={discard}
      />
    </section>
  )
}

/**
 * Compares two versions of an annotation, part by part, and lets the person choose which to keep: the stored one or mine. The first choice takes a
 * part that only one side changed from that side. Where both changed a part, it takes mine and joins notes and tags.
 */
function CompareVersions({
  mine,
  theirs,
  seen,
  onSave,
  onDiscard,
}: {
  mine: AnnotationView
  theirs: AnnotationView
  /** The common ancestor of both versions, when it is known. */
  seen: AnnotationView | null
  onSave: (changes: AnnotationChanges) => void
  onDiscard: () => void
}) {
  const id = useId()
  const parts = differingParts(mine, theirs)
  const [choices, setChoices] = useState<Partial<Record<AnnotationPart, Choice>>>(() =>
    firstChoices(parts, { mine, seen }),
  )
  const [note, setNote] = useState(() => mergeNotes(theirs.note, mine.note))
  const chosen = (part: AnnotationPart): Choice => choices[part] ?? 'mine'
  const save = () => {
    const changes = takeParts(
      mine,
      parts.filter((part) => chosen(part) === 'mine'),
    )
    const isBoth = (part: AnnotationPart) => parts.includes(part) && chosen(part) === 'both'
    onSave({
      ...changes,
      ...(isBoth('note') ? { note } : {}),
      ...(isBoth('tags') ? { tags: distinctTags([...theirs.tags, ...mine.tags]) } : {}),
    })
  }
  return (
    <div className="grid gap-3">
      {parts.map((part) => (
        <div
          key={part}
          role="group"
          aria-labelledby={`${id}-${part}`}
          className="grid gap-1.5 rounded-sm bg-surface p-2.5"
        >
          <p id={`${id}-${part}`} className="text-xs font-semibold text-ink-3">
            {partNames[part]}
          </p>
          <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1">
            <dt className="text-ink-3">Stored</dt>
            <dd dir="auto" className="whitespace-pre-wrap">
              {wordsOfPart(theirs, part)}
            </dd>
            <dt className="text-ink-3">Yours</dt>
            <dd dir="auto" className="whitespace-pre-wrap">
              {wordsOfPart(mine, part)}
            </dd>
          </dl>
          <Segmented
            legend={`${partNames[part]}: which version to keep`}
            name={`${id}-${part}-choice`}
            value={chosen(part)}
            className="justify-self-start"
            options={[
              { value: 'theirs', label: 'Stored' },
              { value: 'mine', label: 'Mine' },
              ...(canBeBoth(part) ? [{ value: 'both' as const, label: 'Both' }] : []),
            ]}
            onChange={(choice) => {
              setChoices({ ...choices, [part]: choice })
            }}
          />
          {part === 'note' && chosen('note') === 'both' && (
            <TextArea
              label="The note to save"
              rows={3}
              maxLength={20_000}
              value={note}
              onChange={(event) => {
                setNote(event.currentTarget.value)
              }}
            />
          )}
        </div>
      ))}
      <div className="flex flex-wrap gap-2">
        <Button size="small" variant="primary" onClick={save}>
          Save this choice
        </Button>
        <Button size="small" variant="quiet" onClick={onDiscard}>
          Keep the stored version
        </Button>
      </div>
    </div>
  )
}

function canBeBoth(part: AnnotationPart): boolean {
  return part === 'note' || part === 'tags'
}

function firstChoices(
  parts: readonly AnnotationPart[],
  { mine, seen }: { mine: AnnotationView; seen: AnnotationView | null },
): Partial<Record<AnnotationPart, Choice>> {
  const changedHere = seen === null ? parts : differingParts(mine, seen)
  return Object.fromEntries(
    parts.map((part) => [part, !changedHere.includes(part) ? 'theirs' : canBeBoth(part) ? 'both' : 'mine']),
  )
}

function wordsOfPart(annotation: AnnotationView, part: AnnotationPart): string {
  const { exact, script, rating, note, tags, citations } = annotation
  switch (part) {
    case 'passage':
      return quoteInPlainText(exact.length > 300 ? `${exact.slice(0, 300)}…` : exact, script)
    case 'rating':
      return ratingNames[rating]
    case 'disputed':
    case 'partial':
      return annotation[part] ? 'Yes' : 'No'
    case 'note':
      return note === '' ? 'No note' : note
    case 'tags':
      return tags.length === 0 ? 'No tags' : tags.join(', ')
    case 'citations':
      return citations.length === 0
        ? 'No references'
        : citations
            .map(
              ({ reference, stance, quote }) => `${reference.title} (${stance})${quote === '' ? '' : `: “${quote}”`}`,
            )
            .join('\n')
  }
}
