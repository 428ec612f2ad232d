'use client'

import { useEffect, useMemo, useRef, useState } from 'react'
import { callApi } from '@/lib/client/api/call'
import type { ReviewController } from '@/lib/client/annotations/controller'
import { rememberReference } from '@/lib/client/annotations/cite-again'
import { newId } from '@/lib/client/new-id'
import { markersAt, readCitationMarkers, type CitationMarker } from '@/lib/domain/citation-markers/citation-markers'
import type { CitedEntry } from '@/lib/domain/citation-markers/entries'
import { referenceOfEntry, referenceOfLink, type KnownReference } from '@/lib/domain/citation-markers/entry-reference'
import type { TextRange } from '@/lib/domain/ranges/text-range'
import type { ReferenceSummary } from '@/lib/domain/references/schema'
import type { DocumentContent } from '@/lib/domain/text/model'
import { citationOf, storeChosen } from '@/components/annotations/evidence/attach-evidence'
import type { Chosen } from '@/components/annotations/evidence/citation-form'
import { usualStance } from '@/components/annotations/evidence/evidence-panel'
import { useController, useReview } from '@/components/annotations/review-context'
import { emptyReference } from '@/components/references/reference-values'
import { Button, IconButton } from '@/components/ui/controls/button'
import { Icon } from '@/components/ui/icon'

export interface CitedPanelProps {
  content: DocumentContent
  /** The part of the text whose markers are shown. */
  range: TextRange
  onClose: () => void
}

/** Shows the entries behind the citation markers of a part of the text. Default export because it is loaded on first use. */
export default function CitedPanel({ content, range, onClose }: CitedPanelProps) {
  const all = useMemo(() => readCitationMarkers(content).markers, [content])
  const here = markersAt(all, range)
  const cited = here.flatMap((marker) => marker.entries.map((entry) => ({ marker, entry })))
  const missing = [...new Set(here.flatMap(({ unresolved }) => unresolved))]
  const panel = useRef<HTMLElement>(null)
  useEffect(() => {
    const first = panel.current?.querySelector<HTMLElement>('[data-first]')
    ;(first ?? panel.current)?.focus({ preventScroll: true })
  }, [])
  return (
    <section
      ref={panel}
      tabIndex={-1}
      aria-label="Cited here"
      data-own-escape
      className="absolute end-4 bottom-4 z-30 grid max-h-[60%] w-[min(22rem,calc(100%-2rem))] grid-cols-[minmax(0,1fr)] gap-2.5 overflow-y-auto overscroll-contain rounded-lg border border-line-strong bg-surface p-3.5 shadow-float print:hidden"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.nativeEvent.isComposing) return
        event.preventDefault()
        event.stopPropagation()
        onClose()
      }}
    >
      <div className="flex items-center justify-between gap-2">
        <h2 className="font-semibold">Cited here</h2>
        <IconButton label="Close (Escape)" size="small" icon={<Icon name="close" />} onClick={onClose} />
      </div>
      {here.length === 0 && <p className="text-ink-3">There is no citation marker or link here.</p>}
      {cited.length > 0 && (
        <ul className="grid grid-cols-[minmax(0,1fr)] gap-3">
          {cited.map(({ marker, entry }, at) => (
            <Entry
              key={`${String(marker.start)} ${String(entry.start)}`}
              entry={entry}
              marker={marker}
              isFirst={at === 0}
              onClose={onClose}
            />
          ))}
        </ul>
      )}
      {missing.length > 0 && (
        <p className="text-sm text-ink-3">
          {missing.join(', ')}: {missing.length === 1 ? 'the entry is' : 'the entries are'} not in this document.
        </p>
      )}
    </section>
  )
}

