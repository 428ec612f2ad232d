/**
 * A process that makes one PDF, started by write-pdf.ts: reads {"template", "sheet"} as JSON from its input and writes the PDF to its output. It is
 * plain JavaScript, so that it starts without a loader. It is a separate process, because the compiler cannot be interrupted.
 */
import { setPriority } from 'node:os'
import { buffer } from 'node:stream/consumers'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'

/** The most compilations for finding characters that no font has. Each one names all those it met. */
const mostAttempts = 4

/** A character as its number in brackets, such as [U+4E2D]. */
function numberOf(letter) {
  return `[U+${letter.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}]`
}

/**
 * The characters that a failed compilation could not draw. Its message names them in escaped quotation marks, and by number (\u{200b}) where they are
 * not printable.
 */
function undrawnOf(message) {
  const found = new Set()
  for (const [, text] of message.matchAll(/the text `\\*"(.*?)\\*"` could not be displayed/gs)) {
    const letters = text.replaceAll(/\\+u\{([0-9a-f]+)\}/gi, (_, digits) =>
      String.fromCodePoint(Number.parseInt(digits, 16)),
    )
    for (const letter of letters) if (letter !== '\\') found.add(letter)
  }
  return found
}

function replaceAllIn(value, undrawn) {
  if (typeof value === 'string')
    return Array.from(value, (letter) => (undrawn.has(letter) ? numberOf(letter) : letter)).join('')
  if (Array.isArray(value)) return value.map((each) => replaceAllIn(each, undrawn))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, replaceAllIn(each, undrawn)]))
}

function compile({ template, sheet }) {
  const compiler = NodeCompiler.create({ workspace: import.meta.dirname })
  let shown = sheet
  for (let attempt = 1; ; attempt += 1) {
    try {
      return compiler.pdf(
        { mainFileContent: template, inputs: { sheet: JSON.stringify(shown) } },
        { pdfStandard: 'ua-1', creationTimestamp: Math.floor(Date.UTC(sheet.year, sheet.month - 1, sheet.day) / 1000) },
      )
    } catch (error) {
      const undrawn = undrawnOf(String(error.message))
      if (undrawn.size === 0 || attempt === mostAttempts) throw error
      const numbers = Array.from(undrawn, numberOf)
      shown = { ...replaceAllIn(shown, undrawn), undrawn: [...shown.undrawn, ...numbers] }
    }
  }
}

setPriority(10)
const request = JSON.parse((await buffer(process.stdin)).toString())
process.stdout.write(compile(request))
