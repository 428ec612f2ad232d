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
import { AnnotationRow, rowHeight } from './annotation-row'
import { CardToolbar, CopyLinkButton } from './card-toolbar'
import { CitationList } from './citation-list'
import { MissingEvidenceLine } from './missing-evidence'
import { RichText } from '@/components/editor/rich-text'
import { NoteEditor } from './note-editor'
import { RatingButtons } from './rating-buttons'
import { ReviewerChip } from './reviewer-chip'
import { TagEditor } from './tag-editor'
import { TagList } from './tag-list'

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

/** One annotation: what was said of which words, with what evidence. Closed it is one line; open it shows everything, and one's own can be changed. */
export const AnnotationCard = memo(function AnnotationCard(props: AnnotationCardProps) {
  const { annotation, own, isOpen, editing, place, showAuthor, isUnsaved, problem, hasSelection, outcome, actions } =
    props
  const { id, rating, citations, note, missing } = annotation
  const mayEdit = annotation.may.update
  const flags = [annotation.disputed && 'disputed', annotation.partial && 'partial'].filter((flag) => flag !== false)
  const saveCitations = (next: CitationView[], label: string) => {
    actions.edit(id, { citations: next }, { label })
  }
  const label = `${ratingNames[rating]}, ${place}${own ? '' : `, by ${annotation.author.name}`}`
  if (!isOpen) {
    const state = problem !== null ? 'Not saved' : outcome !== null ? 'Decided' : null
    return (
      <article
        id={`card-${id}`}
        data-rating={rating}
        aria-label={label}
        style={{ height: rowHeight }}
        className={classNames(
          'rounded-md border bg-surface hover:border-line-strong hover:bg-rating-soft',
          problem === null ? 'border-line' : 'border-danger text-danger',
        )}
      >
        <AnnotationRow
          {...{ annotation, own, showAuthor, state }}
          onOpen={() => {
            actions.open(id)
          }}
        />
      </article>
    )
  }
  return (
    <article
      id={`card-${id}`}
      data-rating={rating}
      data-open
      aria-label={label}
      className={classNames(
        'relative grid grid-cols-[minmax(0,1fr)] gap-2.5 rounded-lg border bg-surface p-3.5 text-ink shadow-float',
        problem === null ? 'border-accent' : 'border-danger',
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
        aria-expanded
        aria-label={`Close: ${quoteInPlainText(annotation.exact, annotation.script)}`}
        data-card-button={id}
        className="rounded-sm text-start font-serif text-md leading-snug text-ink-2 italic"
        onClick={() => {
          actions.open(null)
        }}
      >
        <span dir="auto" className="line-clamp-6">
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
        note !== '' && <RichText source={note} />
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
      {mayEdit && editing === 'tags' ? (
        <TagEditor
          annotation={annotation}
          onSave={(tags) => {
            actions.edit(id, { tags }, { label: 'Changed the tags' })
          }}
          onClose={() => {
            actions.startEditing(id, null)
            actions.backToCard(id)
          }}
        />
      ) : (
        <TagList tags={annotation.tags} />
      )}
      {outcome !== null && (
        <Suspense>
          <OutcomeLine outcome={outcome} own={rating} isOpen />
        </Suspense>
      )}
      {problem !== null && (
        <Suspense fallback={<p className="text-sm font-medium text-danger">Not saved</p>}>
          <ProblemView annotation={annotation} problem={problem} actions={actions} />
        </Suspense>
      )}
      <DiscussButton annotationId={id} exact={annotation.exact} always disabled={isUnsaved} />
      {!mayEdit && <CopyLinkButton onCopy={actions.copyLink} />}
      {mayEdit && (
        <CardToolbar annotation={annotation} editing={editing} hasSelection={hasSelection} actions={actions} />
      )}
    </article>
  )
})
