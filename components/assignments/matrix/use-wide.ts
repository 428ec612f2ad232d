'use client'

import { useSyncExternalStore } from 'react'

/** From here on the matrix has room; the same as the `md` of the styles. */
const query = '(width >= 45rem)'

function subscribe(listener: () => void): () => void {
  const list = matchMedia(query)
  list.addEventListener('change', listener)
  return () => {
    list.removeEventListener('change', listener)
  }
}

/** Whether the screen has room for a wide table; null while nobody knows, on the server. */
export function useWide(): boolean | null {
  return useSyncExternalStore<boolean | null>(
    subscribe,
    () => matchMedia(query).matches,
    () => null,
  )
}
