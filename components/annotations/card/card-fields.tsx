'use client'

import { Suspense, useEffect, useEffectEvent, useId, useRef, useState } from 'react'
import type { AnnotationView, CitationView } from '@/lib/domain/annotations/schema'
import type { TagView } from '@/lib/domain/tags/schema'
import { addTags, foldTag, maxTagLength, maxTags } from '@/lib/domain/tags/tag'
import { callApi } from '@/lib/client/api/call'
import { OpeningField, useTypedAhead } from '@/components/ui/controls/opening-field'
import { RichTextField } from '@/components/editor/rich-text-field'
import { lazyPart } from '@/lib/client/lazy-part'
import { maxNoteLength } from '@/lib/domain/annotations/note-length'
import { CitationList } from '../evidence/citation-list'
import type { CardActions, CardEditing } from './card-actions'
import { MissingEvidenceLine } from './closed-card'

/** The pause in typing before a note is saved, in milliseconds. */
const savePause = 700

/** The most words of the vocabulary offered at once. */
const mostOffered = 8

const EvidencePanel = lazyPart(() => import('../evidence/evidence-panel').then((part) => part.default))

interface NoteEditorProps {
  annotation: AnnotationView
  /**
   * Called with the whole note after a pause in typing, on leaving and on closing; never twice with the same words. `began` is the annotation with
   * the note that the person began to edit: it may have been changed elsewhere since.
   */
  onSave: (note: string, began: AnnotationView) => void
  onClose: () => void
}

/** The field for an annotation's note. It saves by itself; Escape and Ctrl+Enter close it. */
export function NoteEditor({ annotation, onSave, onClose }: NoteEditorProps) {
  const { note } = annotation
  const typed = useTypedAhead()
  const [draft, setDraft] = useState(note + typed)
  const saved = useRef(note)
  const began = useRef(annotation)

  useEffect(() => {
    if (annotation.note === saved.current) began.current = annotation
  }, [annotation])

  const save = () => {
    // A note that is too long is not saved until it is shorter. The field says so.
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

/** The citations of an annotation and the evidence it lacks, or the panel that changes them. */
export function CardEvidence({
  annotation,
  editing,
  isUnsaved,
  actions,
  onClose,
}: {
  annotation: AnnotationView
  editing: CardEditing
  isUnsaved: boolean
  actions: CardActions
  onClose: () => void
}) {
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
export function TagList({ tags }: { tags: readonly string[] }) {
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

/**
 * Edits the tags of one's own annotation. Enter or a comma adds the typed words, Backspace in an empty field removes the last tag, Ctrl+Enter closes
 * the field, and Escape discards the typed words. Offers words in use.
 */
export function TagEditor({
  annotation,
  onSave,
  onClose,
}: {
  annotation: AnnotationView
  onSave: (tags: string[]) => void
  onClose: () => void
}) {
  const { tags } = annotation
  const [typed, setTyped] = useState(useTypedAhead())
  const vocabulary = useVocabulary()
  const field = useRef<HTMLInputElement>(null)
  const list = useId()
  const problem = problemOf(tags, typed)

  useEffect(() => {
    field.current?.focus()
  }, [])

  const add = (words: string): boolean => {
    const next = addTags(tags, words)
    if (problemOf(tags, words) !== null) return false
    if (next.length !== tags.length) onSave(next)
    setTyped('')
    return true
  }
  const remove = (tag: string) => {
    onSave(tags.filter((each) => each !== tag))
    field.current?.focus()
  }
  const present = new Set(tags.map(foldTag))
  const offered = vocabulary
    .filter((name) => !present.has(foldTag(name)) && foldTag(name).includes(foldTag(typed)))
    .slice(0, mostOffered)
  return (
    <div
      data-own-escape
      className="grid gap-1.5"
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return
        if (event.key === 'Escape') onClose()
        else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          if (add(typed)) onClose()
        } else return
        event.preventDefault()
        event.stopPropagation()
      }}
    >
      <div className="flex flex-wrap items-center gap-1.5 rounded-md border border-field bg-surface p-1.5">
        {tags.map((tag) => (
          <SetTag key={tag} tag={tag} onRemove={remove} />
        ))}
        <input
          ref={field}
          aria-label="Add a tag"
          aria-describedby={`${list}-hint`}
          aria-invalid={problem !== null}
          list={list}
          dir="auto"
          autoComplete="off"
          value={typed}
          placeholder={tags.length === 0 ? 'Add tags' : ''}
          className="min-h-6 min-w-24 flex-1 bg-transparent px-1 text-sm outline-none"
          onChange={(event) => {
            const { value } = event.currentTarget
            if (!value.includes(',') || !add(value)) setTyped(value)
          }}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return
            const last = tags.at(-1)
            if (event.key === 'Enter') {
              event.preventDefault()
              if (typed.trim() === '') onClose()
              else add(typed)
            } else if (event.key === 'Backspace' && typed === '' && last !== undefined) remove(last)
          }}
        />
      </div>
      <datalist id={list}>
        {offered.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <p id={`${list}-hint`} className={problem === null ? 'text-xs text-ink-3' : 'text-xs text-danger'}>
        {problem ?? 'Enter or a comma adds a tag. Enter in the empty field closes it.'}
      </p>
    </div>
  )
}

/** The words of the workspace's vocabulary; empty until they are loaded. */
function useVocabulary(): readonly string[] {
  const [vocabulary, setVocabulary] = useState<readonly string[]>([])
  useEffect(() => {
    let isWanted = true
    void callApi<{ items: TagView[] }>({ method: 'GET', path: '/api/v1/tags' }).then((answer) => {
      if (isWanted && answer.ok) setVocabulary(answer.value.items.map(({ name }) => name))
    })
    return () => {
      isWanted = false
    }
  }, [])
  return vocabulary
}

/** A tag of the annotation. A press removes it. */
function SetTag({ tag, onRemove }: { tag: string; onRemove: (tag: string) => void }) {
  return (
    <button
      type="button"
      aria-label={`Take off ${tag}`}
      className="flex max-w-full items-center gap-1 rounded-full border border-line bg-sunken px-2 py-px text-xs font-medium text-ink-2 hover:border-line-strong"
      onClick={() => {
        onRemove(tag)
      }}
    >
      <span dir="auto" className="truncate">
        {tag}
      </span>
      <span aria-hidden="true">×</span>
    </button>
  )
}

function problemOf(tags: readonly string[], typed: string): string | null {
  const next = addTags(tags, typed)
  if (next.length > maxTags) return `At most ${String(maxTags)} tags fit here.`
  if (next.some((tag) => tag.length > maxTagLength)) return `A tag has at most ${String(maxTagLength)} characters.`
  return null
}
