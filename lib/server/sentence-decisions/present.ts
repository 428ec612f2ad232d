import type { SentenceDecisionView } from '@/lib/domain/annotations/schema'

/** The columns a sentence decision is presented from. */
export const decisionColumns = {
  id: true,
  revisionId: true,
  authorId: true,
  start: true,
  end: true,
  createdAt: true,
  author: { select: { user: { select: { name: true } } } },
} as const

/** A row read with `decisionColumns`. */
export interface DecisionRow {
  id: string
  revisionId: string
  authorId: string
  start: number
  end: number
  createdAt: Date
  author: { user: { name: string } }
}

/** A sentence decision as answers show it. */
export function presentDecision({ authorId, author, createdAt, ...row }: DecisionRow): SentenceDecisionView {
  const { id, revisionId, start, end } = row
  return {
    id,
    revisionId,
    author: { id: authorId, name: author.user.name },
    start,
    end,
    createdAt: createdAt.toISOString(),
  }
}
