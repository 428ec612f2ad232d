import type { BlockNode, InlineNode, ListItemNode, TableCellNode, TableRowNode } from '../model'

/** Takes the place of a ">" while the text behind it is read. It is a space used in Ogham alone, so the reader skips it like other white space. */
export const quoteSpace = '\u1680'

const quoteMark = new RegExp(`^([ \\t${quoteSpace}]*)>`, 'gm')

type Part = BlockNode | ListItemNode | TableRowNode | TableCellNode

/**
 * Reads a text in which each line begins with ">", as in an answered letter. `read` reads it as if the marks were not there; then they are put back
 * as syntax, with the white space behind them. No character is lost or moved. Blocks in a quotation carry no scope, and no title.
 */
export function readQuoted(text: string, read: (inner: string) => BlockNode[]): BlockNode[] {
  const marks = new Set([...text.matchAll(quoteMark)].map((match) => match.index + match[0].length - 1))
  const blocks = read(text.replace(quoteMark, `$1${quoteSpace}`))
  const place = { at: 0 }
  let last: { content?: InlineNode[] | undefined } | null = null
  for (const block of blocks) {
    if (block.attrs) block.attrs.scope = null
    if (block.type === 'heading' && block.attrs.level === 1) block.attrs.level = 2
    last = restoreMarks(block, text, { marks, place }) ?? last
  }
  const rest = text.slice(place.at).trim()
  if (rest !== '' && last)
    last.content = [
      ...(last.content ?? []),
      { type: 'text', text: text.slice(place.at).trimEnd(), marks: [{ type: 'syntax' }] },
    ]
  return blocks
}

interface Restoring {
  marks: ReadonlySet<number>
  place: { at: number }
}

/**
 * Puts the marks back into the text blocks in and below a block, in order, and returns the last of those blocks. Recursion is safe: lists nest eight
 * levels.
 */
function restoreMarks(part: Part, text: string, state: Restoring): { content?: InlineNode[] | undefined } | null {
  if (part.type === 'image' || part.type === 'horizontalRule') return null
  if (isTextBlock(part)) {
    part.content = restoreInline(part.content ?? [], text, state)
    return part
  }
  let last: { content?: InlineNode[] | undefined } | null = null
  for (const child of part.content) last = restoreMarks(child, text, state) ?? last
  return last
}

function isTextBlock(
  part: Part,
): part is Extract<BlockNode, { type: 'heading' | 'paragraph' | 'codeBlock' | 'preformatted' | 'note' }> {
  return ['heading', 'paragraph', 'codeBlock', 'preformatted', 'note'].includes(part.type)
}

const isSpace = (character: string) => /\s/u.test(character) && character !== quoteSpace

function restoreInline(nodes: readonly InlineNode[], text: string, { marks, place }: Restoring): InlineNode[] {
  const restored: InlineNode[] = []
  let begun = false
  for (const node of nodes) {
    if (node.type !== 'text') {
      restored.push(node)
      continue
    }
    let kept = ''
    const flush = () => {
      if (kept !== '') restored.push({ ...node, text: kept })
      kept = ''
    }
    for (const character of node.text) {
      if (isSpace(character)) {
        kept += character
        continue
      }
      const from = place.at
      while (isSkipped(text, { at: place.at, begun, marks })) place.at += 1
      const lead = begun ? '' : text.slice(from, place.at).trimStart()
      if (lead !== '') restored.push({ type: 'text', text: lead, marks: [{ type: 'syntax' }] })
      begun = true
      if (marks.has(place.at)) {
        flush()
        restored.push({ type: 'text', text: '>', marks: [{ type: 'syntax' }] })
      } else kept += character
      place.at += character.length
    }
    flush()
  }
  return restored
}

/** Whether a character is skipped: white space, which the reader may have changed, and in front of a block's first word the marks. */
function isSkipped(
  text: string,
  { at, begun, marks }: { at: number; begun: boolean; marks: ReadonlySet<number> },
): boolean {
  const character = text.charAt(at)
  if (character === '') return false
  return isSpace(character) || (!begun && (marks.has(at) || character === quoteSpace))
}
