'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { countInWords } from '@/components/ui/text/wording'
import { readQuietly } from '@/lib/client/api/call'
import { useLive } from '@/lib/client/live/use-live'
import type { WaitingCount } from '@/lib/domain/notifications/schema'

/** Changes within this many ms of the first lead to one count. */
const gatherFor = 500

/**
 * The number of items that wait in the inbox. It follows the live feed, and is counted again when something was read here.
 * @param since the last event that `initial` includes
 */
export function WaitingBadge({ initial, since }: { initial: number; since: number }) {
  const [count, setCount] = useState(initial)
  const [first] = useState(since)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const recount = useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined
      void readQuietly<WaitingCount>('/api/v1/notifications/count').then((waiting) => {
        if (waiting !== null) setCount(waiting.total)
      })
    }, gatherFor)
  }, [])
  useLive(
    { since: first },
    {
      onMessage: ({ type }) => {
        // Progress is left out: it comes with every mark and changes no count.
        if (/^(assignment\.(?!prog)|comment|review-s|verdict|claim)/.test(type)) recount()
      },
      onReset: recount,
    },
  )
  useEffect(() => {
    window.addEventListener('sourcemark-waiting-changed', recount)
    return () => {
      window.removeEventListener('sourcemark-waiting-changed', recount)
      clearTimeout(timer.current)
      timer.current = undefined
    }
  }, [recount])
  if (count === 0) return null
  return (
    <span className="tabular rounded-full bg-accent-soft px-1.5 text-2xs font-semibold text-accent max-lg:absolute max-lg:end-0 max-lg:top-0.5 max-md:start-1/2 max-md:end-auto max-md:ms-1 lg:ms-auto">
      <span aria-hidden="true">{count > 99 ? '99+' : count}</span>
      <span className="sr-only">, {countInWords(count, 'thing')} waiting</span>
    </span>
  )
}
