'use client'

import { useState } from 'react'
import type { Rating, Stance } from '@/lib/domain/annotations/rating'
import type { CitationView } from '@/lib/domain/annotations/schema'
import type { EvidenceView } from '@/lib/domain/claims/schema'
import type { ReferenceSummary } from '@/lib/domain/references/schema'
import { CitationForm } from '@/components/annotations/evidence-panel'
import { NewReference } from '@/components/annotations/new-reference'
import { ReferenceSearch } from '@/components/annotations/reference-search'
import { newId } from '@/lib/client/new-id'

type Step = { kind: 'pick' } | { kind: 'create'; title: string } | { kind: 'cite'; draft: CitationView }

const usualStance: Partial<Record<Rating, Stance>> = { sourced: 'supports', contradicted: 'contradicts' }

/** Evidence that no reviewer cited: a reference of the library or a new one, with stance, quote and place. Default export because it is loaded on first use. */
export default function AddEvidence({
  rating,
  onAdd,
  onClose,
}: {
  rating: Rating | null | undefined
  onAdd: (evidence: EvidenceView) => void
  onClose: () => void
}) {
  const [step, setStep] = useState<Step>({ kind: 'pick' })
  const cite = (reference: ReferenceSummary) => {
    const stance = (rating === null || rating === undefined ? undefined : usualStance[rating]) ?? 'mentions'
    setStep({
      kind: 'cite',
      draft: { id: newId(), stance, quote: '', locator: '', quoteStart: null, quoteEnd: null, reference },
    })
  }
  return (
    <section
      aria-label="Add evidence"
      className="grid gap-3 rounded-md border border-line p-3"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        if (step.kind === 'pick') onClose()
        else setStep({ kind: 'pick' })
      }}
    >
      {step.kind === 'cite' ? (
        <CitationForm
          draft={step.draft}
          isNew
          onCancel={onClose}
          onSave={({ stance, quote, locator, reference }) => {
            onAdd({ stance, quote, locator, reference })
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
      ) : (
        <ReferenceSearch
          onPick={cite}
          onCreate={(title) => {
            setStep({ kind: 'create', title })
          }}
        />
      )}
    </section>
  )
}
