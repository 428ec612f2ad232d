import type { AnchorState } from '@/lib/domain/anchoring/anchor-spans'
import type { CarriedAnnotationView, CarryOutcome } from '@/lib/domain/revisions/schema'
import { mayDo, type Permit } from '../access/gate'
import { presentAnnotation, type AnnotationRow } from '../annotations/present'

/** An annotation of an earlier revision with what became of it in a later one. */
export interface CarriedRow {
  id: string
  revisionId: string
  from: AnnotationRow
  state: AnchorState
  score: number
  start: number | null
  end: number | null
  outcome: CarryOutcome
  toId: string | null
  decidedById: string | null
  decidedByName: string | null
  decidedAt: Date | null
  version: number
}

/** Whether the member may say what becomes of an annotation: its author and leads may. */
export function mayDecide({ actor }: Permit, from: AnnotationRow): boolean {
  return (
    mayDo(actor, 'carried-annotation.decide') && (from.authorId === actor.memberId || mayDo(actor, 'revision.create'))
  )
}

/** A row as answers show it. `text` is the text of the later revision. */
export function presentCarried(
  { from, decidedById, decidedByName, decidedAt, ...row }: CarriedRow,
  { permit, text }: { permit: Permit; text: string },
): CarriedAnnotationView {
  const { id, revisionId, state, score, start, end, outcome, toId, version } = row
  return {
    id,
    revisionId,
    from: presentAnnotation(from, permit.actor),
    state,
    score,
    start,
    end,
    words: start === null || end === null ? null : text.slice(start, end),
    outcome,
    toId,
    decidedBy: decidedById === null ? null : { id: decidedById, name: decidedByName ?? '' },
    decidedAt: decidedAt?.toISOString() ?? null,
    version,
    may: { decide: mayDecide(permit, from) },
  }
}
