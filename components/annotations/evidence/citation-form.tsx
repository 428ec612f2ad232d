'use client'

import { Suspense, useEffect, useEffectEvent, useRef, type RefObject } from 'react'
import { lazyPart } from '@/lib/client/lazy-part'
import type { Stance } from '@/lib/domain/annotations/rating'
import { ReferenceFields } from '@/components/references/reference-fields'
import type { ReferenceErrors, ReferenceValues } from '@/components/references/reference-values'
import type { ReferenceSummary } from '@/lib/domain/references/schema'
import type { PageStart } from '@/lib/domain/text/pages'
import { Button } from '@/components/ui/controls/button'
import { Segmented } from '@/components/ui/controls/choices'
import { TextField, TextArea } from '@/components/ui/controls/field'
import { Refusal } from '@/components/ui/controls/refusal'
import { QuoteFound, useQuotePlace, mostShown, useKeptText, usePageWords } from './kept-quote'

const KeptText = lazyPart(() => import('./kept-text').then(({ KeptText }) => KeptText))

const stanceOptions = [
  { value: 'supports', label: 'Supports' },
  { value: 'contradicts', label: 'Contradicts' },
  { value: 'mentions', label: 'Mentions' },
] as const satisfies readonly { value: Stance; label: string }[]

/** The cited reference: one of the library, or a new one that is created on attaching. */
export type Chosen =
  { kind: 'library'; reference: ReferenceSummary } | { kind: 'new'; id: string; values: ReferenceValues }

/** The draft of a citation that is not attached yet. */
export interface EvidenceDraft {
  query: string
  chosen: Chosen | null
  citationId: string
  stance: Stance
  quote: string
  locator: string
  /** Where the quote was taken from in the kept text, in UTF-16 code units; null when it was typed or pasted. */
  quoteStart: number | null
}

export interface CitationFormProps {
  draft: EvidenceDraft
  chosen: Chosen
  isNew: boolean
  busy: boolean
  errors: ReferenceErrors
  refusal: string | null
  onChange: (part: Partial<EvidenceDraft>) => void
  onAttach: () => void
  /** Goes back to choosing a reference. */
  onOther: () => void
  onClose: () => void
}

/** The form of a citation: stance, quote and locator, and for a new reference as many of its details as one likes. */
export function CitationForm(props: CitationFormProps) {
  const { draft, chosen, isNew, busy, errors, refusal, onChange, onAttach, onOther, onClose } = props
  const quote = useRef<HTMLTextAreaElement>(null)
  const form = useRef<HTMLFormElement>(null)
  const { library, keptText, place, onPages, takeQuote } = useQuoteInText({ draft, chosen, onChange })
  const isUntitled = chosen.kind === 'new' && chosen.values.title === ''
  const firstError = Object.keys(errors)[0]
  useFocus({ form, quote, isUntitled, firstError })

  return (
    <form
      ref={form}
      noValidate
      className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        event.stopPropagation()
        onAttach()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return
        event.preventDefault()
        event.stopPropagation()
        onAttach()
      }}
    >
      <ChosenReference chosen={chosen} onOther={onOther} />
      <Segmented
        legend="What it says of these words"
        name={`stance-${draft.citationId}`}
        options={stanceOptions}
        value={draft.stance}
        className="w-fit max-w-full flex-wrap"
        onChange={(stance) => {
          onChange({ stance })
        }}
      />
      <TextArea
        ref={quote}
        label="Quote"
        optional
        rows={2}
        maxLength={10_000}
        placeholder="Paste the words it says"
        className="min-h-14 font-serif"
        value={draft.quote}
        onChange={(event) => {
          onChange({ quote: event.currentTarget.value, quoteStart: null })
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
          event.preventDefault()
          event.stopPropagation()
          onAttach()
        }}
      />
      {keptText !== null && (
        <QuoteFound text={keptText} place={place} onPages={onPages} shownTo={library === null ? 0 : mostShown} />
      )}
      {library !== null && (
        <Suspense>
          <KeptText
            text={library.text}
            language={library.language}
            quoted={place === 'none' ? null : place}
            onSelect={takeQuote}
          />
        </Suspense>
      )}
      <TextField
        label="Place"
        optional
        placeholder="p. 12, table 3"
        maxLength={300}
        autoComplete="off"
        value={draft.locator}
        onChange={(event) => {
          onChange({ locator: event.currentTarget.value })
        }}
      />
      {chosen.kind === 'new' && (
        <NewReference
          chosen={chosen}
          errors={errors}
          isOpen={isUntitled || firstError !== undefined}
          onChange={onChange}
        />
      )}
      <Refusal>{refusal}</Refusal>
      <Buttons isNew={isNew} busy={busy} onClose={onClose} />
    </form>
  )
}

const none: readonly PageStart[] = []

