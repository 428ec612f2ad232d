'use client'

import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { controlClasses } from './field'

let typedAhead = ''

/** Stands where a field of a card is on its way: it has the focus at once, and the field begins with what was typed in the meantime. */
export function OpeningField({ onClose }: { onClose: () => void }) {
  const field = useRef<HTMLTextAreaElement>(null)
  // Before the screen is drawn: the next key is a letter here and no shortcut.
  useLayoutEffect(() => {
    typedAhead = ''
    field.current?.focus({ preventScroll: true })
  }, [])
  return (
    <textarea
      ref={field}
      aria-label="The field is opening"
      aria-busy
      dir="auto"
      rows={2}
      data-own-escape
      className={controlClasses}
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
