import { at, type Board, isOpen } from './distribute-board'

interface Bounds {
  weight: number
  low: number
  high: number
}

function fill(bounds: readonly Bounds[], level: number): number[] {
  return bounds.map(({ weight, low, high }) => Math.min(Math.max(level * weight, low), Math.max(low, high)))
}

/**
 * Divides `total` in proportion to the weights, nobody below `low` or above `high`: what a bound takes away or adds is shared by the others in
 * proportion again (water filling). When the upper bounds together are below the total, everyone is at theirs.
 */
function divide(bounds: readonly Bounds[], total: number): number[] {
  const sum = (level: number): number => fill(bounds, level).reduce((left, right) => left + right, 0)
  let low = 0
  let high = Math.max(1, ...bounds.map((bound) => bound.high / bound.weight))
  // Sixty halvings leave less than a millionth of a word.
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2
    if (sum(middle) < total) low = middle
    else high = middle
  }
  return fill(bounds, high)
}

/**
 * The ideal share of every reviewer, in words (seldom a whole number): all words of all places that are or will be filled, in proportion to the
 * weights. Nobody's share is below what they hold already, nor above what conflicts leave them, their quota of words, or their quota of
 * documents at the average length of what they may still get.
 */
export function computeTargets(board: Board, total: number): number[] {
  const bounds = board.seats.map((seat, place) => {
    const lengths = board.sheets
      .filter((sheet, index) => seat.given.has(index) || (sheet.standing < board.wanted && isOpen(board, { sheet: index, seat: place })))
      .map((sheet) => sheet.words)
    const open = lengths.reduce((sum, words) => sum + words, 0)
    const givenWords = [...seat.given].reduce((sum, index) => sum + at(board.sheets, index).words, 0)
    const standing = seat.words - givenWords
    const left = Math.max(0, seat.quotaDocuments - (seat.documents - seat.given.size))
    const byDocuments = left >= lengths.length ? open : (open / lengths.length) * left
    return {
      weight: seat.weight,
      low: standing,
      high: standing + Math.max(0, Math.min(open, byDocuments, seat.quotaWords - standing)),
    }
  })
  return divide(bounds, total)
}
