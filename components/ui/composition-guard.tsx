'use client'

import { useEffect } from 'react'

/**
 * Keeps the keys of an input method from everything but the field that is written in: while words are being converted, Enter takes a conversion and
 * Escape drops it, and neither saves, closes or chooses anything. One listener before all others, so that no other needs to think of it.
 */
export function CompositionGuard() {
  useEffect(() => {
    const guard = (event: KeyboardEvent) => {
      // Safari ends the conversion before its last key, which then has only the code of an input method.
      if (event.isComposing || event.keyCode === 229) event.stopImmediatePropagation()
    }
    window.addEventListener('keydown', guard, { capture: true })
    return () => {
      window.removeEventListener('keydown', guard, { capture: true })
    }
  }, [])
  return null
}
