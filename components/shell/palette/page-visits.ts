'use client'

import { useSyncExternalStore, useEffect } from 'react'
import { usePathname } from 'next/navigation'

/** How long after it was asked for a page counts as still coming, in ms, when the server is there. */
const patience = 40_000

let isAsked = false
let isAway = false
let timer: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()

function set(value: boolean): void {
  isAsked = value
  for (const listener of listeners) listener()
}

/** Notes that someone wants another page: by a link, a shortcut or the palette. */
export function noteAskedPage(): void {
  set(true)
  clearTimeout(timer)
  timer = setTimeout(() => {
    if (!isAway) set(false)
  }, patience)
}

/** Notes whether the server is away; when it comes back, what was asked for is on its way. */
export function noteServerAway(away: boolean): void {
  if (isAway && !away) set(false)
  isAway = away
}

/** Whether a page was asked for lately, or since the server went away. */
export function useIsPageAsked(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => isAsked,
    () => false,
  )
}

/** How long a page must be open before it counts, in ms; by then its title stands. */
const leastStay = 1_500

/** Remembers on this device which things were opened, for the palette. */
export function RecentKeeper({ memberId }: { memberId: string }) {
  const path = usePathname()
  useEffect(() => {
    const timer = setTimeout(() => {
      const label = document.title.replace(/ · Sourcemark$/, '')
      // Pages that show nothing have no name of their own.
      if (label === 'Sourcemark' || label === 'Not found') return
      // The list is a convenience: where its script cannot be had, the page is not in it.
      import('@/lib/client/recent')
        .then(({ rememberPage }) => {
          rememberPage(memberId, { label, path })
        })
        .catch(() => undefined)
    }, leastStay)
    return () => {
      clearTimeout(timer)
    }
  }, [path, memberId])
  return null
}
