'use client'

import { memo, type ReactNode, Suspense } from 'react'
import { quoteInPlainText } from '@/lib/domain/text/quotation'
import { ratingNames } from '@/lib/domain/annotations/words'
import { classNames } from '@/components/ui/class-names'
import { Tag } from '@/components/ui/text/tag'
import { lazyPart } from '@/lib/client/lazy-part'
import { QuotedWords } from '@/components/text/quoted-words'
import { RichText } from '@/components/editor/rich-text-field'
import type { CardActions, CardEditing } from './card-actions'
import { cardLabel, type ClosedCardProps } from './closed-card'
import { RatingButtons } from './rating-buttons'
import { ReviewerChip } from './reviewer-chip'
import { CardEvidence, NoteEditor, TagEditor, TagList } from './card-fields'
import { Icon } from '@/components/ui/icon'
import { IconButton } from '@/components/ui/controls/button'

const ProblemView = lazyPart(() => import('../conflict/problem-view').then((part) => part.default))

export interface OpenCardProps extends Omit<ClosedCardProps, 'isDecided' | 'comments'> {
  editing: CardEditing
  isUnsaved: boolean
  hasSelection: boolean
  actions: CardActions
  /** The decision of a closed session, beside the annotation's own rating; null when there is none. */
  outcome: ReactNode
  /** The link to its discussion. */
  discussion: ReactNode
}

/** An open annotation: its words, rating, note and evidence. One's own can be changed. */
export const OpenCard = memo(function OpenCard(props: OpenCardProps) {
  const { annotation, editing, isUnsaved, problem, hasSelection, outcome, discussion, actions } = props
  const { id, rating, note } = annotation
  const mayEdit = annotation.may.update
  const closeEditor = () => {
    actions.startEditing(id, null)
    actions.backToCard(id)
  }
  return (
    <article
      id={`card-${id}`}
      data-rating={rating}
      data-open
      aria-label={cardLabel(props)}
      className={classNames(
        'relative grid grid-cols-[minmax(0,1fr)] gap-2.5 rounded-lg border bg-surface p-3.5 text-ink shadow-float',
        problem === null ? 'border-accent' : 'border-danger',
      )}
    >
      <CardHead {...props} />
      {mayEdit && (
        <RatingButtons
          value={rating}
          label="Rating"
          // On small screens the ratings are in the dock, within reach of the thumb.
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
          onClose={closeEditor}
        />
      ) : (
        note !== '' && <RichText source={note} />
      )}
      <CardEvidence
        annotation={annotation}
        editing={editing}
        isUnsaved={isUnsaved}
        actions={actions}
        onClose={closeEditor}
      />
      {mayEdit && editing === 'tags' ? (
        <TagEditor
          annotation={annotation}
          onSave={(tags) => {
            actions.edit(id, { tags }, { label: 'Changed the tags' })
          }}
          onClose={closeEditor}
        />
      ) : (
        <TagList tags={annotation.tags} />
      )}
      {outcome}
      {problem !== null && (
        <Suspense fallback={<p className="text-sm font-medium text-danger">Not saved</p>}>
          <ProblemView annotation={annotation} problem={problem} actions={actions} />
        </Suspense>
      )}
      {discussion}
      {!mayEdit && <CopyLinkButton onCopy={actions.copyLink} />}
      {mayEdit && (
        <CardToolbar annotation={annotation} editing={editing} hasSelection={hasSelection} actions={actions} />
      )}
    </article>
  )
})

/** The rating, author and place of an open annotation, and its words. A press on the words closes the card. */
function CardHead({ annotation, own, place, showAuthor, actions }: OpenCardProps) {
  const { id, rating } = annotation
  const flags = [annotation.disputed && 'disputed', annotation.partial && 'partial'].filter((flag) => flag !== false)
  return (
    <>
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
    </>
  )
}

type CardToolbarProps = Pick<OpenCardProps, 'annotation' | 'editing' | 'hasSelection' | 'actions'>

