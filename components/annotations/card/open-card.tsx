'use client'

import { memo, type ReactNode, Suspense, useEffect, useEffectEvent, useRef, useState } from 'react'
import type { CitationView, AnnotationView } from '@/lib/domain/annotations/schema'
import { quoteInPlainText } from '@/lib/domain/text/quotation'
import { ratingNames } from '@/lib/domain/annotations/words'
import { classNames } from '@/components/ui/class-names'
import { Tag } from '@/components/ui/text/tag'
import { lazyPart } from '@/lib/client/lazy-part'
import { QuotedWords } from '@/components/text/quoted-words'
import { OpeningField, useTypedAhead } from '@/components/ui/controls/opening-field'
import { RichTextField, RichText } from '@/components/editor/rich-text-field'
import { maxNoteLength } from '@/lib/domain/annotations/note-length'
import type { CardActions, CardEditing } from './card-actions'
import { cardLabel, type ClosedCardProps, MissingEvidenceLine } from './closed-card'
import { CardToolbar, CopyLinkButton } from './card-toolbar'
import { CitationList } from '../evidence/citation-list'
import { RatingButtons } from './rating-buttons'
import { ReviewerChip } from './reviewer-chip'
import { TagEditor } from './tag-editor'

/** How long after the last key a note is saved, in milliseconds. */
const savePause = 700

interface NoteEditorProps {
  annotation: AnnotationView
  /**
   * Called with the whole note after a pause in typing, on leaving and on closing; never twice with the same words. `began` is the annotation with
   * the note that the person sees, which may have been changed elsewhere since.
   */
  onSave: (note: string, began: AnnotationView) => void
  onClose: () => void
}

const EvidencePanel = lazyPart(() => import('../evidence/evidence-panel').then((part) => part.default))
const ProblemView = lazyPart(() => import('../conflict/problem-view').then((part) => part.default))

export interface OpenCardProps extends Omit<ClosedCardProps, 'isDecided' | 'comments'> {
  editing: CardEditing
  isUnsaved: boolean
  hasSelection: boolean
  actions: CardActions
  /** What a closed session decided about it, beside its own rating; null when none did. */
  outcome: ReactNode
  /** The way to its discussion. */
  discussion: ReactNode
}

/** An open annotation: what was said of which words, with what evidence. One's own can be changed. */
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

/** The rating, the author and the place of an open annotation, and its words, which close it. */
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

/** What an annotation cites and what it lacks, or the panel that changes it. */
function CardEvidence({
  annotation,
  editing,
  isUnsaved,
  actions,
  onClose,
}: Pick<OpenCardProps, 'annotation' | 'editing' | 'isUnsaved' | 'actions'> & { onClose: () => void }) {
  const { id, citations, missing } = annotation
  const mayEdit = annotation.may.update
  const saveCitations = (next: CitationView[], label: string) => {
    actions.edit(id, { citations: next }, { label })
  }
  return (
    <>
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
        <Suspense fallback={<OpeningField onClose={onClose} />}>
          <EvidencePanel annotation={annotation} isChecking={isUnsaved} onSave={saveCitations} onClose={onClose} />
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
    </>
  )
}

/** The tags of an annotation; nothing when there are none. */
function TagList({ tags }: { tags: readonly string[] }) {
  if (tags.length === 0) return null
  return (
    <ul aria-label="Tags" className="flex flex-wrap gap-1.5">
      {tags.map((tag) => (
        <li
          key={tag}
          dir="auto"
          className="max-w-full truncate rounded-full border border-line bg-sunken px-2 py-px text-xs font-medium text-ink-2"
        >
          {tag}
        </li>
      ))}
    </ul>
  )
}

/** The note of an annotation. It saves by itself; Escape and Ctrl+Enter close it. */
function NoteEditor({ annotation, onSave, onClose }: NoteEditorProps) {
  const { note } = annotation
  const typed = useTypedAhead()
  const [draft, setDraft] = useState(note + typed)
  const saved = useRef(note)
  const began = useRef(annotation)

  useEffect(() => {
    if (annotation.note === saved.current) began.current = annotation
  }, [annotation])

  const save = () => {
    // What is too long waits until it is shorter; the field says so.
    if (draft === saved.current || draft.length > maxNoteLength) return
    saved.current = draft
    onSave(draft, began.current)
  }
  const saveLater = useEffectEvent(save)

  useEffect(() => {
    const timer = setTimeout(saveLater, savePause)
    return () => {
      clearTimeout(timer)
    }
  }, [draft])

  return (
    <RichTextField
      label="Note"
      rows={3}
      maxLength={maxNoteLength}
      value={draft}
      autoFocus
      onChange={setDraft}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' && !(event.key === 'Enter' && (event.ctrlKey || event.metaKey))) return
        event.preventDefault()
        event.stopPropagation()
        save()
        onClose()
      }}
    />
  )
}
