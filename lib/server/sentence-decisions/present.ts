import type { SentenceDecisionView } from '@/lib/domain/annotations/schema'

/** A sentence decision's row with its author's name. */
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
