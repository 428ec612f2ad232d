/** Which character of the text lies under a point of the screen. */
import type { TextDom } from './text-dom'

function caretAt(page: Document, x: number, y: number): { node: Node; offset: number } | null {
  if ('caretPositionFromPoint' in page) {
    const caret = page.caretPositionFromPoint(x, y)
    return caret === null ? null : { node: caret.offsetNode, offset: caret.offset }
  }
  const older: unknown = Reflect.get(page, 'caretRangeFromPoint')
  if (typeof older !== 'function') return null
  const range: unknown = older.call(page, x, y)
  return range instanceof Range ? { node: range.startContainer, offset: range.startOffset } : null
}

/**
 * The offset of the character whose box holds the point (in viewport pixels), or null when the point is beside the words.
 * The browser answers the nearest gap between characters; which side of the gap was meant is told by the characters' boxes.
 */
export function offsetUnder(dom: TextDom, x: number, y: number): number | null {
  const caret = caretAt(dom.root.ownerDocument, x, y)
  if (caret === null || caret.node.nodeType !== Node.TEXT_NODE || !dom.root.contains(caret.node)) return null
  const length = caret.node.nodeValue?.length ?? 0
  const probe = dom.root.ownerDocument.createRange()
  for (const at of [caret.offset - 1, caret.offset]) {
    if (at < 0 || at >= length) continue
    probe.setStart(caret.node, at)
    probe.setEnd(caret.node, at + 1)
    for (const box of probe.getClientRects()) {
      if (x >= box.left && x < box.right && y >= box.top && y < box.bottom) return dom.offsetAt(caret.node, at, 1)
    }
  }
  return null
}
