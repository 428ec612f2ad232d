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

/** Gives a function that asks for the page's data again, at most once a second. */
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
 * Asks for the page's data again when something of the given types happens (in one session, when it is named), at most once a second.
 * @param topic.since the last event that the page's data knows of (`loadLiveSequence`), so that nothing is missed while the page is on its way
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
