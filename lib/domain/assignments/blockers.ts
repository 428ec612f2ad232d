import { z } from 'zod'
import { isFinished, type AssignmentState } from './states'
import { idSchema } from '../fields'
import type { SessionState } from '../review-sessions/states'

/** The kinds of blockers, the most pressing first. */
export const blockerKinds = [
  'overdue',
  'left-team',
  'unassigned',
  'not-started',
  'returned',
  'no-adjudicator',
  'open-claims',
] as const

/** A blocker of a session as a sentence, with the members and documents concerned. `count` is the number in the sentence. */
export const blockerSchema = z.object({
  kind: z.enum(blockerKinds),
  count: z.number().int(),
  message: z.string(),
  memberIds: z.array(idSchema),
  documentIds: z.array(idSchema),
})
export type Blocker = z.infer<typeof blockerSchema>

/** How long before its due date work that has not started is reported, in ms: two days. */
export const nearDue = 48 * 60 * 60 * 1000

/** The inputs for finding blockers. */
export interface BlockerFacts {
  state: SessionState
  /** Milliseconds since 1970. */
  now: number
  reviewers: readonly { id: string; name: string; active: boolean }[]
  /** Members who adjudicate and may still work; null when the current member may not know. */
  adjudicators: number | null
  documents: readonly {
    id: string
    /** Places that the protocol wants and that are still free; null when the current member may not know. */
    missing: number | null
    openClaims: number | null
    cells: readonly { memberId: string; state: AssignmentState; dueAt: string | null; overdue: boolean }[]
  }[]
}

function plural(count: number, one: string, many: string): string {
  return `${String(count)} ${count === 1 ? one : many}`
}

interface Held {
  memberId: string
  documentId: string
}

/** One blocker per reviewer, those with the most documents first. */
function byReviewer(
  { reviewers }: BlockerFacts,
  { kind, held, say }: { kind: Blocker['kind']; held: readonly Held[]; say: (name: string, count: number) => string },
): Blocker[] {
  const documentsOf = new Map<string, string[]>()
  for (const { memberId, documentId } of held) {
    const documents = documentsOf.get(memberId)
    if (documents === undefined) documentsOf.set(memberId, [documentId])
    else documents.push(documentId)
  }
  const names = new Map(reviewers.map(({ id, name }) => [id, name]))
  return [...documentsOf]
    .map(([memberId, documentIds]) => ({
      kind,
      count: documentIds.length,
      message: say(names.get(memberId) ?? '', documentIds.length),
      memberIds: [memberId],
      documentIds,
    }))
    .sort((one, other) => other.count - one.count || (one.message < other.message ? -1 : 1))
}

function sumOf(counts: readonly (number | null)[]): number {
  return counts.reduce<number>((sum, count) => sum + (count ?? 0), 0)
}

/**
 * The blockers of a session, the most pressing first; empty for a draft and for a closed session. Each cell is counted once: overdue work is not also
 * reported as not started.
 */
export function findBlockers(facts: BlockerFacts): Blocker[] {
  if (facts.state === 'draft' || facts.state === 'closed') return []
  const { documents, reviewers, now } = facts
  if (facts.state === 'adjudication') {
    const open = documents.filter(({ openClaims }) => openClaims !== null && openClaims > 0)
    const count = sumOf(open.map(({ openClaims }) => openClaims))
    if (count === 0) return []
    const message = `${plural(count, 'claim has', 'claims have')} no verdict, in ${plural(open.length, 'document', 'documents')}.`
    return [
      ...missingAdjudicator(facts),
      { kind: 'open-claims', count, message, memberIds: [], documentIds: open.map(({ id }) => id) },
    ]
  }
  const left = new Set(reviewers.filter(({ active }) => !active).map(({ id }) => id))
  const held: Record<'overdue' | 'left' | 'waiting' | 'returned', Held[]> = {
    overdue: [],
    left: [],
    waiting: [],
    returned: [],
  }
  for (const { id: documentId, cells } of documents) {
    for (const { memberId, state, dueAt, overdue } of cells) {
      if (isFinished(state)) continue
      const place = { memberId, documentId }
      if (left.has(memberId)) held.left.push(place)
      else if (overdue) held.overdue.push(place)
      else if (state === 'returned') held.returned.push(place)
      else if (state === 'assigned' && dueAt !== null && Date.parse(dueAt) - now <= nearDue) held.waiting.push(place)
    }
  }
  const short = documents.filter(({ missing }) => missing !== null && missing > 0)
  const places = sumOf(short.map(({ missing }) => missing))
  return [
    ...byReviewer(facts, {
      kind: 'overdue',
      held: held.overdue,
      say: (name, count) => `${name}: ${plural(count, 'document is', 'documents are')} past the due date.`,
    }),
    ...byReviewer(facts, {
      kind: 'left-team',
      held: held.left,
      say: (name, count) =>
        `${name} can no longer work here, with ${plural(count, 'document', 'documents')} not submitted.`,
    }),
    ...(places === 0
      ? []
      : [
          {
            kind: 'unassigned' as const,
            count: places,
            message: `${plural(short.length, 'document lacks', 'documents lack')} reviewers: ${plural(places, 'place is', 'places are')} free.`,
            memberIds: [],
            documentIds: short.map(({ id }) => id),
          },
        ]),
    ...byReviewer(facts, {
      kind: 'not-started',
      held: held.waiting,
      say: (name, count) => `${name} has not started ${plural(count, 'document', 'documents')} due within two days.`,
    }),
    ...byReviewer(facts, {
      kind: 'returned',
      held: held.returned,
      say: (name, count) => `${name} has ${plural(count, 'document', 'documents')} to do again.`,
    }),
    ...missingAdjudicator(facts),
  ]
}

function missingAdjudicator({ adjudicators }: BlockerFacts): Blocker[] {
  if (adjudicators !== 0) return []
  const message = 'Nobody adjudicates: name a member who does.'
  return [{ kind: 'no-adjudicator', count: 1, message, memberIds: [], documentIds: [] }]
}
