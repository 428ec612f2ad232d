'use client'

import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { RichTextField } from '@/components/editor/rich-text-field'
import { maxNoteLength } from '@/lib/domain/annotations/note-length'
import type { AnnotationView } from '@/lib/domain/annotations/schema'
import { useTypedAhead } from '@/components/ui/controls/opening-field'

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
