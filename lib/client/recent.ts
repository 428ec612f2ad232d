import type { FoundKind } from '../domain/search/schema'

/** A page that was opened on this device. */
export interface RecentThing {
  kind: FoundKind
  label: string
  path: string
}

/** How many are kept for a member, the last opened first. */
export const mostRecent = 8
const longestLabel = 200

const kindOfPath: readonly [RegExp, FoundKind][] = [
  [/^\/documents\/[0-9a-f-]{36}$/, 'document'],
  [/^\/review-sessions\/[0-9a-f-]{36}$/, 'review-session'],
  [/^\/sources\/[0-9a-f-]{36}\/report$/, 'report'],
  [/^\/sources\/[0-9a-f-]{36}$/, 'source'],
  [/^\/references\/[0-9a-f-]{36}$/, 'reference'],
]

/** What kind of thing a path shows; null for lists, forms and settings. */
export function kindOfPage(path: string): FoundKind | null {
  return kindOfPath.find(([pattern]) => pattern.test(path))?.[1] ?? null
}

/** The list after `thing` was opened: each path once, the last opened first. */
export function withRecent(things: readonly RecentThing[], thing: RecentThing): RecentThing[] {
  const label = thing.label.slice(0, longestLabel)
  return [{ ...thing, label }, ...things.filter(({ path }) => path !== thing.path)].slice(0, mostRecent)
}

/** Reads a stored list; empty when the value is not such a list, for instance of another version. */
export function parseRecent(stored: string | null): RecentThing[] {
  try {
    const things: unknown = JSON.parse(stored ?? '[]')
    if (!Array.isArray(things)) return []
    return things.slice(0, mostRecent).flatMap((thing: unknown) => {
      if (typeof thing !== 'object' || thing === null || !('label' in thing) || !('path' in thing)) return []
      const { label, path } = thing
      if (typeof label !== 'string' || typeof path !== 'string') return []
      const kind = kindOfPage(path)
      return kind === null ? [] : [{ kind, label: label.slice(0, longestLabel), path }]
    })
  } catch {
    // Not JSON: nothing of ours.
    return []
  }
}

const keyOf = (memberId: string) => `sourcemark-recent:${memberId}`

/** What a member opened on this device, the last first; empty where the browser keeps nothing. */
export function recentThings(memberId: string): RecentThing[] {
  try {
    return parseRecent(localStorage.getItem(keyOf(memberId)))
  } catch {
    // Storage may be forbidden.
    return []
  }
}

/** Remembers on this device that a member opened a page; does nothing for lists, forms and settings, or where the browser keeps nothing. */
export function rememberPage(memberId: string, { label, path }: { label: string; path: string }): void {
  const kind = kindOfPage(path)
  if (kind === null) return
  try {
    localStorage.setItem(keyOf(memberId), JSON.stringify(withRecent(recentThings(memberId), { kind, label, path })))
  } catch {
    // Storage may be forbidden or full: the list is a convenience.
  }
}
