'use client'

import type { Rating, Stance } from '@/lib/domain/annotations/rating'
import type { EvidenceView } from '@/lib/domain/claims/schema'
import { AttachEvidence } from '@/components/annotations/evidence/attach-evidence'

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
  return (
    <section
      aria-label="Add evidence"
      className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-3 rounded-md border border-line p-3"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.nativeEvent.isComposing) return
        event.stopPropagation()
        onClose()
      }}
    >
      <AttachEvidence
        draftKey={null}
        stance={(rating === null || rating === undefined ? undefined : usualStance[rating]) ?? 'mentions'}
        recent={[]}
        onAttach={({ stance, quote, locator, reference }) => {
          onAdd({ stance, quote, locator, reference })
        }}
        onClose={onClose}
      />
    </section>
  )
}
