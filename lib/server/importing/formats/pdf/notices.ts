/** The most fields that are named, and the most characters of a name. */
const [mostNames, longestName] = [8, 40]

/** What is filled into fields and what is printed look alike in the text: a sentence says which fields are. */
export function describeFields(filled: readonly string[]): string[] {
  if (filled.length === 0) return []
  const names = filled.slice(0, mostNames).map((name) => `“${name.slice(0, longestName)}”`)
  const rest = filled.length - names.length
  const list = [...names, ...(rest > 0 ? [`${String(rest)} more`] : [])].join(', ')
  const are = filled.length === 1 ? 'A form field is' : `${String(filled.length)} form fields are`
  return [`${are} filled in, and what is filled in stands in the text at its place: ${list}. A ticked box reads ☑.`]
}

/** Which pages have no text, and which could not be read. Numbers count from 1. */
export function describePages({
  textless,
  broken,
}: {
  textless: readonly number[]
  broken: readonly number[]
}): string[] {
  const name = (pages: readonly number[]) => `${pages.length === 1 ? 'Page' : 'Pages'} ${listRanges(pages)}`
  const notices: string[] = []
  if (textless.length > 0)
    notices.push(`${name(textless)} ${textless.length === 1 ? 'holds' : 'hold'} no text: empty, or a picture of it.`)
  if (broken.length > 0)
    notices.push(`${name(broken)} ${broken.length === 1 ? 'is' : 'are'} damaged and could not be read.`)
  return notices
}

/** What of the letters of a file could not be had. */
interface Loss {
  /** Encodings that are not known here. */
  missing: ReadonlySet<string>
  /** How many signs have no letter at all, and how many stand in the text without a meaning. */
  lost: number
  undecoded: number
  cutTables: number
}

/** What of the text may be wrong or missing because the file does not say which letters its fonts show. */
export function describeLoss({ missing, lost, undecoded, cutTables }: Loss): string[] {
  const notices: string[] = []
  const signs = (count: number) => `${count.toLocaleString('en-GB')} ${count === 1 ? 'sign' : 'signs'}`
  if (missing.size > 0) {
    const encodings = [...missing].join(', ')
    notices.push(
      `Some text is written in an encoding that is not known here (${encodings}) and may be wrong: compare it with the file.`,
    )
  }
  if (lost > 0)
    notices.push(`${signs(lost)} of which the file does not say the letter ${lost === 1 ? 'was' : 'were'} left out.`)
  if (undecoded > 0) {
    const stand = undecoded === 1 ? 'stands in the text as a character' : 'stand in the text as characters'
    notices.push(`${signs(undecoded)} could not be decoded and ${stand} without a meaning: compare them with the file.`)
  }
  if (cutTables > 0)
    notices.push(
      'A table that says which letters a font shows is cut off in this file, and was used as far as it goes: compare the text with the file.',
    )
  return notices
}

/** Ascending numbers as people write them: "3, 5–7". */
function listRanges(numbers: readonly number[]): string {
  const ranges: [number, number][] = []
  for (const number of numbers) {
    const last = ranges.at(-1)
    if (last?.[1] === number - 1) last[1] = number
    else ranges.push([number, number])
  }
  return ranges.map(([from, to]) => (from === to ? String(from) : `${String(from)}–${String(to)}`)).join(', ')
}
