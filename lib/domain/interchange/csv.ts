/** The value of a cell. Null is an empty cell. */
export type Cell = string | number | null
/** A row of cells. */
export type CsvRow = readonly Cell[]

const [tab, newLine, carriageReturn, mark, semicolon] = [0x09, 0x0a, 0x0d, 0x27, 0x3b]
/** The signs that begin a formula: = + - @, and the same in full width. */
const formulaSigns = new Set(Array.from('=+-@＝＋－＠', (sign) => sign.charCodeAt(0)))

function separates(code: number): boolean {
  return code === semicolon || code === tab || code === newLine || code === carriageReturn
}

/** Tests for white space, using a regular expression only beyond ASCII. */
function isSpace(code: number): boolean {
  return (
    code === 0x20 || (code >= tab && code <= carriageReturn) || (code >= 0x80 && /\s/.test(String.fromCharCode(code)))
  )
}

/**
 * The indices of the code units that need a mark before them: where a spreadsheet that drops white space, or cuts at semicolons, tabs or line ends,
 * would begin to read a formula. Existing marks are skipped, so the places are the same before and after marking.
 */
function armedPlaces(value: string): number[] {
  const places: number[] = []
  let isFormulaAhead = false
  for (let at = value.length - 1; at >= 0; at -= 1) {
    const code = value.charCodeAt(at)
    if (formulaSigns.has(code)) isFormulaAhead = true
    else if (isFormulaAhead && code !== mark && !isSpace(code)) isFormulaAhead = false
    if (isFormulaAhead && (at === 0 || separates(value.charCodeAt(at - 1)))) places.push(at)
  }
  if (/^'*[\t\r]/.test(value) && places.at(-1) !== 0) places.push(0)
  return places.reverse()
}

/** Puts a mark (') wherever a spreadsheet would begin to run the value as a formula. `rearm` removes the marks again. */
export function disarm(value: Cell): Cell {
  if (typeof value !== 'string') return value
  let marked = ''
  let from = 0
  for (const at of armedPlaces(value)) {
    marked += `${value.slice(from, at)}'`
    from = at
  }
  return marked + value.slice(from)
}

/** Removes the marks of `disarm`. A value that was never marked loses a mark only where `disarm` would have added one. */
export function rearm(marked: string): string {
  if (!marked.includes("'")) return marked
  let value = ''
  let from = 0
  for (const at of armedPlaces(marked)) {
    value += marked.slice(from, at)
    from = marked.charAt(at) === "'" ? at + 1 : at
  }
  return value + marked.slice(from)
}

/** The most cells of a line. */
const mostColumns = 1_000

/** The records of a CSV file (RFC 4180), each with its spreadsheet row from 1; or what is wrong with the file. */
export type CsvRecords = { ok: true; records: string[][]; rows: number[] } | { ok: false; message: string }

/**
 * Reads CSV: cells in quotation marks may hold anything, quotation marks doubled. Empty lines are skipped. The separator is the first of comma,
 * semicolon and tab that the first line has outside of quotation marks, because spreadsheets write the separator of their language.
 * @param most the most lines that are read, including empty ones
 */
export function parseCsv(text: string, most: number): CsvRecords {
  const separator = separatorOf(text)
  const records: string[][] = []
  const rows: number[] = []
  let record: string[] = []
  let at = 0
  let lines = 0
  while (at < text.length) {
    if (record.length >= mostColumns) return { ok: false, message: `A line has at most ${mostColumns} cells.` }
    const cell = readCell(text, at, separator)
    if (cell === null)
      return { ok: false, message: `In record ${records.length + 1} a quotation mark is opened and never closed.` }
    record.push(cell.value)
    at = cell.end
    if (text.startsWith(separator, at)) {
      at += 1
      if (at < text.length) continue
      record.push('')
    }
    at += text.startsWith('\r\n', at) ? 2 : 1
    lines += 1
    if (lines > most) return { ok: false, message: `The file has more than ${most} lines.` }
    if (record.length > 1 || record[0] !== '') {
      records.push(record)
      rows.push(lines)
    }
    record = []
  }
  return { ok: true, records, rows }
}

function separatorOf(text: string): string {
  const [line = ''] = text.split(/\r?\n/, 1)
  return /[,;\t]/.exec(line.replaceAll(/"[^"]*"/g, ''))?.[0] ?? ','
}

/** Reads the cell that begins at an offset, up to a separator, a line end or the end. Null when its quotation mark is never closed. */
function readCell(text: string, start: number, separator: string): { value: string; end: number } | null {
  if (text.charAt(start) !== '"') {
    let end = start
    while (end < text.length && text.charAt(end) !== separator && !isLineEnd(text, end)) end += 1
    return { value: text.slice(start, end), end }
  }
  let value = ''
  let from = start + 1
  for (;;) {
    const quote = text.indexOf('"', from)
    if (quote === -1) return null
    value += text.slice(from, quote)
    if (text.charAt(quote + 1) !== '"') {
      const rest = readCell(text, quote + 1, separator)
      return rest === null ? null : { value: value + rest.value, end: rest.end }
    }
    value += '"'
    from = quote + 2
  }
}

function isLineEnd(text: string, at: number): boolean {
  return text.charAt(at) === '\n' || text.startsWith('\r\n', at)
}

/** Writes a cell, in quotation marks when it contains a separator, a quotation mark or a line end. */
function writeCell(cell: Cell): string {
  const value = String(disarm(cell) ?? '')
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}

/** Writes CSV as spreadsheets read it: UTF-8 with a byte order mark, and a mark before values that would run as formulas. Null is an empty cell. */
export function writeCsv(header: CsvRow, rows: readonly CsvRow[]): string {
  return `\uFEFF${[header, ...rows].map((row) => `${row.map(writeCell).join(',')}\n`).join('')}`
}
