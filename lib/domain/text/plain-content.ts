import type { DocumentContent, InlineNode } from './model'

/** Named among the left-out kinds of a document of which only the words could be kept. */
export const wholeStructure = 'document'

/**
 * Turns a text into a structured document whose canonical text is the same, character for character: a blank line ends a paragraph, every other line
 * break is a hard break. For texts without a structure of their own, and for stored documents whose structure cannot be read. Linear.
 */
export function contentOfText(text: string): DocumentContent {
  return {
    type: 'doc',
    content: text.split('\n\n').map((words) => {
      const content = inlineOf(words)
      return content.length === 0 ? { type: 'paragraph' } : { type: 'paragraph', content }
    }),
  }
}

function inlineOf(words: string): InlineNode[] {
  return words.split('\n').flatMap((line, number): InlineNode[] => {
    const text: InlineNode[] = line === '' ? [] : [{ type: 'text', text: line }]
    return number === 0 ? text : [{ type: 'hardBreak' }, ...text]
  })
}
