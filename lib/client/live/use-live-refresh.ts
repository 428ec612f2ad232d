'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import type { LiveType } from '@/lib/domain/live/message'
import { useLive } from './use-live'

/** The least time between two refreshes of a page, in ms. */
const refreshEvery = 1_000

class Throttle {
  #timer: ReturnType<typeof setTimeout> | null = null
  #last = 0

  ask(run: () => void): void {
    this.#timer ??= setTimeout(
      () => {
        this.#timer = null
        this.#last = Date.now()
        run()
      },
      Math.max(0, this.#last + refreshEvery - Date.now()),
    )
  }

  readonly stop = (): void => {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
  }
}

/** Returns a function that reloads the page's data, at most once a second. */
export function useThrottledRefresh(): () => void {
  const router = useRouter()
  const [throttle] = useState(() => new Throttle())
  useEffect(() => throttle.stop, [throttle])
  return () => {
    throttle.ask(() => {
      router.refresh()
    })
  }
}

/**
 * Reloads the page's data after events of the given types (optionally of one session), at most once a second.
 * @param topic.since the last event that the page's data includes (`loadLiveSequence`), so that nothing is missed while the page loads
 */
export function useLiveRefresh(types: readonly LiveType[], topic: { sessionId?: string; since?: number } = {}): void {
  const refresh = useThrottledRefresh()
  useLive(topic, {
    onMessage: ({ type, sessionId }) => {
      if (types.includes(type) && (topic.sessionId === undefined || sessionId === topic.sessionId)) refresh()
    },
    onReset: refresh,
  })
}
