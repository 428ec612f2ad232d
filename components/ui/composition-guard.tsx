'use client'

import { useEffect } from 'react'

/** Safari ends a composition before its last key event, which only this legacy key code identifies. */
function keyCodeOf(event: KeyboardEvent): unknown {
  return Reflect.get(event, 'keyCode')
}

/**
 * Keeps the keys of an input method in the field being edited. During a composition, Enter accepts and Escape cancels it, and neither saves, closes
 * or chooses anything else. One capturing listener, so that no other listener has to check.
 */
export function CompositionGuard() {
  useEffect(() => {
    const guard = (event: KeyboardEvent) => {
      if (event.isComposing || keyCodeOf(event) === 229) event.stopImmediatePropagation()
    }
    window.addEventListener('keydown', guard, { capture: true })
    return () => {
      window.removeEventListener('keydown', guard, { capture: true })
    }
  }, [])
  return null
}
