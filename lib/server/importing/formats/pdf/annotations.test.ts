import { describe, expect, it } from 'vitest'
import { makePdf, type PdfRun } from '@/tests/setup/pdf'
import type { BlockNode } from '@/lib/domain/text/model'
import { buildTextIndex } from '@/lib/domain/text/text-index'
import { readPdf } from './read-pdf'

const textOf = (block: BlockNode) => buildTextIndex({ type: 'doc', content: [block] }).text

describe('forms and what is typed onto pages', () => {
  const widget = (rect: string, rest: string) => `<< /Type /Annot /Subtype /Widget /Rect [${rect}] /F 4 ${rest} >>`
  const read = (annotations: readonly string[], runs: PdfRun[]) =>
    readPdf(makePdf([runs], { page: `/Annots [${annotations.join(' ')}]`, objects: [label] }))
  const label =
    '<< /Type /XObject /Subtype /Form /BBox [0 0 70 20] /Resources << /Font << /B 4 0 R >> >> /Length 41 >>\nstream\nBT /B 12 Tf 5 5 Td (Send the form) Tj ET  \nendstream'

  it('reads what is filled in, at its place and in reading order', async () => {
    const { content, notices } = await read(
      [
        widget('160 646 300 662', '/FT /Tx /T (who) /TU (Name of the master) /V (Ada Holm)'),
        widget('160 696 300 712', '/FT /Tx /T (ship) /V (Northern Star) /DA (/F 10 Tf)'),
        widget('160 606 300 622', '/FT /Tx /T (empty) /V ()'),
        widget('160 606 300 622', '/FT /Tx /T (secret) /Ff 8192 /V (hunter2)'),
      ],
      [
        { text: 'Name of the ship', x: 60, y: 700 },
        { text: 'Master', x: 60, y: 650 },
        { text: 'Signed in the harbour office.', x: 60, y: 560 },
      ],
    )
    expect(content.content.map(textOf).join(' | ').replace(/\s+/g, ' ')).toBe(
      'Name of the ship Northern Star Master Ada Holm | Signed in the harbour office.',
    )
    expect(notices).toEqual([
      '2 form fields are filled in, and what is filled in stands in the text at its place: “ship”, “Name of the master”. A ticked box reads ☑.',
    ])
  })

  it('reads the choice of a list, ticked boxes and what was typed onto the page, and nothing that is hidden', async () => {
    const { content } = await read(
      [
        widget('160 696 300 712', '/FT /Ch /Ff 131072 /T (port) /Opt [[(a) (Aalen)] [(b) (Bergen)]] /V (b)'),
        widget('160 620 300 690', '/FT /Ch /T (day) /Opt [(Monday) (Friday)] /V (Friday)'),
        widget('160 596 170 606', '/FT /Btn /T (agreed) /V /Yes /AS /Yes /AP << /N << /Yes 8 0 R /Off 8 0 R >> >>'),
        '<< /Type /Annot /Subtype /FreeText /Rect [60 500 300 520] /F 4 /DA (/F 10 Tf) /Contents (Typed on top of it.) >>',
        '<< /Type /Annot /Subtype /FreeText /Rect [60 480 300 500] /F 2 /DA (/F 10 Tf) /Contents (Not to be seen.) >>',
      ],
      [{ text: 'Port of call', x: 60, y: 700 }],
    )
    expect(content.content.map(textOf).join('\n').replace(/\s+/g, ' ')).toBe(
      'Port of call Bergen Monday ☑ Friday ☑ Typed on top of it.',
    )
  })

  it('keeps the labels of buttons out of scope, and counts comments', async () => {
    const { content, notices } = await read(
      [
        widget('60 600 130 620', '/FT /Btn /Ff 65536 /T (send) /MK << /CA (Send the form) >> /AP << /N 8 0 R >>'),
        '<< /Type /Annot /Subtype /Text /Rect [60 500 80 520] /F 4 /Contents (Is that so?) >>',
      ],
      [{ text: 'The harbour is closed.', x: 60, y: 700 }],
    )
    expect(content.content.map((block) => [textOf(block), block.attrs?.scope ?? null])).toEqual([
      ['The harbour is closed.', null],
      ['Send the form', 'boilerplate'],
    ])
    expect(notices).toEqual(['1 comment was left out.'])
  })
})
