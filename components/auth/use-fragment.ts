import { useSyncExternalStore } from 'react'
import { keptFragment } from './kept-fragment'

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener)
  return () => {
    window.removeEventListener('hashchange', listener)
  }
}

/**
 * The fragment that belongs to `next`, `#` included: this page's own, which browsers carry along when the server redirects, else the one that was
 * kept when the address was opened. Empty when there is none, and while the server renders.
 */
export function useFragment(next: string): string {
  return useSyncExternalStore(
    subscribe,
    () => window.location.hash || keptFragment(next),
    () => '',
  )
}
