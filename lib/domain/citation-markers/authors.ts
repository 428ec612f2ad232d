/**
 * The authors and the year, as citations and lists of references write them: "Meyer & Ito, 2019a", "Meyer, A., & Ito, B. (2019a). …". Names are
 * compared without regard to capital letters and accents.
 */

/** A year as citations write it: "2019", "2019a", "n.d.". */
const yearPattern = String.raw`(?:(?:1[5-9]|20)\d{2}[a-z]?|n\.\s?d\.|o\.\s?J\.|in press|forthcoming)(?![\p{L}\p{N}])`
const particles =
  'v[ao]n|von|vom|de|del|della|der|den|des|dos|das|da|di|du|la|le|el|al|bin|ibn|ten|ter|zu|zur|af|of|for|the|für'
const andWords = 'and|und|et|y|e|i|и|och|og|en|ve'
const moreWords = String.raw`et al\.?|u\.\s?a\.|и др\.|и соавт\.`
const moreAuthors = new RegExp(String.raw`,?\s+(?:${moreWords})$|等$|ら$`, 'u')
const joints = new RegExp(String.raw`\s*(?:,\s*(?:&|(?:${andWords})(?=\s))|;|,|&|\s(?:${andWords})(?=\s))\s*`, 'u')
/** Matches up to eight words that begin with a capital letter, particles excepted, or are of a script without capitals. */
const nameShape = new RegExp(
  String.raw`^(?:(?:${particles}|[\p{Lu}\p{Lt}][\p{L}\p{M}\p{N}'’.-]*|\p{Lo}[\p{L}\p{M}]*|[dOD]['’]\p{Lu}[\p{L}\p{M}-]*)(?:\s+|$)){1,8}$`,
  'u',
)
const initials = /^(?:\p{Lu}\p{Ll}?\.?[\s-]?){1,4}$/u
const introductions =
  /^(?:(?:see|also|e\.g\.|cf\.|compare|but|as in|in|vgl\.|siehe|s\.|z\.\s?B\.|voir|p\.\s?ex\.|véase|cfr\.|см\.|ср\.)[\s,]+)+/iu
/** Matches words before a year that are not an author. */
const dates =
  /^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|june|july|august|september|october|november|december|spring|summer|autumn|fall|winter|easter|christmas|since|until|from|by|in|circa|ca|c|about|early|late|mid|januar|februar|märz|mai|juni|juli|oktober|dezember|frühjahr|sommer|herbst)\.?$/iu

/** The authors and the year of a marker. */
export interface Authorship {
  /** The names as written, one for each author. */
  names: string[]
  /** Whether the marker says that there are more authors: "et al.". */
  hasMore: boolean
  /** "2019a"; "n.d." without spaces. */
  year: string
}

/** The authors and the year of an entry, where they can be recognised. */
export interface EntryAuthorship {
  /** The authors, each folded, as whole words. */
  authors: string[]
  /** The fewest and the most authors there can be: "Meyer, Anna, and …" may name one person or two. */
  fewest: number
  most: number
  year: string
}

/** Folds to small letters without accents and stops, with single spaces. */
function fold(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[\p{M}.]/gu, '')
    .replace(/’/g, "'")
    .replace(/\s+/gu, ' ')
    .trim()
    .toLowerCase()
}

function plainYear(year: string): string {
  return year.replace(/\s/g, '').replace(/^o\.J\.$/, 'n.d.')
}