/** One entry: its words, its link and its actions. */
function Entry({
  entry,
  marker,
  isFirst,
  onClose,
}: {
  entry: CitedEntry
  marker: CitationMarker
  isFirst: boolean
  onClose: () => void
}) {
  const controller = useController()
  const activeId = useReview((state) => state.view.activeId)
  const mayAttach = controller.annotation(activeId)?.may.update === true
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const isLink = marker.kind === 'link'
  const known = isLink ? referenceOfLink(entry) : referenceOfEntry(entry)
  const { identifier } = known
  const heading = isLink ? 'Link' : entry.label
  const address = identifier?.kind === 'doi' ? `https://doi.org/${identifier.doi}` : identifier?.url
  const attach = async (annotationId: string) => {
    setBusy(true)
    const problem = await attachCited({ controller, annotationId, known, marker })
    setBusy(false)
    setRefusal(problem)
    if (problem === null) onClose()
  }
  return (
    <li className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
      <p dir="auto" className="font-serif [overflow-wrap:anywhere]">
        {heading !== '' && <span className="me-1.5 font-sans text-sm font-semibold text-ink-3">{heading}</span>}
        {entry.words}
      </p>
      {address !== undefined && (
        <a
          href={address}
          rel="noreferrer"
          target="_blank"
          dir="ltr"
          className="truncate text-sm text-accent underline underline-offset-2"
        >
          {address.replace(/^https?:\/\//, '')}
        </a>
      )}
      <div className="flex flex-wrap gap-2">
        {mayAttach && activeId !== null && (
          <Button
            size="small"
            busy={busy}
            data-first={isFirst || undefined}
            onClick={() => {
              void attach(activeId)
            }}
          >
            Attach cited reference
          </Button>
        )}
        {!isLink && (
          <Button
            size="small"
            variant="quiet"
            data-first={(isFirst && !mayAttach) || undefined}
            onClick={() => {
              controller.show(entry)
              onClose()
            }}
          >
            Go to it
          </Button>
        )}
      </div>
      {refusal !== null && (
        <p role="alert" className="text-sm text-danger">
          {refusal}
        </p>
      )}
    </li>
  )
}

/**
 * Cites the target of an entry or a link on an annotation, as a new reference unless the library or the document has it already.
 * @returns null when it is done, else why not
 */
async function attachCited({
  controller,
  annotationId,
  known,
  marker,
}: {
  controller: ReviewController
  annotationId: string
  known: KnownReference
  marker: CitationMarker
}): Promise<string | null> {
  const chosen = await chooseReference(controller, known)
  if (typeof chosen === 'string') return chosen
  const stored = await storeChosen(chosen)
  if ('message' in stored) return stored.message
  // Reads the present annotation: it may have been changed in the meantime.
  const annotation = controller.annotation(annotationId)
  if (annotation === null) return 'The annotation is no longer there. The reference is in the library.'
  if (annotation.citations.some(({ reference }) => reference.id === stored.id))
    return 'The annotation cites this reference already.'
  const words = controller.text.text.slice(marker.start, Math.min(marker.end, marker.start + 200))
  const place = marker.kind === 'link' ? `linked at “${words}”` : `cited at ${words}`
  const locator = `${place}, ${controller.placeOf(marker)}`
  const draft = {
    query: '',
    chosen,
    citationId: newId(),
    stance: usualStance[annotation.rating],
    quote: '',
    locator: locator.slice(0, 300),
    quoteStart: null,
  }
  rememberReference(annotation.author.id, stored)
  const citations = [...annotation.citations, citationOf(draft, stored, undefined)]
  controller.edit(annotationId, { citations }, { label: 'Added a reference' })
  controller.answer(`Attached ${stored.title}`, { offersUndo: true })
  return null
}

/** Finds the reference for a target: one that the document cites under the same title, one of the library with the same identifier, or a new one. */
async function chooseReference(
  controller: ReviewController,
  { identifier, title }: KnownReference,
): Promise<Chosen | string> {
  const cited = [...controller.getState().review.data.annotations.values()].flatMap(({ citations }) => citations)
  const same = cited.find(({ reference }) => reference.title === title)
  if (same !== undefined) return { kind: 'library', reference: same.reference }
  const values = { ...emptyReference, title }
  if (identifier === null) return { kind: 'new', id: newId(), values: { ...values, type: 'document' } }
  const named = identifier.kind === 'doi' ? identifier.doi : identifier.url
  const found = await callApi<{ items: ReferenceSummary[] }>({
    method: 'GET',
    path: `/api/v1/references?${new URLSearchParams({ limit: '1', identifier: named }).toString()}`,
  })
  if (!found.ok) return `The library could not be searched, so nothing was attached. ${found.message}`
  const [known] = found.value.items
  if (known !== undefined) return { kind: 'library', reference: known }
  return {
    kind: 'new',
    id: newId(),
    values:
      identifier.kind === 'doi'
        ? { ...values, type: 'article-journal', doi: identifier.doi }
        : { ...values, type: 'webpage', url: identifier.url },
  }
}
