'use client'

import { useEffect } from 'react'

/** Safari ends a conversion before its last key, which is then known by this old number only. */
function keyCodeOf(event: KeyboardEvent): unknown {
  return Reflect.get(event, 'keyCode')
}

/**
 * Keeps the keys of an input method in the field that is being written in. While words are converted, Enter takes a conversion and Escape drops it,
 * and neither saves, closes or chooses anything. One listener before all others, so that no other has to check for it.
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