/** The actions of one's own open annotation. */
export function CardToolbar({ annotation, editing, hasSelection, actions }: CardToolbarProps) {
  const { id } = annotation
  if (editing === 'span') {
    return <SpanChoice annotation={annotation} hasSelection={hasSelection} actions={actions} />
  }
  return (
    <div className="-mx-1 -mb-1 flex items-center gap-0.5 border-t border-line pt-2">
      <IconButton
        label="Note (N)"
        size="small"
        icon={<Icon name="note" />}
        aria-pressed={editing === 'note'}
        onClick={() => {
          actions.startEditing(id, 'note')
        }}
      />
      <IconButton
        label="Evidence (E)"
        size="small"
        icon={<Icon name="book" />}
        aria-pressed={editing === 'evidence'}
        onClick={() => {
          actions.startEditing(id, 'evidence')
        }}
      />
      <IconButton
        label="Tags (T)"
        size="small"
        icon={<Icon name="tag" />}
        aria-pressed={editing === 'tags'}
        onClick={() => {
          actions.startEditing(id, 'tags')
        }}
      />
      <IconButton
        label="Change the passage"
        size="small"
        icon={<Icon name="span" />}
        onClick={(event) => {
          // A click made with the keyboard has a press count of 0.
          actions.startMoving(id, event.detail === 0)
        }}
      />
      <Flag
        label="Disputed"
        isOn={annotation.disputed}
        shortcut="D"
        onPress={() => {
          actions.edit(
            id,
            { disputed: !annotation.disputed },
            { label: annotation.disputed ? 'No longer marked disputed' : 'Marked disputed' },
          )
        }}
      />
      <Flag
        label="Partial"
        isOn={annotation.partial}
        shortcut="P"
        onPress={() => {
          actions.edit(
            id,
            { partial: !annotation.partial },
            { label: annotation.partial ? 'No longer marked partial' : 'Marked partial' },
          )
        }}
      />
      <span className="grow" />
      <CopyLinkButton onCopy={actions.copyLink} />
      <IconButton
        label="Delete"
        size="small"
        icon={<Icon name="trash" />}
        onClick={() => {
          actions.remove(id)
        }}
      />
    </div>
  )
}

/** Lets the person choose other words for the annotation. */
function SpanChoice({ annotation: { id }, hasSelection, actions }: Omit<CardToolbarProps, 'editing'>) {
  return (
    <div className="flex flex-wrap items-center gap-2 border-t border-line pt-2.5 text-sm text-ink-2">
      <span className="grow basis-40">Select the words that it should mark.</span>
      <button
        type="button"
        disabled={!hasSelection}
        className="rounded-md border border-accent bg-accent px-2.5 py-1 font-medium text-on-accent disabled:opacity-55"
        // Keeps the selection in the text: a button that takes the focus would empty it on some systems.
        onPointerDown={(event) => {
          event.preventDefault()
        }}
        onClick={() => {
          actions.keepSelection(id)
        }}
      >
        Use this passage
      </button>
      <button
        type="button"
        className="rounded-md px-2 py-1 font-medium text-ink-2 hover:bg-hover"
        onClick={() => {
          actions.startEditing(id, null)
        }}
      >
        Cancel
      </button>
    </div>
  )
}

/** Copies the address of the open annotation. */
function CopyLinkButton({ onCopy }: { onCopy: () => void }) {
  return (
    <IconButton
      label="Copy link (Y)"
      size="small"
      className="justify-self-end"
      icon={<Icon name="chain" />}
      onClick={onCopy}
    />
  )
}

function Flag({
  label,
  isOn,
  shortcut,
  onPress,
}: {
  label: string
  isOn: boolean
  shortcut: string
  onPress: () => void
}) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      aria-keyshortcuts={shortcut}
      title={`${label} (${shortcut})`}
      className={classNames(
        'min-h-7 rounded-md border px-2 text-xs font-medium',
        isOn
          ? 'border-accent bg-accent-soft text-accent'
          : 'border-transparent text-ink-2 hover:bg-hover hover:text-ink',
      )}
      onClick={onPress}
    >
      {label}
    </button>
  )
}
