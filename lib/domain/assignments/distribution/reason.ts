import { z } from 'zod'
import { at, type Board, findObstacle, obstacles } from './problem'

/** Someone who could not be chosen, and why. */
const exclusionSchema = z.object({ reviewerId: z.string(), obstacle: z.enum(obstacles) })
export type Exclusion = z.infer<typeof exclusionSchema>

/** Why a reviewer was given a document: what was known when it was decided. Words are words of the text. */
export const assignmentReasonSchema = z.object({
  /**
   * `share`: chosen as one of those furthest behind their share. `room`: came in by an exchange that was needed to fill a place, because quotas
   * and conflicts left no direct way. `balance`: changed hands when loads were evened out.
   */
  step: z.enum(['share', 'room', 'balance']),
  words: z.number(),
  weight: z.number(),
  reviewersPerDocument: z.number(),
  /** What the reviewer held before, and their ideal share of this run, rounded to whole words. */
  loadBefore: z.number(),
  target: z.number(),
  /** How many could have taken the document then, the chosen one included. */
  candidates: z.number(),
  /** How many of them were as far behind as made no difference (half the words of the document), the chosen one included; 1 outside `share`. */
  equallyPlaced: z.number(),
  /** What decided between those: nothing to decide, the fewest documents shared with the others on it, or the draw by seed. */
  tie: z.enum(['none', 'fewest-shared', 'draw']),
  /** Who had it before, for `balance`. */
  takenFrom: z.string().optional(),
  /** Those who could not take it then, by id; the one it was taken from is not among them. */
  excluded: z.array(exclusionSchema),
  seed: z.number(),
})
export type AssignmentReason = z.infer<typeof assignmentReasonSchema>

/** Everyone who cannot take the document now, in order of id. */
export function listObstacles(board: Board, sheet: number): Exclusion[] {
  return board.seats.flatMap((seat, place) => {
    const obstacle = findObstacle(board, { sheet, seat: place })
    return obstacle === null ? [] : { reviewerId: seat.id, obstacle }
  })
}

/** The record of a decision: reasons by document and reviewer, and what all of them share. */
export interface Ledger {
  reasons: Map<string, AssignmentReason>
  targets: number[]
  seed: number
}

/** What differs from decision to decision. */
export type Decision = Pick<AssignmentReason, 'step' | 'equallyPlaced' | 'tie' | 'takenFrom'>

/** The key of `Ledger.reasons`. */
export function reasonKey(sheet: number, seat: number): string {
  return `${sheet}:${seat}`
}

/** Writes down why the reviewer at `seat` gets the document at `sheet`. To be called before the board changes. */
export function writeReason(
  board: Board,
  ledger: Ledger,
  { sheet, seat, ...decision }: Decision & { sheet: number; seat: number },
): void {
  const { words, weight, id } = at(board.seats, seat)
  const excluded = listObstacles(board, sheet).filter(
    ({ reviewerId }) => reviewerId !== id && reviewerId !== decision.takenFrom,
  )
  ledger.reasons.set(reasonKey(sheet, seat), {
    ...decision,
    words: at(board.sheets, sheet).words,
    weight,
    reviewersPerDocument: at(board.sheets, sheet).wanted,
    loadBefore: words,
    target: Math.round(at(ledger.targets, seat)),
    candidates: board.seats.length - excluded.length - (decision.takenFrom === undefined ? 0 : 1),
    excluded,
    seed: ledger.seed,
  })
}
