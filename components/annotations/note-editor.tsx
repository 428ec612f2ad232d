'use client'

import { useEffect, useEffectEvent, useId, useRef, useState } from 'react'
import type { AnnotationView } from '@/lib/domain/annotations/schema'
import { controlClasses } from '@/components/ui/field'
import { classNames } from '@/components/ui/class-names'

/** How long after the last key a note is saved, in milliseconds. */
const savePause = 700

export interface NoteEditorProps {
  annotation: AnnotationView
  /**
   * Called with the whole note after a pause, on leaving and on closing; never twice with the same words. `began` is the annotation with the
   * note that the person has before their eyes, which may have been changed elsewhere since.
   */
  onSave: (note: string, began: AnnotationView) => void
  onClose: () => void
}

/** The note of an annotation. It saves by itself; Escape and Ctrl+Enter close it. */
export function NoteEditor({ annotation, onSave, onClose }: NoteEditorProps) {
  const { note } = annotation
  const id = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const [draft, setDraft] = useState(note)
  const saved = useRef(note)
  const began = useRef(annotation)

  useEffect(() => {
    if (annotation.note === saved.current) began.current = annotation
  }, [annotation])

  const save = useEffectEvent(() => {
    const words = field.current?.value ?? draft
    if (words === saved.current) return
    saved.current = words
    onSave(words, began.current)
  })

  useEffect(() => {
    const timer = setTimeout(save, savePause)
    return () => {
      clearTimeout(timer)
    }
  }, [draft])

  useEffect(() => {
    const element = field.current
    element?.focus({ preventScroll: true })
    element?.setSelectionRange(element.value.length, element.value.length)
  }, [])

  const close = () => {
    if (draft !== saved.current) {
      saved.current = draft
      onSave(draft, began.current)
    }
    onClose()
  }

  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-xs font-semibold text-ink-3">
        Note
      </label>
      <textarea
        ref={field}
        id={id}
        dir="auto"
        rows={3}
        maxLength={20_000}
        value={draft}
        className={classNames(controlClasses, 'max-h-80 min-h-18 field-sizing-content leading-relaxed')}
        onChange={(event) => {
          setDraft(event.currentTarget.value)
        }}
        onBlur={() => {
          if (draft === saved.current) return
          saved.current = draft
          onSave(draft, began.current)
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' && !(event.key === 'Enter' && (event.ctrlKey || event.metaKey))) return
          event.preventDefault()
          event.stopPropagation()
          close()
        }}
      />
    </div>
  )
}
