'use client'

import { useEffect, useState } from 'react'
import type { Identifier } from '@/lib/domain/references/identify'
import type { ReferenceSummary } from '@/lib/domain/references/schema'
import { foldWords } from '@/lib/domain/text/fold'
import { callApi, type CallResult } from '@/lib/client/api/call'

/** How long after the last key the library is searched, in milliseconds, and how many references are shown. */
const searchPause = 180
const mostShown = 7

/** What a search of the library came to. */
export type Found = { kind: 'searching' } | { kind: 'found'; items: ReferenceSummary[] } | { kind: 'failed' }

const searching: Found = { kind: 'searching' }

/** What the library has for the words or the identifier; `again` asks once more. */
export function useLibrary(words: string, identifier: Identifier | null): { found: Found; again: () => void } {
  const [answer, setAnswer] = useState<{ words: string; found: Found } | null>(null)
  const [attempt, setAttempt] = useState(0)
  const isIdentifier = identifier !== null
  useEffect(() => {
    let isStale = false
    const take = (result: CallResult<{ items: ReferenceSummary[] }>) => {
      if (isStale) return
      setAnswer({ words, found: result.ok ? { kind: 'found', items: result.value.items } : { kind: 'failed' } })
    }
    const timer = setTimeout(
      () => {
        const by = words === '' ? {} : isIdentifier ? { identifier: words } : { q: words.slice(0, 200) }
        const parameters = new URLSearchParams({ limit: String(mostShown), ...by })
        void callApi<{ items: ReferenceSummary[] }>({
          method: 'GET',
          path: `/api/v1/references?${parameters.toString()}`,
        }).then(take)
      },
      // A paste is whole at once.
      words === '' || isIdentifier ? 0 : searchPause,
    )
    return () => {
      isStale = true
      clearTimeout(timer)
    }
  }, [words, isIdentifier, attempt])
  return {
    found: answer?.words === words ? answer.found : searching,
    again: () => {
      setAnswer(null)
      setAttempt((before) => before + 1)
    },
  }
}

/** The references to choose from: those cited before while nothing is typed, those of them that fit when the library cannot be searched. */
export function shownItems({
  found,
  recent,
  words,
}: {
  found: Found
  recent: readonly ReferenceSummary[]
  words: string
}): ReferenceSummary[] {
  const listed = found.kind === 'found' ? found.items : []
  if (words === '') {
    const known = new Set(recent.map(({ id }) => id))
    return [...recent, ...listed.filter(({ id }) => !known.has(id))].slice(0, mostShown)
  }
  if (found.kind !== 'failed') return listed
  const folding = { case: true, marks: true }
  const wanted = foldWords(words, folding)
  return recent.filter(({ title, author, publisher, url, doi }) =>
    foldWords([title, author, publisher, url, doi].join(' '), folding).includes(wanted),
  )
}
