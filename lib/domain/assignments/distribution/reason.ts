import { z } from 'zod'
import { at, type Board, findObstacle, obstacles } from './problem'

/** A reviewer who could not be chosen, and why. */
const exclusionSchema = z.object({ reviewerId: z.string(), obstacle: z.enum(obstacles) })
export type Exclusion = z.infer<typeof exclusionSchema>

/** Why a reviewer was given a document, as known at the time of the decision. Words are words of the text. */
export const assignmentReasonSchema = z.object({
  /**
   * `share`: chosen among those furthest behind their share. `room`: by an exchange that was needed to fill a place, because quotas and conflicts
   * left no direct way. `balance`: moved when loads were evened out.
   */
  step: z.enum(['share', 'room', 'balance']),
  words: z.number(),
  weight: z.number(),
  reviewersPerDocument: z.number(),
  /** The reviewer's load before, and their ideal share of this run, rounded to whole words. */
  loadBefore: z.number(),
  target: z.number(),
  /** The number of reviewers who could have taken the document then, including the chosen one. */
  candidates: z.number(),
  /** The number of them who were about equally far behind (within half the words of the document), including the chosen one; 1 outside `share`. */
  equallyPlaced: z.number(),
  /** What decided between those: nothing (there was only one), the fewest documents shared with its other reviewers, or the draw by seed. */
  tie: z.enum(['none', 'fewest-shared', 'draw']),
  /** For `balance`, the reviewer who had it before. */
  takenFrom: z.string().optional(),
  /** Reviewers who could not take it then, by id, without the one from whom it was taken. */
  excluded: z.array(exclusionSchema),
  seed: z.number(),
})
export type AssignmentReason = z.infer<typeof assignmentReasonSchema>

/** All reviewers who cannot take the document now, by id. */
export function listObstacles(board: Board, sheet: number): Exclusion[] {
  return board.seats.flatMap((seat, place) => {
    const obstacle = findObstacle(board, { sheet, seat: place })
    return obstacle === null ? [] : { reviewerId: seat.id, obstacle }
  })
}

/** The record of all decisions: reasons by document and reviewer, and the facts common to them. */
export interface Ledger {
  reasons: Map<string, AssignmentReason>
  targets: number[]
  seed: number
}

/** The facts that differ between decisions. */
export type Decision = Pick<AssignmentReason, 'step' | 'equallyPlaced' | 'tie' | 'takenFrom'>

/** The key of `Ledger.reasons`. */
export function reasonKey(sheet: number, seat: number): string {
  return `${sheet}:${seat}`
}

/** Records why the reviewer at `seat` gets the document at `sheet`. Call it before the board changes. */
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
