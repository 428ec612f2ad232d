'use client'

import { useState } from 'react'
import type { AnnotationView, CitationView } from '@/lib/domain/annotations/schema'
import type { Rating, Stance } from '@/lib/domain/annotations/rating'
import type { ReferenceSummary } from '@/lib/domain/references/schema'
import { Button } from '@/components/ui/button'
import { Segmented } from '@/components/ui/segmented'
import { TextArea } from '@/components/ui/text-area'
import { TextField } from '@/components/ui/text-field'
import { CitationList } from './citation-list'
import { NewReference } from './new-reference'
import { ReferenceSearch } from './reference-search'

const stanceOptions = [
  { value: 'supports', label: 'Supports' },
  { value: 'contradicts', label: 'Contradicts' },
  { value: 'mentions', label: 'Mentions' },
] as const satisfies readonly { value: Stance; label: string }[]

const usualStance: Record<Rating, Stance> = {
  sourced: 'supports',
  contradicted: 'contradicts',
  unsourced: 'mentions',
  not_checkable: 'mentions',
}

export interface EvidencePanelProps {
  annotation: AnnotationView
  isChecking: boolean
  newId: () => string
  onSave: (citations: CitationView[], label: string) => void
  onClose: () => void
}

type Step = { kind: 'pick' } | { kind: 'create'; title: string } | { kind: 'cite'; draft: CitationView }

/** The references of an annotation, and adding one: from the library or new, with stance, quote and place. Default export because it is loaded on first use. */
export default function EvidencePanel({ annotation, isChecking, newId, onSave, onClose }: EvidencePanelProps) {
  const { citations } = annotation
  const [step, setStep] = useState<Step>({ kind: 'pick' })
  const [isAdding, setAdding] = useState(citations.length === 0)

  const cite = (reference: ReferenceSummary) => {
    const draft = {
      id: newId(),
      stance: usualStance[annotation.rating],
      quote: '',
      locator: '',
      quoteStart: null,
      quoteEnd: null,
      reference,
    }
    setStep({ kind: 'cite', draft })
  }
  const done = () => {
    setStep({ kind: 'pick' })
    setAdding(false)
  }
  return (
    <section
      aria-label="Evidence"
      data-own-escape
      className="grid gap-3 border-t border-line pt-3"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        if (step.kind === 'pick') onClose()
        else setStep({ kind: 'pick' })
      }}
    >
      <CitationList
        citations={step.kind === 'cite' ? citations.filter(({ id }) => id !== step.draft.id) : citations}
        isChecking={isChecking}
        onEdit={(citation) => {
          setStep({ kind: 'cite', draft: citation })
        }}
        onRemove={(citation) => {
          onSave(
            citations.filter(({ id }) => id !== citation.id),
            'Removed a reference',
          )
        }}
      />
      {step.kind === 'cite' ? (
        <CitationForm
          key={step.draft.id}
          draft={step.draft}
          isNew={!citations.some(({ id }) => id === step.draft.id)}
          onCancel={done}
          onSave={(citation) => {
            const isKnown = citations.some(({ id }) => id === citation.id)
            onSave(
              isKnown ? citations.map((each) => (each.id === citation.id ? citation : each)) : [...citations, citation],
              isKnown ? 'Changed a reference' : 'Added a reference',
            )
            done()
          }}
        />
      ) : step.kind === 'create' ? (
        <NewReference
          title={step.title}
          onCancel={() => {
            setStep({ kind: 'pick' })
          }}
          onMade={cite}
        />
      ) : isAdding ? (
        <ReferenceSearch
          onPick={cite}
          onCreate={(title) => {
            setStep({ kind: 'create', title })
          }}
        />
      ) : (
        <div className="flex flex-wrap gap-2">
          <Button
            size="small"
            autoFocus
            onClick={() => {
              setAdding(true)
            }}
          >
            Add another reference
          </Button>
          <Button size="small" variant="primary" onClick={onClose}>
            Done
          </Button>
        </div>
      )}
    </section>
  )
}

/** Stance, quote and place of one citation. */
export function CitationForm({
  draft,
  isNew,
  onSave,
  onCancel,
}: {
  draft: CitationView
  isNew: boolean
  onSave: (citation: CitationView) => void
  onCancel: () => void
}) {
  const [stance, setStance] = useState(draft.stance)
  const [quote, setQuote] = useState(draft.quote)
  const [locator, setLocator] = useState(draft.locator)
  return (
    <form
      className="grid gap-3 rounded-md bg-sunken p-3"
      onSubmit={(event) => {
        event.preventDefault()
        const isSameQuote = quote === draft.quote
        onSave({
          ...draft,
          stance,
          quote,
          locator,
          quoteStart: isSameQuote ? draft.quoteStart : null,
          quoteEnd: isSameQuote ? draft.quoteEnd : null,
        })
      }}
    >
      <p dir="auto" className="font-medium">
        {draft.reference.title}
      </p>
      <Segmented
        legend="What it says of these words"
        name={`stance-${draft.id}`}
        options={stanceOptions}
        value={stance}
        onChange={setStance}
      />
      <TextArea
        label="Quote"
        hint={
          draft.reference.hasSnapshot
            ? 'Word for word: it is looked up in the kept text.'
            : 'Word for word, so that others can find it.'
        }
        optional
        autoFocus
        rows={2}
        maxLength={10_000}
        className="min-h-14 font-serif"
        value={quote}
        onChange={(event) => {
          setQuote(event.currentTarget.value)
        }}
      />
      <TextField
        label="Place"
        optional
        placeholder="p. 12, table 3"
        maxLength={300}
        autoComplete="off"
        value={locator}
        onChange={(event) => {
          setLocator(event.currentTarget.value)
        }}
      />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" size="small" variant="primary">
          {isNew ? 'Attach' : 'Save'}
        </Button>
        <Button size="small" variant="quiet" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  )
}
