import { describe, expect, it } from 'vitest'
import { listPdfs, scorePdf } from '@/bench/import-faithfulness/pdfs'
import { makePdf, type PdfRun } from '@/tests/setup/pdf'
import type { BlockNode } from '@/lib/domain/text/model'
import { buildTextIndex } from '@/lib/domain/text/text-index'
import { readDocument } from '../../read-document'
import { readPdf } from './read-pdf'

const words =
  'the ferry crossed the sound at nine and came back before noon with forty people on board while the log said nothing of it and'.split(
    ' ',
  )

/** Lines of prose below one another, wrapped at `width` characters, from `y` downwards; the last line is short and ends a sentence. */
function prose(
  lines: number,
  {
    x = 60,
    y,
    first = 'The',
    indent = 0,
    width = 62,
    from = 0,
  }: { x?: number; y: number; first?: string; indent?: number; width?: number; from?: number },
): PdfRun[] {
  let next = from
  return Array.from({ length: lines }, (_, at) => {
    let text = at === 0 ? first : ''
    while (at < lines - 1) {
      const longer = `${text} ${words[next % words.length] ?? ''}`.trimStart()
      if (longer.length > width) break
      text = longer
      next += 1
    }
    const isLast = at === lines - 1
    return {
      text: isLast ? `${text} crew went home.`.trimStart() : text,
      x: x + (at === 0 ? indent : 0),
      y: y - at * 12,
    }
  })
}

const textOf = (block: BlockNode) => buildTextIndex({ type: 'doc', content: [block] }).text

