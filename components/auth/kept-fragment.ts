const storageKey = 'sourcemark-fragment'

/** Keeps the fragment of the address in this tab, under the path it belongs to. Without storage nothing is kept. */
export function keepFragment({ pathname, search, hash }: Pick<Location, 'pathname' | 'search' | 'hash'>): void {
  try {
    if (hash === '') sessionStorage.removeItem(storageKey)
    else sessionStorage.setItem(storageKey, `${pathname}${search}${hash}`)
  } catch {
    // Private windows may refuse; then the place in the document is all that is lost.
  }
}

/** The fragment kept for a path, `#` included; empty when none was, or for another path. */
export function keptFragment(path: string): string {
  try {
    const kept = sessionStorage.getItem(storageKey) ?? ''
    return kept.startsWith(`${path}#`) ? kept.slice(path.length) : ''
  } catch {
    return ''
  }
}
