'use client'

import { useEffect } from 'react'
import { callApi } from '@/lib/client/api/call'

/**
 * Marks as read what the person was told of these threads: a discussion that is on the screen counts as read. Says it again when
 * something is added; while the tab is hidden nobody sees anything.
 * @param shown the threads on the screen by id, with how many comments each has
 */
export function useReadNotifications(shown: ReadonlyMap<string, number>, memberId: string): void {
  const key = [...shown].map(([id, comments]) => `${id} ${String(comments)}`).join()
  useEffect(() => {
    const threadIds = key
      .split(',')
      .map((each) => each.slice(0, each.indexOf(' ')))
      .filter((id) => id !== '')
    if (threadIds.length === 0) return
    let isSaid = false
    const say = () => {
      if (isSaid || document.visibilityState === 'hidden') return
      isSaid = true
      // It does no harm when this does not get through: the notifications stay unread.
      void callApi({
        method: 'POST',
        path: '/api/v1/notifications/read',
        asMember: memberId,
        body: { threadIds: threadIds.slice(0, 200) },
      }).then(() => {
        window.dispatchEvent(new Event('sourcemark-waiting-changed'))
      })
    }
    say()
    document.addEventListener('visibilitychange', say)
    return () => {
      document.removeEventListener('visibilitychange', say)
    }
  }, [key, memberId])
}
