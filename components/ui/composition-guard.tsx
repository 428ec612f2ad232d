'use client'

import { useEffect } from 'react'

/** Safari ends a conversion before its last key, which is then known by this old number only. */
function keyCodeOf(event: KeyboardEvent): unknown {
  return Reflect.get(event, 'keyCode')
}

/**
 * Keeps the keys of an input method from everything but the field that is written in: while words are being converted, Enter takes a conversion and
 * Escape drops it, and neither saves, closes or chooses anything. One listener before all others, so that no other needs to think of it.
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
