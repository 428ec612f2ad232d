/** Markdown as a field's document, and back: never with a loss that the person did not make. */
import { getSchema, type JSONContent } from '@tiptap/core'
import { MarkdownManager } from '@tiptap/markdown'
import { isTangled } from '@/lib/domain/text/markdown-work'
import { fieldExtensions } from './field-extensions'
import { sameMarkdown } from './same-markdown'

const schema = getSchema(fieldExtensions)
const manager = new MarkdownManager({ extensions: fieldExtensions })
// What looks like HTML is words, as it is where the text is shown.
manager.instance.use({ tokenizer: { html: () => undefined, tag: () => undefined } })

const emptyDocument: JSONContent = { type: 'doc', content: [{ type: 'paragraph' }] }

function parse(source: string): JSONContent | null {
  try {
    const document = manager.parse(source)
    if (document.content === undefined || document.content.length === 0) return null
    schema.nodeFromJSON(document).check()
    return document
  } catch {
    // The parser or the schema cannot hold it.
    return null
  }
}

const escaped = /\\([\\`*_[\]~])|&(lt|gt|amp);/g
const plainOf: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&' }

/** The words without the escapes that a cautious writer put in, and bare addresses in place of links that say only where they lead. */
function lean(source: string): string {
  return source
    .replaceAll(/\[([^\]\s]+)\]\(([^)\s]+)\)/g, (whole, words: string, href: string) =>
      words.replaceAll(escaped, (_, sign?: string, name?: string) => sign ?? plainOf[name ?? ''] ?? '') === href
        ? href
        : whole,
    )
    .replaceAll(escaped, (_, sign?: string, name?: string) => sign ?? plainOf[name ?? ''] ?? '')
}

/** The Markdown of a document of the field: with as few escapes as keep its meaning, so that it reads well as plain text. */
export function writeMarkdown(document: JSONContent): string {
  const cautious = manager.serialize(document).trimEnd()
  const blocks = cautious.split('\n\n')
  const kept = blocks.map((block) => {
    const short = lean(block)
    return short === block || !sameMarkdown(short, block) ? block : short
  })
  return kept.join('\n\n')
}

/**
 * The document of a field for a stored text; null when the field cannot hold all of it (a table, a picture, a footnote), so that writing
 * it back would lose something, and when parsing would take too long.
 */
export function readMarkdown(source: string): JSONContent | null {
  if (source.trim() === '') return emptyDocument
  if (isTangled(source)) return null
  const document = parse(source)
  if (document === null) return null
  try {
    return sameMarkdown(writeMarkdown(document), source) ? document : null
  } catch {
    // What cannot be written is not to be changed here.
    return null
  }
}
