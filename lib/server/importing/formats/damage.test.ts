import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { describe, expect, it } from 'vitest'
import { makeArchive } from '@/tests/setup/archive'
import { makePdf } from '@/tests/setup/pdf'
import { readDocument } from '../read-document'

const sentences = Array.from({ length: 30 }, (_, at) => `The ferry number ${String(at)} sailed at nine.`)

/** A small whole file of each format. */
const samples: Record<string, Buffer> = {
  'a Word document': makeArchive({
    '[Content_Types].xml': '<Types/>',
    'word/document.xml': `<w:document xmlns:w="w"><w:body>${sentences.map((text) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`).join('')}</w:body></w:document>`,
  }),
  'an OpenDocument text': makeArchive({
    mimetype: 'application/vnd.oasis.opendocument.text',
    'content.xml': `<d><body><text>${sentences.map((text) => `<p>${text}</p>`).join('')}</text></body></d>`,
  }),
  'an EPUB book': makeArchive({
    mimetype: 'application/epub+zip',
    'META-INF/container.xml': '<container><rootfile full-path="book.opf"/></container>',
    'book.opf':
      '<package><manifest><item id="a" href="a.xhtml"/></manifest><spine><itemref idref="a"/></spine></package>',
    'a.xhtml': `<html><body>${sentences.map((text) => `<p>${text}</p>`).join('')}</body></html>`,
  }),
  'a rich text file': Buffer.from(`{\\rtf1\\ansi ${sentences.map((text) => `{\\b ${text}}\\par`).join('')}}`),
  'a message': Buffer.from(
    `From: a@b.example\nMIME-Version: 1.0\nMessage-ID: <1@b>\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\n${Buffer.from(sentences.join('<br>')).toString('base64')}\n--x--\n`,
  ),
  subtitles: Buffer.from(
    sentences
      .map((text, at) => `${String(at + 1)}\n00:00:${String(at + 10)},000 --> 00:00:${String(at + 11)},000\n${text}\n`)
      .join('\n'),
  ),
  'a PDF file': makePdf([sentences.map((text, at) => ({ text, x: 60, y: 760 - at * 12 }))]),
}

/** The file with bits turned at random places, or cut off at one; the same seed gives the same. */
function spoil(file: Buffer, seed: number): Buffer {
  const random = xoroshiro128plus(seed)
  const next = (below: number) => (random.next() >>> 0) % below
  if (seed % 2 === 0) return file.subarray(0, next(file.length))
  const spoiled = Buffer.from(file)
  for (let left = 1 + next(8); left > 0; left -= 1) {
    const at = next(spoiled.length)
    spoiled.writeUInt8(spoiled.readUInt8(at) ^ (1 << next(8)), at)
  }
  return spoiled
}

describe.each(Object.entries(samples))('%s', (name, file) => {
  it('is read when it is whole', async () => {
    expect((await readDocument({ bytes: file })).ok).toBe(true)
  })

  it('is read, or refused with a sentence, however it is damaged', async () => {
    const codes = new Set<string>()
    for (let seed = 1; seed <= 200; seed += 1) {
      const result = await readDocument({ bytes: spoil(file, seed), fileName: 'ferry' })
      codes.add(result.ok ? 'read' : result.problem.code)
      if (!result.ok) expect(result.problem.message).toMatch(/^[A-Z].*\.$/s)
    }
    // Of a text nearly everything can be read, however it is damaged.
    if (name !== 'subtitles') expect(codes.size).toBeGreaterThan(1)
  })
})
