/** A run of text on a page; `x` and `y` in points from the lower left corner, as PDF counts. */
export interface PdfRun {
  text: string
  x: number
  y: number
  size?: number
  isBold?: boolean
  /** The codes of the text in hexadecimal digits, in place of `text`, for fonts with an encoding of their own. */
  codes?: string
}

const escape = (text: string) => text.replace(/[\\()]/g, '\\$&')

function drawRun({ text, x, y, size = 10, isBold = false, codes }: PdfRun): string {
  return `BT /${isBold ? 'B' : 'F'} ${String(size)} Tf ${String(x)} ${String(y)} Td ${codes === undefined ? `(${escape(text)})` : `<${codes}>`} Tj ET`
}

/**
 * Makes a PDF file of pages with the runs, in Latin letters. `extra` is added to its trailer, `catalog` to its catalog, `info` to its properties.
 * `font` replaces Helvetica, `page` is added to each page, and `objects` follow the others, from number 6 + twice the number of pages.
 */
export function makePdf(
  pages: readonly (readonly PdfRun[])[],
  {
    extra = '',
    catalog = '',
    info = '',
    font = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    page = '',
    objects: more = [],
  }: {
    extra?: string
    catalog?: string
    info?: string
    font?: string
    page?: string
    objects?: readonly string[]
  } = {},
): Buffer {
  const kids = pages.map((_, at) => `${String(6 + at * 2)} 0 R`).join(' ')
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`,
    `<< /Type /Pages /Kids [${kids}] /Count ${String(pages.length)} /MediaBox [0 0 600 800] /Resources << /Font << /F 3 0 R /B 4 0 R >> >> >>`,
    font,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>',
    `<< ${info} >>`,
    ...pages.flatMap((runs, at) => {
      const stream = runs.map(drawRun).join('\n')
      return [
        `<< /Type /Page /Parent 2 0 R /Contents ${String(7 + at * 2)} 0 R ${page} >>`,
        `<< /Length ${String(stream.length)} >>\nstream\n${stream}\nendstream`,
      ]
    }),
    ...more,
  ]
  let file = '%PDF-1.4\n'
  const offsets = objects.map((object, at) => {
    const offset = file.length
    file += `${String(at + 1)} 0 obj\n${object}\nendobj\n`
    return offset
  })
  const start = file.length
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  file += `xref\n0 ${String(objects.length + 1)}\n0000000000 65535 f \n${rows}`
  file += `trailer\n<< /Size ${String(objects.length + 1)} /Root 1 0 R /Info 5 0 R ${extra} >>\nstartxref\n${String(start)}\n%%EOF\n`
  return Buffer.from(file, 'latin1')
}
