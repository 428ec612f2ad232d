'use client'

import { useEffect, useState } from 'react'
import { listAllSources, type SourceChoice } from '@/lib/client/api/review-sessions'

/** The workspace's sources to choose from. They are loaded when a dialog that offers them opens, because a session's page does not need them. */
export function useSources(): { sources: readonly SourceChoice[]; hint: string | null } {
  const [found, setFound] = useState<{ sources: readonly SourceChoice[]; hint: string | null }>({
    sources: [],
    hint: 'Looking for the sources …',
  })
  useEffect(() => {
    let isCurrent = true
    void listAllSources().then((answer) => {
      if (isCurrent) setFound(answer.ok ? { sources: answer.value, hint: null } : { sources: [], hint: answer.message })
    })
    return () => {
      isCurrent = false
    }
  }, [])
  return found
}
