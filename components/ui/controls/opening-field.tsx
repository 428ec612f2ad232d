'use client'

import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { controlClasses } from './field'

let typedAhead = ''
let forgetting: ReturnType<typeof setTimeout> | undefined

/**
 * Stands in for a field of a card that is still loading. It has the focus at once, and the field begins with what was typed here. When the card
 * comes in parts, the next stand-in continues with the same words.
 */
export function OpeningField({ onClose }: { onClose: () => void }) {
  const field = useRef<HTMLTextAreaElement>(null)
  const [begun] = useState(() => typedAhead)
  // Before the screen is drawn: the next key is a letter here and no shortcut.
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
        // With words in it, it stays: only the field itself can keep them.
        if (typedAhead === '') onClose()
      }}
    />
  )
}

/** What was typed while the field that calls this was on its way; empty in most cases. */
export function useTypedAhead(): string {
  const [typed] = useState(() => typedAhead)
  useEffect(() => {
    typedAhead = ''
  }, [])
  return typed
}
