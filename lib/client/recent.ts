import type { FoundKind } from '../domain/search/schema'

/** A page that was opened on this device. */
export interface RecentThing {
  kind: FoundKind
  label: string
  path: string
}

/** The most pages kept per member. */
export const mostRecent = 8
const longestLabel = 200

const kindOfPath: readonly [RegExp, FoundKind][] = [
  [/^\/documents\/[0-9a-f-]{36}$/, 'document'],
  [/^\/review-sessions\/[0-9a-f-]{36}$/, 'review-session'],
  [/^\/sources\/[0-9a-f-]{36}\/report$/, 'report'],
  [/^\/sources\/[0-9a-f-]{36}$/, 'source'],
  [/^\/references\/[0-9a-f-]{36}$/, 'reference'],
]

/** The kind of thing at a path; null for lists, forms and settings. */
export function kindOfPage(path: string): FoundKind | null {
  return kindOfPath.find(([pattern]) => pattern.test(path))?.[1] ?? null
}

/** The list after `thing` was opened: each path once, last opened first. */
export function withRecent(things: readonly RecentThing[], thing: RecentThing): RecentThing[] {
  const label = thing.label.slice(0, longestLabel)
  return [{ ...thing, label }, ...things.filter(({ path }) => path !== thing.path)].slice(0, mostRecent)
}

/** Parses a stored list; empty for an invalid value, such as one of another version. */
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
    // Invalid JSON, written by another program or version.
    return []
  }
}

const keyOf = (memberId: string) => `sourcemark-recent:${memberId}`

/** The pages that a member opened on this device, last opened first; empty when the browser stores nothing. */
export function recentThings(memberId: string): RecentThing[] {
  try {
    return parseRecent(localStorage.getItem(keyOf(memberId)))
  } catch {
    // Storage may be forbidden.
    return []
  }
}

/** Remembers on this device that a member opened a page. Ignores lists, forms and settings; no effect when the browser stores nothing. */
export function rememberPage(memberId: string, { label, path }: { label: string; path: string }): void {
  const kind = kindOfPage(path)
  if (kind === null) return
  try {
    localStorage.setItem(keyOf(memberId), JSON.stringify(withRecent(recentThings(memberId), { kind, label, path })))
  } catch {
    // Storage may be forbidden or full: the list is a convenience.
  }
}
