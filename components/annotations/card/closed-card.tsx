import { memo, type ReactNode } from 'react'
import { quoteInPlainText } from '@/lib/domain/text/quotation'
import type { AnnotationView } from '@/lib/domain/annotations/schema'
import type { ReviewProblem } from '@/lib/client/outbox/review-store'
import { ratingNames } from '@/lib/domain/annotations/words'
import { Icon } from '@/components/ui/icon'
import { classNames } from '@/components/ui/class-names'
import { countInWords } from '@/components/ui/text/wording'
import type { CardActions } from './card-actions'
import { QuotedWords } from '@/components/text/quoted-words'
import { ReviewerChip } from './reviewer-chip'
import type { MissingEvidence } from '@/lib/domain/annotations/rating'

/** The height of a closed card, in pixels: one line. */
export const rowHeight = 30

/** Which evidence a rating lacks, in words. */
const missingWords: Record<MissingEvidence, string> = {
  'supporting-citation': 'Needs a reference that supports it',
  'contradicting-citation': 'Needs a reference that contradicts it',
}

export interface ClosedCardProps {
  annotation: AnnotationView
  own: boolean
  /** Its place in the text, such as "sentence 4". */
  place: string
  /** Whether marks of several reviewers are shown, so that each card names its author. */
  showAuthor: boolean
  problem: ReviewProblem | null
  /** Whether the annotation is one's own and a closed session decided about it. */
  isDecided: boolean
  /** The number of open comments in its discussion. */
  comments: number
  actions: Pick<CardActions, 'open'>
}

/** The accessible name of a card. */
export function cardLabel({ annotation, own, place }: Pick<ClosedCardProps, 'annotation' | 'own' | 'place'>): string {
  return `${ratingNames[annotation.rating]}, ${place}${own ? '' : `, by ${annotation.author.name}`}`
}

/** A closed card on one line: the rating's line style, the first words, the evidence and the author. */
export const ClosedCard = memo(function ClosedCard(props: ClosedCardProps) {
  const { annotation, problem, isDecided, actions } = props
  const state = problem !== null ? 'Not saved' : isDecided ? 'Decided' : null
  return (
    <article
      id={`card-${annotation.id}`}
      data-rating={annotation.rating}
      aria-label={cardLabel(props)}
      style={{ height: rowHeight }}
      className={classNames(
        'rounded-md border bg-surface hover:border-line-strong hover:bg-rating-soft',
        problem === null ? 'border-line' : 'border-danger text-danger',
      )}
    >
      <CardRow
        {...props}
        state={state}
        onOpen={() => {
          actions.open(annotation.id)
        }}
      />
    </article>
  )
})

function CardRow({
  annotation,
  own,
  showAuthor,
  comments,
  state,
  onOpen,
}: Pick<ClosedCardProps, 'annotation' | 'own' | 'showAuthor' | 'comments'> & {
  /** A problem or a decision in a few words; null when there is neither. */
  state: string | null
  onOpen: () => void
}) {
  const { id, exact, script, note, citations, missing, tags, disputed, partial, author } = annotation
  const flags = [disputed && 'disputed', partial && 'partial'].filter((flag) => flag !== false)
  return (
    <button
      type="button"
      aria-expanded={false}
      aria-label={`Open: ${quoteInPlainText(exact, script)}`}
      data-card-button={id}
      title={[quoteInPlainText(exact, script), note].filter((words) => words !== '').join('\n\n')}
      className="flex h-full w-full min-w-0 items-center gap-2 rounded-md px-2 text-start text-sm"
      onClick={onOpen}
    >
      <span aria-hidden="true" className="rating-line flex shrink-0 text-rating" />
      <span className="flex min-w-0 flex-1 items-baseline gap-2">
        <span dir="auto" className={classNames('truncate font-serif text-ink italic', note !== '' && 'max-w-[62%]')}>
          <QuotedWords words={exact} script={script} />
        </span>
        {note !== '' && (
          <span dir="auto" className="min-w-0 flex-1 truncate text-ink-3">
            {note}
          </span>
        )}
      </span>
      {flags.length > 0 && <span className="shrink-0 text-xs text-ink-2">{flags.join(', ')}</span>}
      {tags.length > 0 && (
        <span className="max-w-20 shrink-0 truncate text-xs text-ink-3" title={tags.join(', ')}>
          #{tags[0]}
          {tags.length > 1 && ` +${String(tags.length - 1)}`}
        </span>
      )}
      {note !== '' && <Count icon={<Icon name="note" />} words="Has a note" />}
      {comments > 0 && (
        <Count icon={<Icon name="speech" />} count={comments} words={countInWords(comments, 'comment')} />
      )}
      {missing === null && citations.length > 0 && (
        <Count
          icon={<Icon name="book" />}
          count={citations.length}
          words={countInWords(citations.length, 'reference')}
        />
      )}
      {missing !== null && (
        <span className="flex shrink-0 text-unsourced" title={missingWords[missing]}>
          <Icon name="warning" className="size-3.5 shrink-0" />
          <span className="sr-only">{missingWords[missing]}</span>
        </span>
      )}
      {state !== null && <span className="shrink-0 text-xs font-medium">{state}</span>}
      {showAuthor && <ReviewerChip name={author.name} own={own} short />}
    </button>
  )
}

function Count({ icon, count, words }: { icon: ReactNode; count?: number; words: string }) {
  return (
    <span className="flex shrink-0 items-center gap-0.5 text-xs text-ink-3 [&_svg]:size-3.5" title={words}>
      {icon}
      <span className="tabular" aria-hidden="true">
        {count}
      </span>
      <span className="sr-only">{words}</span>
    </span>
  )
}

/** Says which evidence a rating lacks. With `onAdd`, a button leads to adding it. */
export function MissingEvidenceLine({
  missing,
  onAdd,
}: {
  missing: MissingEvidence
  onAdd?: (() => void) | undefined
}) {
  const text = (
    <>
      <Icon name="warning" className="size-3.5 shrink-0" />
      <span>{missingWords[missing]}</span>
    </>
  )
  const classes = 'flex items-center gap-1.5 text-sm font-medium text-unsourced'
  if (onAdd === undefined) return <p className={classes}>{text}</p>
  return (
    <button type="button" className={`${classes} underline-offset-2 hover:underline`} onClick={onAdd}>
      {text}
    </button>
  )
}
