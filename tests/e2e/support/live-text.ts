/** Reads the document of a live editor on a page, for comparison with a stored one. */
import type { Locator } from '@playwright/test'
import type { DocumentContent } from '@/lib/domain/text/model'

/** A normalised document of an editor: attributes that are null or default are left out, marks are in one order. */
export function bare(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(bare)
  if (typeof node !== 'object' || node === null) return node
  const kept = Object.entries(node).flatMap(([key, value]): [string, unknown][] => {
    if (key === 'marks') return [[key, (value as { type: string }[]).map(bare).sort(byType)]]
    if (key !== 'attrs') return value === undefined ? [] : [[key, bare(value)]]
    const attrs = Object.entries(value as object).filter(([name, given]) => !isUsual(name, given))
    return attrs.length === 0 ? [] : [[key, Object.fromEntries(attrs)]]
  })
  return Object.fromEntries(kept)
}

function byType(a: unknown, b: unknown): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1
}

function isUsual(name: string, value: unknown): boolean {
  if (value === null || value === undefined || value === false) return true
  return ['start', 'colspan', 'rowspan'].includes(name) && value === 1
}

/** The property that Tiptap sets on the element of a live view. */
type LiveElement = Element & { editor?: { isDestroyed: boolean; getJSON: () => unknown; getText: () => string } }

/**
 * The document of the live editor of a text on a page; `text` locates the one element of its text. @throws when there is no live editor, or when the
 * words on the page differ from those of its document.
 */
export async function liveDocument(text: Locator): Promise<DocumentContent> {
  await text.and(text.page().locator('.reader[data-ready] > .ProseMirror')).waitFor()
  const found = await text.evaluate((element: LiveElement) => {
    const { editor } = element
    if (editor === undefined || editor.isDestroyed) return null
    const shown = [...element.querySelectorAll(':is(p, h1, h2, h3, h4, h5, h6, pre)')].map((block) => block.textContent)
    return { document: editor.getJSON(), words: editor.getText(), shown }
  })
  if (found === null) throw new Error('No live editor stands on this text.')
  const missing = found.shown.filter((words) => !found.words.includes(words.trim()))
  if (found.shown.length === 0 || missing.length > 0)
    throw new Error(`The page shows what its editor does not hold: ${JSON.stringify(missing)}`)
  return found.document as DocumentContent
}
