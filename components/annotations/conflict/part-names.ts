import type { AnnotationPart } from '@/lib/client/outbox/change'

/** The parts of an annotation as people call them. */
export const partNames: Record<AnnotationPart, string> = {
  passage: 'Passage',
  rating: 'Rating',
  disputed: 'Disputed',
  partial: 'Partial',
  note: 'Note',
  tags: 'Tags',
  citations: 'References',
}
