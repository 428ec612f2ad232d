import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { makePdf } from '@/tests/setup/pdf'
import type { BlockNode } from '@/lib/domain/text/model'
import { buildTextIndex } from '@/lib/domain/text/text-index'
import { readDocument } from '../../read-document'
import { readPdf } from './read-pdf'

const textOf = (block: BlockNode) => buildTextIndex({ type: 'doc', content: [block] }).text

describe('fonts that do not say all', () => {
  const read = async (bytes: Uint8Array) => {
    const { content, notices } = await readPdf(bytes)
    return [content.content.map(textOf).join('|'), ...(notices ?? [])]
  }

  it.each([
    ['ZapfDingbats', '4', '✔'],
    ['ABCDEF+ZapfDingbats', 'HHH', '★★★'],
    ['Wingdings-Regular', '\\374', '✓'],
  ])('pictures of %s are pictures', async (name, code, says) => {
    const font = `<< /Type /Font /Subtype /Type1 /BaseFont /${name} >>`
    const file = makePdf([[{ text: 'CODE', x: 60, y: 700 }]], { font })
    expect(await read(Buffer.from(file.toString('latin1').replace('CODE', code.padEnd(4)), 'latin1'))).toEqual([says])
  })

  it('a table of letters that is cut off is used as far as it goes', async () => {
    const table = `/CIDInit /ProcSet findresource begin 12 dict begin begincmap
1 begincodespacerange <0000> <FFFF> endcodespacerange
${String(26)} beginbfchar
${Array.from({ length: 26 }, (_, at) => `<${hex(at + 1)}> <${hex(0x61 + ((at * 7) % 26))}>`).join('\n')}
endbfchar endcmap CMapName currentdict /CMap defineresource pop end end`
    const packed = deflateSync(Buffer.from(table)).subarray(0, -24)
    const font = `<< /Type /Font /Subtype /Type0 /BaseFont /Cut /Encoding /Identity-H /ToUnicode 8 0 R /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2
/BaseFont /Cut /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 500 /FontDescriptor << /Type /FontDescriptor /FontName /Cut /Flags 4 >> >>] >>`
    const file = makePdf([[{ text: '', codes: '0001000200030004', x: 60, y: 700 }]], {
      font,
      objects: [
        `<< /Filter /FlateDecode /Length ${String(packed.length)} >>\nstream\n${packed.toString('latin1')}\nendstream`,
      ],
    })
    expect(await read(file)).toEqual(['ahov', expect.stringMatching(/table .* is cut off/)])
  })

  it('a font of numbered characters without a descriptor is read by its encoding', async () => {
    const font = '<< /Type /Font /Subtype /Type0 /BaseFont /Ryumin /Encoding /90ms-RKSJ-H /DescendantFonts [8 0 R] >>'
    const file = makePdf([[{ text: '', codes: '93fa967b8cea', x: 60, y: 700 }]], {
      font,
      objects: [
        '<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Ryumin /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >> /DW 1000 >>',
      ],
    })
    expect(await read(file)).toEqual(['日本語'])
  })

  it('signs without a letter are counted, and refused where there is nothing else', async () => {
    const font = `<< /Type /Font /Subtype /Type0 /BaseFont /Cut /Encoding /Identity-H /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2
/BaseFont /Cut /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 500 /FontDescriptor << /Type /FontDescriptor /FontName /Cut /Flags 4 >> >>] >>`
    const of = (codes: string) => makePdf([[{ text: '', codes, x: 60, y: 700 }]], { font })
    expect((await read(of('0061006200010063')))[1]).toBe(
      '1 sign of which the file does not say the letter was left out.',
    )
    await expect(readPdf(of('0001000200030004'))).rejects.toMatchObject({
      problem: { message: expect.stringMatching(/do not say which letters/) as unknown },
    })
  })
})

const hex = (value: number) => value.toString(16).padStart(4, '0')

describe('encodings that a file names and does not carry', () => {
  /** A file with one line, whose font has an encoding of a collection and nothing else. */
  const fileIn = (encoding: string, ordering: string, codes: string) =>
    makePdf([[{ text: '', codes, x: 60, y: 700 }]], {
      font: `<< /Type /Font /Subtype /Type0 /BaseFont /Ryumin /Encoding /${encoding} /DescendantFonts [<< /Type /Font /Subtype /CIDFontType0
/BaseFont /Ryumin /CIDSystemInfo << /Registry (Adobe) /Ordering (${ordering}) /Supplement 2 >> /DW 1000 /FontDescriptor << /Type /FontDescriptor /FontName /Ryumin /Flags 4 >> >>] >>`,
    })
  const textOf = async (bytes: Uint8Array) => {
    const result = await readDocument({ bytes, fileName: 'a.pdf' })
    return result.ok ? [result.document.text, ...result.document.notices] : [result.problem.message]
  }

  it.each([
    ['90ms-RKSJ-H', 'Japan1', '93fa967b8cea41b1', '日本語Aｱ'],
    ['90msp-RKSJ-H', 'Japan1', '93fa2e', '日.'],
    ['EUC-H', 'Japan1', 'c6fccbdc', '日本'],
    ['GBK-EUC-H', 'GB1', 'd6d0b9fa39', '中国9'],
    ['ETen-B5-H', 'CNS1', 'a4a4b0ea', '中國'],
    ['KSCms-UHC-H', 'Korea1', 'c7d1b1b9', '한국'],
    ['UniJIS-UTF16-H', 'Japan1', '65e5672c00410031', '日本A1'],
    ['UniGB-UCS2-H', 'GB1', '4e2d56fd', '中国'],
    ['UniCNS-UTF16-V', 'CNS1', '4e2d570b', '中國'],
    ['UniKS-UCS2-H', 'Korea1', 'd55cad6d', '한국'],
  ])('%s is read', async (encoding, ordering, codes, says) => {
    expect(await textOf(fileIn(encoding, ordering, codes))).toEqual([says])
  })

  it('characters by the real numbers of a collection give no wrong letters', async () => {
    const [says] = await textOf(fileIn('Identity-H', 'Japan1', '034b0384'))
    expect(says).not.toMatch(/[\u034b\u0384\u3040-\u30ff\u4e00-\u9fff]/)
  })

  it('one that is not known is named', async () => {
    expect((await textOf(fileIn('Ext-Unknown-H', 'Japan1', '93fa'))).join(' ')).toMatch(/\.$/)
  })
})
