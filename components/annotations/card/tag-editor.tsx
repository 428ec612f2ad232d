'use client'

import { useEffect, useId, useRef, useState } from 'react'
import type { AnnotationView } from '@/lib/domain/annotations/schema'
import type { TagView } from '@/lib/domain/tags/schema'
import { addTags, foldTag, maxTagLength, maxTags } from '@/lib/domain/tags/tag'
import { callApi } from '@/lib/client/api/call'
import { useTypedAhead } from '@/components/ui/controls/opening-field'

/** How many words of the vocabulary are offered at once. */
const mostOffered = 8

/**
 * The tags of one's annotation: Enter or a comma adds what is typed, Backspace in an empty field takes the last off, Ctrl Enter ends, Escape leaves
 * what is typed. Words in use are offered.
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
        {problem ?? 'Enter or a comma adds one; Enter in the empty field ends.'}
      </p>
    </div>
  )
}

/** The words of the workspace's vocabulary; none until they are there. */
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

/** A tag that is set; a press takes it off. */
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
