'use client'

import { useState } from 'react'
import { newId } from '@/lib/client/new-id'

/** The draft of a comment: its future id, its words, and the members chosen from the suggestions. */
export interface Draft {
  id: string
  body: string
  chosen: { id: string; name: string }[]
}

/** The initial values of a draft. */
export type DraftStart = Pick<Draft, 'body' | 'chosen'>

const nothing: DraftStart = { body: '', chosen: [] }

function readDraft(key: string): Draft | null {
  let stored: unknown
  try {
    stored = JSON.parse(sessionStorage.getItem(key) ?? 'null')
  } catch {
    // Storage is off or holds something else: there is no draft then.
    stored = null
  }
  return isDraft(stored) ? stored : null
}

// Checked by hand instead of with a schema, because this is loaded with the reader's page.
function isDraft(value: unknown): value is Draft {
  return (
    hasTexts(value, ['id', 'body']) &&
    'chosen' in value &&
    Array.isArray(value.chosen) &&
    value.chosen.every((member) => hasTexts(member, ['id', 'name']))
  )
}

function hasTexts(value: unknown, names: readonly string[]): value is object {
  return (
    typeof value === 'object' && value !== null && names.every((name) => typeof Reflect.get(value, name) === 'string')
  )
}

function keepDraft(key: string, draft: Draft): void {
  try {
    if (draft.body === '') sessionStorage.removeItem(key)
    else sessionStorage.setItem(key, JSON.stringify(draft))
  } catch {
    // Storage is off or full: the draft is kept as long as the field.
    return
  }
}

/** Adds words typed before the field is loaded to its draft. */
export function startDraft(key: string): { body: string; keep: (body: string) => void } {
  const draft = readDraft(key) ?? { id: newId(), ...nothing }
  return {
    body: draft.body,
    keep: (body) => {
      keepDraft(key, { ...draft, body })
    },
  }
}

/** A draft that survives closing the panel and reloading the page. Clearing it gives the next one a new id. */
export function useDraft(key: string, start = nothing): [Draft, (draft: DraftStart) => void, () => void] {
  const [draft, setDraft] = useState((): Draft => readDraft(key) ?? { id: newId(), ...start })
  const change = (next: DraftStart) => {
    const changed = { ...draft, ...next }
    setDraft(changed)
    keepDraft(key, changed)
  }
  const clear = () => {
    const fresh = { id: newId(), ...nothing }
    setDraft(fresh)
    keepDraft(key, fresh)
  }
  return [draft, change, clear]
}
