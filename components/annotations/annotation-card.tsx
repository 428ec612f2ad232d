'use client'

import { lazy, memo, Suspense } from 'react'
import type { AnnotationView, CitationView } from '@/lib/domain/annotations/schema'
import { quoteInPlainText } from '@/lib/domain/text/quotation'
import type { ReviewProblem } from '@/lib/client/saving/review-store'
import type { Outcome } from '@/components/adjudication/outcome-line'
import { ratingNames } from '@/components/reports/figures'
import { DiscussButton } from '@/components/threads/discuss-buttons'
import { classNames } from '@/components/ui/class-names'
import { Tag } from '@/components/ui/tag'
import { QuotedWords } from './quoted-words'
import type { CardActions, CardEditing } from './card-actions'
import { CardToolbar } from './card-toolbar'
import { CitationList } from './citation-list'
import { MissingEvidenceLine } from './missing-evidence'
import { NoteEditor } from './note-editor'
import { RatingButtons } from './rating-buttons'
import { ReviewerChip } from './reviewer-chip'

const EvidencePanel = lazy(() => import('./evidence-panel'))
const ProblemView = lazy(() => import('./problem-view'))
const OutcomeLine = lazy(() =>
  import('@/components/adjudication/outcome-line').then((outcomes) => ({ default: outcomes.OutcomeLine })),
)

export interface AnnotationCardProps {
  annotation: AnnotationView
  own: boolean
  isOpen: boolean
  editing: CardEditing
  /** Where it stands, such as "sentence 4". */
  place: string
  /** Several reviewers' marks are shown, so each card says whose it is. */
  showAuthor: boolean
  isUnsaved: boolean
  problem: ReviewProblem | null
  hasSelection: boolean
  /** What a closed session decided about it, when it is one's own. */
  outcome: Outcome | null
  actions: CardActions
}

/** One annotation: what was said of which words, with what evidence. Open, one's own can be changed. */
export const AnnotationCard = memo(function AnnotationCard(props: AnnotationCardProps) {
  const { annotation, own, isOpen, editing, place, showAuthor, isUnsaved, problem, hasSelection, outcome, actions } =
    props
  const { id, rating, citations, note, missing } = annotation
  const mayEdit = isOpen && annotation.may.update
  const flags = [annotation.disputed && 'disputed', annotation.partial && 'partial'].filter((flag) => flag !== false)
  const saveCitations = (next: CitationView[], label: string) => {
    actions.edit(id, { citations: next }, { label })
  }
  return (
    <article
      id={`card-${id}`}
      data-rating={rating}
      data-open={isOpen || undefined}
      aria-label={`${ratingNames[rating]}, ${place}${own ? '' : `, by ${annotation.author.name}`}`}
      className={classNames(
        'relative grid gap-2.5 rounded-lg border bg-surface p-3.5 text-ink',
        isOpen ? 'border-accent shadow-float' : 'border-line shadow-card hover:border-line-strong',
        problem !== null && 'border-danger',
      )}
    >
      <header className="flex items-center justify-between gap-3">
        <span className="flex shrink-0 items-center gap-2">
          <Tag rating={rating}>{ratingNames[rating]}</Tag>
          {flags.length > 0 && <span className="text-xs font-medium text-ink-2">{flags.join(', ')}</span>}
        </span>
        <span className="flex min-w-0 items-center gap-2.5">
          {showAuthor && <ReviewerChip name={annotation.author.name} own={own} />}
          <span className="tabular shrink-0 text-sm text-ink-3">{place}</span>
        </span>
      </header>
      <button
        type="button"
        aria-expanded={isOpen}
        aria-label={`${isOpen ? 'Close' : 'Open'}: ${quoteInPlainText(annotation.exact, annotation.script)}`}
        data-card-button={id}
        className={classNames(
          'rounded-sm text-start font-serif text-md leading-snug text-ink-2 italic',
          !isOpen && 'after:absolute after:inset-0 after:rounded-lg',
        )}
        onClick={() => {
          actions.open(isOpen ? null : id)
        }}
      >
        <span dir="auto" className={isOpen ? 'line-clamp-6' : 'line-clamp-2'}>
          <QuotedWords words={annotation.exact} script={annotation.script} />
        </span>
      </button>
      {mayEdit && (
        <RatingButtons
          value={rating}
          label="Rating"
          // On small screens the dock has the ratings, under the thumb.
          className="max-[60rem]:hidden"
          onRate={(next) => {
            actions.rate(id, next)
          }}
        />
      )}
      {mayEdit && editing === 'note' ? (
        <NoteEditor
          annotation={annotation}
          onSave={(words, began) => {
            actions.edit(id, { note: words }, { label: 'Changed the note', group: `note ${id}`, began })
          }}
          onClose={() => {
            actions.startEditing(id, null)
            actions.backToCard(id)
          }}
        />
      ) : (
        note !== '' && (
          <p dir="auto" className={classNames('whitespace-pre-wrap', !isOpen && 'line-clamp-4')}>
            {note}
          </p>
        )
      )}
      {!(mayEdit && editing === 'evidence') && (
        <CitationList
          citations={citations}
          isChecking={isUnsaved}
          {...(mayEdit
            ? {
                onEdit: () => {
                  actions.startEditing(id, 'evidence')
                },
                onRemove: (citation: CitationView) => {
                  saveCitations(
                    citations.filter((each) => each.id !== citation.id),
                    'Removed a reference',
                  )
                },
              }
            : {})}
        />
      )}
      {mayEdit && editing === 'evidence' && (
        <Suspense fallback={<p className="text-sm text-ink-3">Opening the references…</p>}>
          <EvidencePanel
            annotation={annotation}
            isChecking={isUnsaved}
            onSave={saveCitations}
            onClose={() => {
              actions.startEditing(id, null)
              actions.backToCard(id)
            }}
          />
        </Suspense>
      )}
      {missing !== null && editing !== 'evidence' && (
        <MissingEvidenceLine
          missing={missing}
          onAdd={
            mayEdit
              ? () => {
                  actions.startEditing(id, 'evidence')
                }
              : undefined
          }
        />
      )}
      {outcome !== null && (
        <Suspense>
          <OutcomeLine outcome={outcome} own={rating} isOpen={isOpen} />
        </Suspense>
      )}
      {problem !== null && (
        <Suspense fallback={<p className="text-sm font-medium text-danger">Not saved</p>}>
          <ProblemView annotation={annotation} problem={problem} actions={actions} />
        </Suspense>
      )}
      <DiscussButton annotationId={id} exact={annotation.exact} always={isOpen} disabled={isUnsaved} />
      {mayEdit && (
        <CardToolbar annotation={annotation} editing={editing} hasSelection={hasSelection} actions={actions} />
      )}
    </article>
  )
})