describe('a PDF file', () => {
  it('has headings by size, by font, and paragraphs by gaps', async () => {
    const { content, title, author, madeOn } = await readPdf(
      makePdf(
        [
          [
            { text: 'The Ferry Report', x: 60, y: 740, size: 20 },
            ...prose(4, { y: 700 }),
            { text: 'Costs', x: 60, y: 630, isBold: true },
            ...prose(3, { y: 610 }),
            ...prose(3, { y: 560, first: 'Later' }),
          ],
        ],
        { info: "/Title (Ferries) /Author (Ines Falk) /CreationDate (D:20210409120000+02'00')" },
      ),
    )
    expect(content.content.map((block) => [block.type, block.type === 'heading' ? block.attrs.level : 0])).toEqual([
      ['heading', 1],
      ['paragraph', 0],
      ['heading', 2],
      ['paragraph', 0],
      ['paragraph', 0],
    ])
    expect({ title, author, madeOn }).toEqual({ title: 'Ferries', author: 'Ines Falk', madeOn: '2021-04-09' })
  })

  it('takes running heads and page numbers out of the text that goes on over the pages', async () => {
    const page = (at: number, runs: PdfRun[]) => [
      { text: 'Harbour Gazette', x: 60, y: 770 },
      ...runs,
      { text: `Page ${String(at)} of 3`, x: 280, y: 30 },
    ]
    const long = (first: string, from: number) => prose(20, { y: 700, first, from }).slice(0, 19)
    const { content } = await readPdf(
      makePdf(
        [page(1, long('One', 0)), page(2, long('two', 4)), page(3, prose(5, { y: 700, first: 'three', from: 9 }))],
        {
          catalog: '/PageLabels << /Nums [0 << /S /D /St 11 >>] >>',
        },
      ),
    )
    const [paragraph, ...rest] = content.content
    expect(paragraph?.type).toBe('paragraph')
    expect(paragraph && textOf(paragraph)).toMatch(/^One .* two .* three .*crew went home\.$/)
    expect(rest.map((block) => [block.attrs?.scope, block.attrs?.page, textOf(block)])).toEqual(
      [1, 2, 3].flatMap((at) => [
        ['boilerplate', String(at + 10), 'Harbour Gazette'],
        ['boilerplate', String(at + 10), `Page ${String(at)} of 3`],
      ]),
    )
  })

  it('knows where each page begins, also inside a paragraph', async () => {
    const long = (first: string, from: number) => prose(20, { y: 700, first, from }).slice(0, 19)
    const bytes = makePdf([long('One', 0), long('two', 4), prose(5, { y: 700, first: 'three', from: 9 })], {
      catalog: '/PageLabels << /Nums [0 << /S /D /St 11 >>] >>',
    })
    const result = await readDocument({ bytes, fileName: 'a.pdf' })
    if (!result.ok) throw new Error(result.problem.message)
    const { text, pages } = result.document
    expect(pages.map(({ start, label }) => [label, text.slice(start, start + 4).trim()])).toEqual([
      ['11', 'One'],
      ['12', 'two'],
      ['13', 'thre'],
    ])
  })

  it('calls pages by what can be stored of their labels', async () => {
    const line = (text: string) => [{ text, x: 60, y: 700 }]
    const bytes = makePdf([line('One.'), line('Two.')], {
      catalog: '/PageLabels << /Nums [0 << /S /D /P (A\\000-) >> 1 << /P (\\001) >>] >>',
    })
    const result = await readDocument({ bytes, fileName: 'a.pdf' })
    expect(result.ok ? result.document.pages.map(({ label }) => label) : []).toEqual(['A-1', '2'])
  })

  it('reads columns one after the other, also when the file has their lines in turn', async () => {
    const half = (x: number, first: string) =>
      prose(12, { x, y: 700, first, width: 42 }).map((run) => ({ ...run, size: 8 }))
    const left = half(60, 'Left')
    const right = half(320, 'Right')
    const inTurn = left.flatMap((run, at) => [run, ...right.slice(at, at + 1)])
    const headline = { text: 'The long headline of the ferry report', x: 60, y: 740, size: 20 }
    for (const runs of [
      [headline, ...left, ...right],
      [headline, ...inTurn],
      [...left, ...right, headline],
    ]) {
      const { content } = await readPdf(makePdf([runs]))
      expect(content.content.map((block) => textOf(block).split(' ')[0])).toEqual(['The', 'Left', 'Right'])
    }
  })

  it('puts words together that the end of a line parts, and keeps hyphens that belong to them', async () => {
    const lines = [
      'The infor-',
      'mation was in a well-',
      'known journal, and the harbour-',
      'master of Nor-',
      'Sund read the infor-',
      'mation.',
    ]
    const { content } = await readPdf(makePdf([lines.map((text, at) => ({ text, x: 60, y: 700 - at * 12 }))]))
    expect(textOf(content.content[0] ?? { type: 'horizontalRule' })).toBe(
      'The information was in a well-known journal, and the harbourmaster of Nor-Sund read the information.',
    )
  })

  it('begins a paragraph where a line is set in, and an entry where one is set out', async () => {
    const indented = [...prose(4, { y: 700, indent: 14 }), ...prose(4, { y: 652, indent: 14, first: 'Then' })]
    const { content } = await readPdf(makePdf([indented]))
    expect(content.content).toHaveLength(2)
    const entries = ['One', 'Two', 'Three'].flatMap((first, at) => {
      const lines = prose(3, { x: 80, y: 700 - at * 36, first, indent: -20 })
      return lines
    })
    const hanging = await readPdf(makePdf([entries]))
    expect(hanging.content.content.map((block) => textOf(block).split(' ')[0])).toEqual(['One', 'Two', 'Three'])
  })

  it('has lists whose markers stay in the text, tables, and contents out of scope', async () => {
    const { content } = await readPdf(
      makePdf([
        [
          { text: 'Costs ........................... 3', x: 60, y: 760 },
          { text: 'Risks ........................... 7', x: 60, y: 748 },
          ...prose(3, { y: 700 }),
          { text: '1.', x: 70, y: 650 },
          { text: 'Ropes', x: 84, y: 650 },
          { text: '2.', x: 70, y: 638 },
          { text: 'Planks', x: 84, y: 638 },
          { text: '\x95 A bullet', x: 70, y: 600 },
          ...['Year,Passengers,Share', '1901,40,12 %', '1902,55,14 %'].flatMap((row, at) =>
            row.split(',').map((text, column) => ({ text, x: 60 + column * 120, y: 560 - at * 14 })),
          ),
        ],
      ]),
    )
    expect(content.content.map(({ type }) => type)).toEqual([
      ...['paragraph', 'paragraph', 'paragraph'],
      ...['orderedList', 'bulletList', 'table'],
    ])
    expect(content.content[0]?.attrs?.scope).toBe('table-of-contents')
    expect(content.content.slice(3).map(textOf)).toEqual([
      '1. Ropes\n2. Planks',
      '• A bullet',
      'Year\tPassengers\tShare\n1901\t40\t12 %\n1902\t55\t14 %',
    ])
  })

  it('has notes at the foot of a page, with the markers that point at them', async () => {
    const { content } = await readPdf(
      makePdf([
        [
          ...prose(6, { y: 700 }).slice(0, 5),
          { text: 'It sank twice', x: 60, y: 640 },
          { text: '1', x: 115.5, y: 644, size: 6 },
          { text: 'in that year.', x: 122, y: 640 },
          { text: '1', x: 60, y: 104, size: 5 },
          { text: 'Harbour log of 1901.', x: 65, y: 100, size: 8 },
        ],
      ]),
    )
    const [paragraph, note] = content.content
    expect(paragraph && textOf(paragraph)).toMatch(/It sank twice1 in that year\.$/)
    expect(JSON.stringify(paragraph)).toContain('{"type":"citation","attrs":{"label":"1"}}')
    expect(note).toMatchObject({ type: 'note', attrs: { label: '1', scope: 'reference-list', page: '1' } })
  })

  it('reads a page that stands on its side', async () => {
    const upright = makePdf([prose(4, { y: 700 })]).toString('latin1')
    const turned = upright.replace('/Type /Page /', '/Type /Page /Rotate 90 /')
    const { content } = await readPdf(Buffer.from(turned, 'latin1'))
    expect(content.content.map(textOf)).toEqual([expect.stringMatching(/^The .* crew went home\.$/)])
  })

  const lock = `/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <${'11'.repeat(32)}> /U <${'22'.repeat(32)}> >> /ID [<aa> <aa>]`
  it.each<[name: string, bytes: Buffer, code: string, says: RegExp]>([
    ['without text', makePdf([[], []]), 'empty', /only pictures of 2 pages, as scans do.*OCR/],
    ['with a password', makePdf([prose(2, { y: 700 })], { extra: lock }), 'protected', /password/],
    ['of nothing but a header', Buffer.from('%PDF-1.7\n'), 'damaged', /damaged/],
    ['of 2,001 pages', makePdf(Array.from({ length: 2001 }, () => [])), 'too-complex', /2,001 pages; at most 2,000/],
  ])('%s is refused', async (_name, bytes, code, says) => {
    const result = await readDocument({ bytes, fileName: 'report.pdf' })
    expect(result.ok ? '' : result.problem.code).toBe(code)
    expect(result.ok ? '' : result.problem.message).toMatch(says)
  })

  it('says which pages have no text', async () => {
    const { notices } = await readPdf(makePdf([prose(2, { y: 700 }), [], [], prose(2, { y: 700 }), []]))
    expect(notices).toEqual(['Pages 2–3, 5 hold no text: empty, or a picture of it.'])
  })
})

const files = listPdfs()

describe.skipIf(files.length === 0)(
  `real PDF files${files.length > 0 ? '' : ' (skipped: the shared test data are not beside the project)'}`,
  () => {
    it('are read or refused with a sentence, with a word score against pdftotext of at least 0.99', async () => {
      const scores = await Promise.all(files.map(scorePdf))
      for (const { refusal } of scores) expect(refusal ?? '.').toMatch(/\.$/)
      const compared = scores.flatMap(({ f1 }) => f1 ?? [])
      if (compared.length === 0) {
        process.stdout.write('pdftotext is not installed: the words of PDF files are not compared\n')
        return
      }
      const mean = compared.reduce((sum, score) => sum + score, 0) / compared.length
      process.stdout.write(`${String(compared.length)} PDF files: mean word score ${mean.toFixed(4)}\n`)
      expect(mean).toBeGreaterThanOrEqual(0.99)
    }, 120_000)
  },
)