/** Finds a draft's quote in the kept text of its reference, with its pages, and takes another quote from there. */
function useQuoteInText({ draft, chosen, onChange }: Pick<CitationFormProps, 'draft' | 'chosen' | 'onChange'>) {
  const library = useKeptText(chosen.kind === 'library' ? chosen.reference : null)
  const pasted = chosen.kind === 'new' ? chosen.values.snapshotText : ''
  const keptText = library?.text ?? (pasted === '' ? null : pasted)
  const place = useQuotePlace({ text: keptText ?? '', quote: draft.quote, near: draft.quoteStart })
  const pages = chosen.kind === 'new' ? chosen.values.snapshotFile?.pages : library?.pages
  const pageWords = usePageWords(pages ?? none)
  const onPages = pageWords(place)
  const fillLocator = useFilledLocator({ draft, onPages, onChange })
  const takeQuote = ({ words, start }: { words: string; start: number }) => {
    onChange({ quote: words, quoteStart: start })
    fillLocator(pageWords({ start, end: start + words.length }))
  }
  return { library, keptText, place, onPages, takeQuote }
}

/**
 * Fills the locator with the page of the quote, once that is known, unless another locator is written there. A filled-in page follows the quote. One
 * that the person removed stays out until the quote is on another page.
 * @returns fills the locator at once
 */
function useFilledLocator({
  draft,
  onPages,
  onChange,
}: Pick<CitationFormProps, 'draft' | 'onChange'> & { onPages: string }): (words: string) => void {
  const filled = useRef('')
  const fill = (words: string) => {
    if (draft.locator === words) filled.current = words
    if (words === '' || (draft.locator !== '' && draft.locator !== filled.current)) return
    filled.current = words
    if (words !== draft.locator) onChange({ locator: words })
  }
  const follow = useEffectEvent(fill)
  useEffect(() => {
    follow(onPages)
  }, [onPages])
  return fill
}

function Buttons({ isNew, busy, onClose }: Pick<CitationFormProps, 'isNew' | 'busy' | 'onClose'>) {
  return (
    <div className="flex flex-wrap gap-2">
      <Button type="submit" size="small" variant="primary" busy={busy} title="Ctrl Enter">
        {isNew ? 'Attach' : 'Save'}
      </Button>
      <Button size="small" variant="quiet" title="Escape: keep this for later" onClick={onClose}>
        Close
      </Button>
    </div>
  )
}

/** Focuses the quote, or the title that a new reference lacks, and later the first field with an error. */
function useFocus({
  form,
  quote,
  isUntitled,
  firstError,
}: {
  form: RefObject<HTMLFormElement | null>
  quote: RefObject<HTMLTextAreaElement | null>
  isUntitled: boolean
  firstError: string | undefined
}): void {
  const focusFirst = useEffectEvent(() => {
    const title = form.current?.querySelector<HTMLElement>('[name="title"]')
    const first = isUntitled ? title : quote.current
    first?.focus({ preventScroll: true })
  })
  useEffect(() => {
    focusFirst()
  }, [])
  useEffect(() => {
    if (firstError !== undefined) form.current?.querySelector<HTMLElement>(`[name="${firstError}"]`)?.focus()
  }, [firstError, form])
}

/** The known details of a reference that is created on attaching. */
function NewReference({
  chosen,
  errors,
  isOpen,
  onChange,
}: {
  chosen: Extract<Chosen, { kind: 'new' }>
  isOpen: boolean
} & Pick<CitationFormProps, 'errors' | 'onChange'>) {
  return (
    <details open={isOpen ? true : undefined} className="group">
      <summary className="w-fit rounded-sm text-sm font-medium text-accent">Title, author, date, text</summary>
      <div className="mt-3 grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4">
        <ReferenceFields
          compact
          values={chosen.values}
          errors={errors}
          onChange={(part) => {
            onChange({ chosen: { ...chosen, values: { ...chosen.values, ...part } } })
          }}
        />
      </div>
    </details>
  )
}

function ChosenReference({ chosen, onOther }: { chosen: Chosen; onOther: () => void }) {
  const { title, url, doi } = chosen.kind === 'library' ? chosen.reference : chosen.values
  const address = doi === '' ? url : doi
  return (
    <div className="flex min-w-0 items-start justify-between gap-3">
      <p className="min-w-0 text-sm [overflow-wrap:anywhere]">
        <span dir="auto" className="block font-medium">
          {title === '' ? 'New reference' : title}
        </span>
        {address !== '' && (
          <span dir="ltr" className="line-clamp-1 text-xs text-ink-3">
            {address}
          </span>
        )}
        {chosen.kind === 'new' && <span className="block text-xs text-ink-3">New in the library</span>}
      </p>
      <button
        type="button"
        className="shrink-0 rounded-sm text-xs font-medium text-accent underline-offset-2 hover:underline"
        onClick={onOther}
      >
        Other reference
      </button>
    </div>
  )
}
