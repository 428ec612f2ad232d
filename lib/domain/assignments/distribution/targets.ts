import { at, type Board, isOpen } from './problem'

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

interface Room {
  standing: number
  /** The words of all documents the reviewer has or could have got in this run, and how many they are. */
  openWords: number
  openDocuments: number
  /** Documents the quota leaves for this run. */
  left: number
}

function measureRoom(board: Board, place: number): Room {
  const seat = at(board.seats, place)
  const open = board.sheets.filter(
    (sheet, index) =>
      seat.given.has(index) || (sheet.standing < sheet.wanted && isOpen(board, { sheet: index, seat: place })),
  )
  return {
    standing: seat.words - sumWords([...seat.given].map((index) => at(board.sheets, index))),
    openWords: sumWords(open),
    openDocuments: open.length,
    left: Math.max(0, seat.quotaDocuments - (seat.documents - seat.given.size)),
  }
}

function sumWords(items: readonly { words: number }[]): number {
  return items.reduce((sum, { words }) => sum + words, 0)
}

/**
 * The ideal share of every reviewer, in words (seldom a whole number): `total`, the words of all places that are or will be filled, in
 * proportion to the weights. Nobody's share is below what stands already, nor above what conflicts leave them or their quota of words; a quota of
 * documents counts at the average length of what has been given out, or before that of what they could get. When quotas of documents would
 * leave words over, because the long documents were given out, these words are divided the same way.
 */
export function computeTargets(board: Board, total: number): number[] {
  const givenDocuments = board.seats.flatMap(({ given }) => [...given].map((index) => at(board.sheets, index)))
  const averageGiven = givenDocuments.length === 0 ? null : sumWords(givenDocuments) / givenDocuments.length
  const bounds = board.seats.map((seat, place) => {
    const { standing, openWords, openDocuments, left } = measureRoom(board, place)
    const average = averageGiven ?? (openDocuments === 0 ? 0 : openWords / openDocuments)
    const most = Math.max(0, Math.min(openWords, seat.quotaWords - standing))
    const byDocuments = left >= openDocuments ? most : Math.min(most, left * average)
    return { weight: seat.weight, low: standing, high: standing + byDocuments, most: standing + most }
  })
  const highest = bounds.reduce((sum, { high }) => sum + high, 0)
  return highest >= total
    ? divide(bounds, total)
    : divide(
        bounds.map(({ weight, high, most }) => ({ weight, low: high, high: most })),
        total,
      )
}
