/** A stretch of a snapshot: `quoted` when a citation's words stand there. Offsets are UTF-16 code units of the snapshot. */
export interface QuotePiece {
  start: number
  text: string
  quoted: boolean
}

/**
 * Cuts a text at the edges of quotes: the pieces joined are the text again. Overlapping or touching quotes become one piece; ranges that are
 * empty or leave the text are ignored.
 */
export function cutAtQuotes(text: string, quotes: readonly { start: number; end: number }[]): QuotePiece[] {
  const merged: { start: number; end: number }[] = []
  for (const { start, end } of [...quotes].sort((a, b) => a.start - b.start)) {
    if (start < 0 || end > text.length || start >= end) continue
    const last = merged.at(-1)
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end)
    else merged.push({ start, end })
  }
  const pieces: QuotePiece[] = []
  let at = 0
  for (const { start, end } of merged) {
    if (start > at) pieces.push({ start: at, text: text.slice(at, start), quoted: false })
    pieces.push({ start, text: text.slice(start, end), quoted: true })
    at = end
  }
  if (at < text.length) pieces.push({ start: at, text: text.slice(at), quoted: false })
  return pieces
}
