/** Numbers, dates and languages in words. The format is fixed, so that server and browser render the same. */

const numbers = new Intl.NumberFormat('en-GB')

/** Formats a whole number with separators: 1,240. */
export function numberInWords(count: number): string {
  return numbers.format(count)
}

/** A number with its noun: "1 word", "1,240 words". The plural adds an s unless it is given. */
export function countInWords(count: number, one: string, many = `${one}s`): string {
  return `${numbers.format(count)} ${count === 1 ? one : many}`
}

/** Words with a capital at the start: "Sentence 4". */
export function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const months = new Intl.DateTimeFormat('en-GB', { month: 'long', timeZone: 'UTC' })

/**
 * A partial date (YYYY, YYYY-MM or YYYY-MM-DD) in words: "2025", "March 2025", "14 March 2025"; empty for none. Any other text is returned as it is.
 */
export function dateInWords(date: string | null): string {
  if (date === null) return ''
  if (!/^\d{4}(-(0[1-9]|1[0-2])(-\d{2})?)?$/.test(date)) return date
  const [year = '', month, day] = date.split('-')
  if (month === undefined) return year
  const name = months.format(new Date(`${year}-${month}-01T00:00:00Z`))
  return day === undefined ? `${name} ${year}` : `${String(Number(day))} ${name} ${year}`
}

const languages = new Intl.DisplayNames('en-GB', { type: 'language', fallback: 'code' })

/** The English name of a BCP 47 language; empty when it is undetermined. */
export function languageInWords(tag: string): string {
  if (tag === '' || tag === 'und') return ''
  try {
    return languages.of(tag) ?? tag
  } catch {
    // Not a well-formed tag: returned as it is.
    return tag
  }
}

const units = ['bytes', 'KB', 'MB', 'GB']

/** A size in bytes in binary units, with at most two significant digits below ten: "812 bytes", "1.4 MB". */
export function sizeInWords(bytes: number): string {
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10))
  const value = bytes / 1024 ** step
  return `${value < 10 && step > 0 ? String(Math.round(value * 10) / 10) : String(Math.round(value))} ${units[step] ?? ''}`
}

/** Initials for a name, one or two: the first character of its first and last word, whole characters of any script. Empty for an empty name. */
export function initialsOf(name: string): string {
  const words = name
    .trim()
    .split(/\s+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
  const first = words[0]
  const last = words.length > 1 ? words.at(-1) : undefined
  return [first, last]
    .flatMap((word) => /[\p{L}\p{N}]\p{M}*/u.exec(word ?? '')?.[0] ?? [])
    .join('')
    .toLocaleUpperCase()
}
