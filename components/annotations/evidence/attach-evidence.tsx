'use client'

import { useEffect, useRef, useState } from 'react'
import type { Stance } from '@/lib/domain/annotations/rating'
import type { CitationView } from '@/lib/domain/annotations/schema'
import type { ReferenceSummary, ReferenceView } from '@/lib/domain/references/schema'
import { callApi } from '@/lib/client/api/call'
import { newId } from '@/lib/client/new-id'
import {
  cslOfValues,
  emptyReference,
  errorsOfFields,
  keptTextOf,
  problemsOf,
  type ReferenceErrors,
} from '@/components/references/reference-values'
import { useTypedAhead } from '@/components/ui/controls/opening-field'
import { CitationForm, type Chosen, type EvidenceDraft } from './citation-form'
import { ReferenceSearch } from './reference-search'

/** Evidence that was begun and left with Escape, by the caller's key. Kept until the page is left. */
const drafts = new Map<string, EvidenceDraft>()

export interface AttachEvidenceProps {
  /** Evidence left with Escape is offered again under the same key. With null it is dropped. */
  draftKey: string | null
  stance: Stance
  /** The reference to begin with; without it, the search is shown first. */
  reference?: ReferenceSummary | undefined
  /** The citation to change. Leave it out to add one. */
  citation?: CitationView | undefined
  recent: readonly ReferenceSummary[]
  onAttach: (citation: CitationView) => void
  /** Called when the field is left. What was written is kept. */
  onClose: () => void
}

/** Adds evidence in two steps: the reference, then what it says. Ctrl+Enter attaches from every field; Escape leaves and keeps what was written. */
export function AttachEvidence(props: AttachEvidenceProps) {
  const { draftKey, recent, onAttach, onClose } = props
  const typed = useTypedAhead()
  const [draft, setDraft] = useState(() => {
    const first = firstDraft(props)
    return { ...first, query: first.query + typed }
  })
  const [errors, setErrors] = useState<ReferenceErrors>({})
  const [refusal, setRefusal] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const isDone = useRef(false)
  useEffect(() => {
    if (!isDone.current && draftKey !== null) keepEvidenceDraft(draftKey, draft)
  }, [draftKey, draft])

  const change = (part: Partial<EvidenceDraft>) => {
    setDraft((before) => ({ ...before, ...part }))
  }
  const attach = async (what: EvidenceDraft) => {
    const { chosen } = what
    if (chosen === null || busy) return
    setRefusal(null)
    const problems = chosen.kind === 'new' ? problemsOf(chosen.values) : {}
    setErrors(problems)
    if (Object.keys(problems).length > 0) return
    setBusy(true)
    const stored = await storeChosen(chosen)
    setBusy(false)
    if ('message' in stored) {
      setErrors(stored.errors)
      setRefusal(stored.message)
      return
    }
    isDone.current = true
    if (draftKey !== null) keepEvidenceDraft(draftKey, null)
    onAttach(citationOf(what, stored, props.citation))
  }
  const take = (chosen: Chosen, saves: boolean) => {
    const next = { ...draft, chosen }
    setDraft(next)
    if (saves) void attach(next)
  }
  return draft.chosen === null ? (
    <ReferenceSearch
      query={draft.query}
      recent={recent}
      onQuery={(query) => {
        change({ query })
      }}
      onPick={(reference, saves) => {
        take({ kind: 'library', reference }, saves)
      }}
      onCreate={(values, saves) => {
        take({ kind: 'new', id: newId(), values: { ...emptyReference, ...values } }, saves)
      }}
    />
  ) : (
    <CitationForm
      draft={draft}
      chosen={draft.chosen}
      isNew={props.citation === undefined}
      busy={busy}
      errors={errors}
      refusal={refusal}
      onChange={change}
      onAttach={() => {
        void attach(draft)
      }}
      onOther={() => {
        change({ chosen: null })
      }}
      onClose={onClose}
    />
  )
}

function firstDraft({ draftKey, stance, reference, citation }: AttachEvidenceProps): EvidenceDraft {
  const kept = draftKey === null ? undefined : drafts.get(draftKey)
  const empty = { query: '', chosen: null, citationId: newId(), stance, quote: '', locator: '', quoteStart: null }
  if (reference !== undefined) return { ...(kept ?? empty), chosen: { kind: 'library', reference } }
  if (kept !== undefined) return kept
  if (citation === undefined) return empty
  const { id: citationId, quote, locator, quoteStart } = citation
  const chosen = { kind: 'library', reference: citation.reference } as const
  return { query: '', chosen, citationId, stance: citation.stance, quote, locator, quoteStart }
}

/** Returns the chosen reference, creating it first when it is new, or the reason why it was not stored. */
export async function storeChosen(
  chosen: Chosen,
): Promise<ReferenceSummary | { message: string; errors: ReferenceErrors }> {
  if (chosen.kind === 'library') return chosen.reference
  const { id, values } = chosen
  const result = await callApi<ReferenceView>({
    method: 'POST',
    path: '/api/v1/references',
    body: { id, csl: cslOfValues(values), ...keptTextOf(values) },
  })
  if (!result.ok) {
    const message = `The new reference was not stored. ${result.message} What you wrote stays here.`
    return { message, errors: errorsOfFields(result.fields) }
  }
  const { type, title, author, publisher, issued, doi, url, hasSnapshot } = result.value
  return { id: result.value.id, type, title, author, publisher, issued, doi, url, hasSnapshot }
}

/** Makes a citation of a stored reference from a draft. `before` is the citation that it changes. */
export function citationOf(
  { citationId: id, stance, quote, locator, quoteStart }: EvidenceDraft,
  reference: ReferenceSummary,
  before: CitationView | undefined,
): CitationView {
  const isSame = before?.reference.id === reference.id && before.quote === quote.trim()
  const place = isSame
    ? before
    : { quoteStart, quoteEnd: quoteStart === null ? null : quoteStart + quote.trim().length }
  return {
    id,
    stance,
    quote: quote.trim(),
    locator: locator.trim(),
    reference,
    quoteStart: place.quoteStart,
    quoteEnd: place.quoteEnd,
    ...(isSame && before.quoteDifferences !== undefined ? { quoteDifferences: before.quoteDifferences } : {}),
  }
}

/** Keeps a draft, or with null forgets it. */
function keepEvidenceDraft(key: string, draft: EvidenceDraft | null): void {
  if (draft === null) drafts.delete(key)
  else drafts.set(key, draft)
}
