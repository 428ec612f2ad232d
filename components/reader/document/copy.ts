/** What goes on the clipboard: the words as they stand, without what is folded away. */
import { DOMSerializer } from '@tiptap/pm/model'
import { quoteInPlainText, scriptIn } from '@/lib/domain/text/quotation'
import { positionOfOffset } from '@/lib/domain/text/text-index'
import type { TextPlaces } from '../text-places'
import type { TextRange } from '../types'

export interface CopyInput {
  range: TextRange
  places: TextPlaces
  isFolded: (offset: number) => boolean
}

/** The plain text of a range, block for block as in the canonical text but for raised and lowered characters, and the same as HTML. */
export function copyRange({ range, places, isFolded }: CopyInput): { text: string; html: string } {
  const { index, view } = places
  const { doc, schema } = view.state
  const serializer = DOMSerializer.fromSchema(schema)
  const holder = document.createElement('div')
  let text = ''
  for (const part of shownParts({ range, places, isFolded })) {
    text += quoteInPlainText(index.text.slice(part.start, part.end), scriptIn(index.scripts, part))
    const from = positionOfOffset(index, part.start)
    const to = positionOfOffset(index, part.end, -1)
    holder.append(serializer.serializeFragment(doc.slice(from, to, true).content))
  }
  return { text: text.trim(), html: holder.innerHTML }
}

/** The stretches of a range that are on the page, each with the white space that follows it in the text. */
function shownParts({ range, places, isFolded }: CopyInput): TextRange[] {
  const parts: TextRange[] = []
  let from = range.start
  const { blocks } = places.index
  for (const [number, block] of blocks.entries()) {
    if (block.end <= range.start) continue
    if (block.start >= range.end) break
    if (!isFolded(block.start)) continue
    if (block.start > from) parts.push({ start: from, end: block.start })
    from = blocks[number + 1]?.start ?? block.end
  }
  if (from < range.end) parts.push({ start: from, end: range.end })
  return parts
}
