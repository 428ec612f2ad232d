'use client'

import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { controlClasses } from './field'

let typedAhead = ''
let forgetting: ReturnType<typeof setTimeout> | undefined

/**
 * Stands in for a field of a card that is still loading. It has the focus at once, and its text passes to the field. When the card loads in parts,
 * the next stand-in continues with the same text.
 */
export function OpeningField({ onClose }: { onClose: () => void }) {
  const field = useRef<HTMLTextAreaElement>(null)
  const [begun] = useState(() => typedAhead)
  // Before the browser paints: the next key must be a letter here, not a shortcut.
  useLayoutEffect(() => {
    clearTimeout(forgetting)
    field.current?.focus({ preventScroll: true })
    field.current?.setSelectionRange(begun.length, begun.length)
    return () => {
      forgetting = setTimeout(() => {
        typedAhead = ''
      })
    }
  }, [begun])
  return (
    <textarea
      ref={field}
      aria-label="The field is opening"
      aria-busy
      dir="auto"
      rows={2}
      data-own-escape
      className={controlClasses}
      defaultValue={begun}
      onChange={(event) => {
        typedAhead = event.currentTarget.value
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.nativeEvent.isComposing) return
        event.stopPropagation()
        // With text in it, it stays open: only the loaded field can save the text.
        if (typedAhead === '') onClose()
      }}
    />
  )
}

/** The text typed while the calling field was loading; usually empty. */
export function useTypedAhead(): string {
  const [typed] = useState(() => typedAhead)
  useEffect(() => {
    typedAhead = ''
  }, [])
  return typed
}
