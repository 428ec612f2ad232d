import { JSDOM } from 'jsdom'

const textBlocks = 'h1, h2, h3, h4, h5, h6, p, li, caption, th, td'

/** A document file as bare text, one block a line: enough to look words up in, without the importer. */
export function plainText(file: string, bytes: Uint8Array): string {
  const raw = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  if (file.endsWith('.txt')) return raw
  if (file.endsWith('.md')) return raw.replace(/^#+ /gm, '')
  const blocks = new JSDOM(raw).window.document.body.querySelectorAll(textBlocks)
  const lines = [...blocks]
    .filter((block) => block.querySelector(textBlocks) === null)
    .map((block) => block.textContent)
  return lines.join('\n\n')
}
