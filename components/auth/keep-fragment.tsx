'use client'

import { useEffect } from 'react'
import { keepFragment } from './kept-fragment'

/** Keeps the fragment of the address that was opened: a redirect to the sign-in page in the middle of a page loses it. */
export function KeepFragment() {
  useEffect(() => {
    if (window.location.pathname !== '/sign-in') keepFragment(window.location)
  }, [])
  return null
}
