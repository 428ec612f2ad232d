import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { isTangled } from '@/lib/domain/text/markdown-work'

const options = { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }

/** A tree without places: HTML is text, as it is shown; neighbouring words are one. */
function shapeOf(node: unknown): unknown {
  if (Array.isArray(node)) {
    const shapes: unknown[] = []
    for (const each of node.map(shapeOf)) {
      const last = shapes.at(-1)
      if (isWords(each) && isWords(last)) last.value += each.value
      else shapes.push(each)
    }
    return shapes
  }
  if (typeof node !== 'object' || node === null) return node
  const entries = Object.entries(node).filter(([key]) => key !== 'position' && key !== 'spread')
  const shape = Object.fromEntries(entries.map(([key, value]) => [key, shapeOf(value)]))
  if (shape.type !== 'html') return shape
  return { type: 'text', value: shape.value }
}

function isWords(shape: unknown): shape is { type: 'text'; value: string } {
  return typeof shape === 'object' && shape !== null && 'type' in shape && shape.type === 'text'
}

/** Whether two texts are shown alike as Markdown. Texts that are too much to parse are alike only when they are equal. */
export function sameMarkdown(one: string, other: string): boolean {
  if (one === other) return true
  if (isTangled(one) || isTangled(other)) return false
  return JSON.stringify(shapeOf(fromMarkdown(one, options))) === JSON.stringify(shapeOf(fromMarkdown(other, options)))
}
