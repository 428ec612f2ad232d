'use client'

import { useMemo, useRef, useState, useSyncExternalStore } from 'react'
import type { Rating, Stance } from '@/lib/domain/annotations/rating'
import type { AnnotationView, CitationView } from '@/lib/domain/annotations/schema'
import { againWish, endCiteAgain, subscribeToAgain } from '@/lib/client/annotations/cite-again'
import { recentReferences, rememberReference } from '@/lib/client/annotations/recent-references'
import { useReview } from '../review-context'
import { AttachEvidence } from './attach-evidence'
import { CitationList } from './citation-list'
import { useCardInView } from './use-card-in-view'

/** What a reference most likely says of words that were rated so. */
export const usualStance: Record<Rating, Stance> = {
  sourced: 'supports',
  contradicted: 'contradicts',
  unsourced: 'mentions',
  not_checkable: 'mentions',
}

export interface EvidencePanelProps {
  annotation: AnnotationView
  isChecking: boolean
  onSave: (citations: CitationView[], label: string) => void
  onClose: () => void
}

/** The references of an annotation, and one field to add another. Default export because it is loaded on first use. */
export default function EvidencePanel({ annotation, isChecking, onSave, onClose }: EvidencePanelProps) {
  const { id, author, citations, rating } = annotation
  const [edited, setEdited] = useState<CitationView | null>(null)
  const panel = useRef<HTMLElement>(null)
  useCardInView(panel)
  const annotations = useReview((state) => state.review.data.annotations)
  const recent = useMemo(() => recentReferences(author.id, annotations.values()), [author.id, annotations])
  const wish = useSyncExternalStore(subscribeToAgain, againWish, () => null)
  const isAgain = wish?.annotationId === id
  const close = () => {
    endCiteAgain()
    onClose()
  }
  const save = (citation: CitationView) => {
    const isKnown = citations.some((each) => each.id === citation.id)
    rememberReference(author.id, citation.reference)
    onSave(
      isKnown ? citations.map((each) => (each.id === citation.id ? citation : each)) : [...citations, citation],
      isKnown ? 'Changed a reference' : 'Added a reference',
    )
    close()
  }
  return (
    <section
      ref={panel}
      aria-label="Evidence"
      data-own-escape
      className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-3 overflow-y-auto overscroll-contain border-t border-line pt-3 pb-1"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.nativeEvent.isComposing) return
        event.stopPropagation()
        close()
      }}
    >
      <CitationList
        citations={edited === null ? citations : citations.filter((each) => each.id !== edited.id)}
        isChecking={isChecking}
        onEdit={setEdited}
        onRemove={(citation) => {
          onSave(
            citations.filter((each) => each.id !== citation.id),
            'Removed a reference',
          )
        }}
      />
      {edited === null ? (
        <AttachEvidence
          key={isAgain ? wish.number : 'new'}
          draftKey={id}
          stance={usualStance[rating]}
          reference={isAgain ? recent[0] : undefined}
          recent={recent}
          onAttach={save}
          onClose={close}
        />
      ) : (
        <AttachEvidence
          key={edited.id}
          draftKey={`${id} ${edited.id}`}
          stance={edited.stance}
          citation={edited}
          recent={recent}
          onAttach={save}
          onClose={close}
        />
      )}
    </section>
  )
}
