'use client'

import { usePathname } from 'next/navigation'
import { useEffect } from 'react'

/** How long a page must be open before it counts, in ms; by then its title stands. */
const patience = 1_500

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
    }, patience)
    return () => {
      clearTimeout(timer)
    }
  }, [path, memberId])
  return null
}
