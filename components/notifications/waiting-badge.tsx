'use client'

import { usePathname } from 'next/navigation'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { countInWords } from '@/components/ui/wording'
import { readQuietly } from '@/lib/client/api/read'
import type { WaitingCount } from '@/lib/domain/notifications/schema'

/** The least time between two counts, in ms. */
const countEvery = 5_000

/** How much waits in the inbox; counted again when one goes to another page, comes back to the window, or has read something. */
export function WaitingBadge({ initial }: { initial: number }) {
  const path = usePathname()
  const [count, setCount] = useState(initial)
  const last = useRef<{ at: number; path: string } | null>(null)
  const recount = useEffectEvent(async (isSure: boolean) => {
    const now = Date.now()
    if (!isSure && last.current !== null && now - last.current.at < countEvery) return
    last.current = { at: now, path }
    const waiting = await readQuietly<WaitingCount>('/api/v1/notifications/count')
    if (waiting !== null) setCount(waiting.total)
  })
  useEffect(() => {
    // The first page brought its count along.
    if (last.current === null) last.current = { at: Date.now(), path }
    else if (last.current.path !== path) void recount(true)
  }, [path])
  useEffect(() => {
    const look = () => void recount(false)
    const changed = () => void recount(true)
    window.addEventListener('focus', look)
    window.addEventListener('sourcemark-waiting-changed', changed)
    return () => {
      window.removeEventListener('focus', look)
      window.removeEventListener('sourcemark-waiting-changed', changed)
    }
  }, [])
  if (count === 0) return null
  return (
    <span className="tabular rounded-full bg-accent-soft px-1.5 text-2xs font-semibold text-accent max-lg:absolute max-lg:end-0 max-lg:top-0.5 lg:ms-auto">
      <span aria-hidden="true">{count > 99 ? '99+' : count}</span>
      <span className="sr-only">, {countInWords(count, 'thing')} waiting</span>
    </span>
  )
}