/** The names in "Meyer", "Meyer & Ito", "van der Berg, Ito, and Lee", "Meyer et al."; null when a part is not a name. */
function readNames(text: string): { names: string[]; hasMore: boolean } | null {
  const written = text.trim().replace(/[’']s?$/u, '')
  const named = written.replace(moreAuthors, '')
  const names = named.split(joints).map((name) => name.trim())
  if (names.length > 8 || names.some((name) => name.length > 80 || !nameShape.test(name) || dates.test(name)))
    return null
  return { names, hasMore: named !== written }
}

const yearsAtStart = new RegExp(
  String.raw`^(${yearPattern})((?:\s*,\s*(?:${yearPattern}|[a-z](?![\p{L}\p{N}.])))*)`,
  'u',
)

/**
 * The years at the start of a text, "2019a, b" as two; pages and the like may follow after a comma or a colon. Empty when the text begins otherwise.
 */
export function readYears(text: string): string[] {
  const found = yearsAtStart.exec(text)
  if (found === null || !/^\s*(?:$|[,:])/u.test(text.slice(found[0].length))) return []
  const [, first = '', others = ''] = found
  const years = [plainYear(first)]
  for (const other of others.split(',').map((part) => part.trim())) {
    if (other === '') continue
    years.push(/^[a-z]$/.test(other) ? `${(years.at(-1) ?? '').replace(/[a-z]$/, '')}${other}` : plainYear(other))
  }
  return years
}

const yearInside = new RegExp(String.raw`(?<![\p{L}\p{N}])${yearPattern}`, 'u')

/** Reads one part of a bracket, "see Meyer & Ito, 2019, p. 4": a citation for each year in it; empty when it is not a citation. */
export function readCitationPart(part: string): Authorship[] {
  const text = part.trim().replace(introductions, '')
  const at = text.search(yearInside)
  if (at <= 0) return []
  const years = readYears(text.slice(at))
  const named = years.length === 0 ? null : readNames(text.slice(0, at).trim().replace(/,$/u, ''))
  return named === null ? [] : years.map((year) => ({ ...named, year }))
}

const wordBefore = /\S+$/u
const nameWord = new RegExp(
  String.raw`^["“'‘]?[\p{Lu}\p{Lo}]|^(?:&|${andWords}|${particles}|${moreWords}|al\.?|u\.|a\.|др\.|соавт\.)$`,
  'u',
)
/** Words with a capital letter that open a sentence before a comma. */
const opensSentence =
  /^(?:However|Moreover|Furthermore|Similarly|Likewise|Later|Recently|Finally|Thus|Therefore|Hence|Indeed|Instead|Conversely|Accordingly|Additionally|Also|Still|Here|Then|Yet|First|Second|Third|Today|Nevertheless|Nonetheless),$/
const endsSentence = /[.;:!?)\]”"]$/u
const endsName = /^(?:al|u|a|др|соавт)\.$|^(?:\p{Lu}\p{Ll}?\.)+$/u
const nameStart = new RegExp(String.raw`^(?:[\p{Lu}\p{Lo}]|(?:${particles})\s|[dO]['’])`, 'u')
const endsInJoint = new RegExp(String.raw`(?:^|\s)(?:&|${andWords})\s+$`, 'u')

/** The starts of the words right before the end of a text that may be names; the last word first. At most 16 words. */
function nameWordsBefore(text: string): number[] {
  const starts: number[] = []
  let rest = text.trimEnd()
  while (starts.length < 16) {
    const word = wordBefore.exec(rest)?.[0]
    if (word === undefined || !nameWord.test(word)) break
    if (starts.length > 0 && endsSentence.test(word) && !endsName.test(word)) break
    if (opensSentence.test(word)) break
    starts.push(rest.length - word.length)
    rest = rest.slice(0, rest.length - word.length).trimEnd()
  }
  return starts
}

/**
 * The names right before the bracket of "Meyer and Ito (2019)": each way to read them, the longest first, with its start in the text. Other words
 * before the names may be left off ("In Meyer"), but never another author: "Lee and Meyer" is not "Meyer".
 */
export function namesBefore(text: string): { start: number; names: string[]; hasMore: boolean }[] {
  const starts = nameWordsBefore(text).reverse()
  const readings: { start: number; names: string[]; hasMore: boolean }[] = []
  for (const start of starts) {
    const leftOff = text.slice(starts[0], start)
    if (endsInJoint.test(leftOff)) break
    const written = text.slice(start).trimEnd()
    const named = nameStart.test(written) ? readNames(written) : null
    if (named === null) continue
    if (leftOff.trimEnd().endsWith(',') && named.names.length > 1) break
    readings.push({ start, names: named.names, hasMore: named.hasMore })
  }
  return readings
}

const yearBehindAuthors = new RegExp(
  String.raw`^(.{2,400}?)[.,:]?\s*(?:[(\[（](${yearPattern})[^)\]）]{0,40}[)\]）]|[.,]\s+(${yearPattern})(?=[.,:;]|\s*$))`,
  'u',
)
const accessed = /\b(?:retrieved|accessed|archived|abgerufen|zuletzt|consulté|consultado|visited)\b.*$/iu
const anyYear = new RegExp(String.raw`(?<![\p{L}\p{N}/–:-])(${yearPattern})(?![–-]\d|/)`, 'gu')

/**
 * The authors and the year of the work that an entry names. `before` is the authorship of the entry before, which a dash at the start repeats. Null
 * when no author or no year is recognised.
 */
export function readEntryAuthorship(words: string, before: EntryAuthorship | null): EntryAuthorship | null {
  const text = words.slice(0, 1000)
  const isRepeated = /^[—–―_-]{2,}|^[—―](?=[.,\s(])/u.test(text)
  const behind = yearBehindAuthors.exec(text)
  // A year may also follow a title.
  const early = behind !== null && (isRepeated || readEntryAuthors(behind[1] ?? '') !== null) ? behind : null
  const authorPart = early?.[1] ?? text.slice(0, endOfAuthors(text))
  const year = early?.[2] ?? early?.[3] ?? [...text.replace(accessed, '').matchAll(anyYear)].at(-1)?.[1]
  if (year === undefined) return null
  if (isRepeated) return before === null ? null : { ...before, year: plainYear(year) }
  const authors = readEntryAuthors(authorPart)
  return authors === null ? null : { ...authors, year: plainYear(year) }
}

/**
 * The end of the authors in an entry that has its year elsewhere: the first stop that does not belong to an initial, a colon, or an opening quotation
 * mark.
 */
function endOfAuthors(text: string): number {
  const found = /(?<!(?:^|[\s.-])\p{Lu}\p{Ll}?)\.\s|(?<=[\s-]\p{Lu}{1,3})\.\s(?=\S{2,}\s\p{Ll})|:|[“„«"‘「『]/u.exec(
    text,
  )
  return found === null ? 0 : found.index
}

/** The authors in the part of an entry before its year or title; null when a part is not a name. */
function readEntryAuthors(text: string): Pick<EntryAuthorship, 'authors' | 'fewest' | 'most'> | null {
  const plain = text
    .replace(/[([](?:eds?|hrsg|hg|dir|trans)\.?[)\]]/giu, '')
    .replace(/,\s*(?:eds?|hrsg|hg)\.$/iu, '')
    .trim()
    .replace(/,$/u, '')
  const named = plain.replace(moreAuthors, '')
  const hasMore = named !== plain
  const authors: string[] = []
  let doubtful = 0
  let isInverted = false
  for (const part of named.split(joints).map((each) => each.trim())) {
    if (part === '') continue
    if (authors.length > 0 && initials.test(part)) {
      isInverted = true
      continue
    }
    if (part.length > 80 || !nameShape.test(part.replace(/[.]$/u, ''))) return null
    // "Meyer, Anna": a given name, or a second author. A name with initials of its own has no given name behind it.
    const mayBeGiven = authors.length === 1 && !isInverted && !/\s\p{Lu}/u.test(authors[0] ?? '')
    if (mayBeGiven && /^\p{Lu}\S+(?:\s\p{Lu}\.)*$/u.test(part) && named.includes(`, ${part}`)) doubtful += 1
    authors.push(part)
  }
  if (authors.length === 0 || authors.length > 30) return null
  const most = hasMore ? Infinity : authors.length
  return { authors: authors.map(fold), fewest: hasMore ? 2 : authors.length - doubtful, most }
}

/** The keys to find an entry by: each name that a marker may use for its first author, with the year. */
export function keysOfEntry({ authors, year }: EntryAuthorship): string[] {
  const first = authors[0] ?? ''
  const words = first.split(' ')
  const names = [first]
  // "Anna Meyer", "Meyer A": the name without the given name or initials.
  for (let at = 1; at < words.length; at += 1) {
    if (words.slice(at).every((word) => word.length <= 3)) names.push(words.slice(0, at).join(' '))
    names.push(words.slice(at).join(' '))
  }
  return [...new Set(names)].filter((name) => name.length > 1).map((name) => `${name} ${year}`)
}

/** The key by which a marker's entry is looked up. */
export function keyOfMarker({ names, year }: Authorship): string {
  return `${fold(names[0] ?? '')} ${year}`
}

/** Whether an entry with the first author and the year of a marker also has the marker's other authors: the same number, and the same names. */
export function agreesWith({ names, hasMore }: Authorship, { authors, fewest, most }: EntryAuthorship): boolean {
  if (hasMore ? most < names.length + 1 : fewest > names.length || most < names.length) return false
  return names.slice(1).every((name) => {
    const folded = fold(name)
    return authors.some((author) => ` ${author} `.includes(` ${folded} `))
  })
}
