'use client'

import { usePathname } from 'next/navigation'
import { useEffect } from 'react'
import { kindOfPage, rememberThing } from '@/lib/client/recent'

/** How long a page must be open before it counts, in ms; by then its title stands. */
const patience = 1_500

/** Remembers on this device which things were opened, for the palette. */
export function RecentKeeper({ memberId }: { memberId: string }) {
  const path = usePathname()
  useEffect(() => {
    const kind = kindOfPage(path)
    if (kind === null) return
    const timer = setTimeout(() => {
      const label = document.title.replace(/ · Sourcemark$/, '')
      // Pages that show nothing have no name of their own.
      if (label !== 'Sourcemark' && label !== 'Not found') rememberThing(memberId, { kind, label, path })
    }, patience)
    return () => {
      clearTimeout(timer)
    }
  }, [path, memberId])
  return null
}
