/**
 * Symbol fonts (ZapfDingbats, Wingdings) have ticks, stars and arrows in place of letters, often without saying so: a tick would come out as "4" or
 * "ü". Their symbols are known by code.
 */

/** The Unicode characters of ZapfDingbats symbols outside the ranges below, by code. */
const dingbats: Readonly<Record<number, number>> = {
  0x25: 0x26_0e,
  0x2a: 0x26_1b,
  0x2b: 0x26_1e,
  0x48: 0x26_05,
  0x6c: 0x25_cf,
  0x6e: 0x25_a0,
  0x73: 0x25_b2,
  0x74: 0x25_bc,
  0x75: 0x25_c6,
  0x77: 0x25_d7,
  0xa8: 0x26_63,
  0xa9: 0x26_66,
  0xaa: 0x26_65,
  0xab: 0x26_60,
  0xd5: 0x21_92,
  0xd6: 0x21_94,
  0xd7: 0x21_95,
}

/** Ranges of ZapfDingbats codes that follow the order of Unicode: the first and last code, and the Unicode character of the first. */
const dingbatRanges = [
  [0x21, 0x7e, 0x27_01],
  [0x80, 0x8d, 0x27_68],
  [0xa1, 0xa7, 0x27_61],
  [0xac, 0xb5, 0x24_60],
  [0xb6, 0xd4, 0x27_76],
  [0xd8, 0xef, 0x27_98],
  [0xf1, 0xfe, 0x27_b1],
] as const

/** The symbols of Wingdings that occur in texts: bullets, boxes, ticks, arrows. */
const wingdings: Readonly<Record<number, string>> = {
  0x6c: '●',
  0x6d: '❍',
  0x6e: '■',
  0x6f: '□',
  0x71: '❑',
  0x72: '❒',
  0x75: '◆',
  0x76: '❖',
  0x9f: '•',
  0xa7: '▪',
  0xa8: '□',
  0xd8: '➢',
  0xdf: '←',
  0xe0: '→',
  0xe8: '➔',
  0xf0: '⇨',
  0xfb: '✗',
  0xfc: '✓',
  0xfd: '☒',
  0xfe: '☑',
}

/**
 * The code of a character in a font without a table: the character's own, or its offset in the private use area. The engine turns the micro sign into
 * a Greek letter.
 */
const coded = /[!-\u00ff\u03bc\uf021-\uf0ff]/gu

const codeOf = (letter: string) => (letter === 'μ' ? 0xb5 : letter.charCodeAt(0) & 0xff)

function readDingbat(code: number): string | undefined {
  const own = dingbats[code]
  if (own !== undefined) return String.fromCodePoint(own)
  const range = dingbatRanges.find(([from, to]) => code >= from && code <= to)
  return range && String.fromCodePoint(range[2] + code - range[0])
}

/** Text as displayed in a font: in a symbol font, symbols replace the letters with their codes. */
export function readPictures(fontName: string, text: string): string {
  const read = /dingbats/i.test(fontName)
    ? readDingbat
    : /wingdings(?![23\s-]*[23])/i.test(fontName)
      ? (code: number) => wingdings[code]
      : null
  return read === null ? text : text.replace(coded, (letter) => read(codeOf(letter)) ?? letter)
}

/** Whether text looks like symbols: single characters, or one character repeated. */
export function looksLikePictures(text: string): boolean {
  const letters = text.replace(/\s/gu, '')
  return (letters.length <= 2 || letters.replaceAll(letters.charAt(0), '') === '') && letters.replace(coded, '') === ''
}

/**
 * Tables of the encodings that older Chinese, Japanese and Korean PDF files name but do not embed, made from the runtime's own decoders. One table
 * maps codes to the character numbers of a collection, a second one maps those numbers to letters. Nothing is drawn, so the numbers need only agree
 * between the two: letters beyond ASCII get numbers that no real collection has, and a file that uses real numbers gets no letter instead of a wrong
 * one. Encodings whose codes are Unicode need numbers only for ASCII, whose widths the file may give: the engine takes a code without a number for
 * the letter itself.
 */

interface Collection {
  /** The name of the table that maps character numbers to letters. */
  letters: string
  /** The runtime's name of the encoding. */
  label: string
  /** The ranges of byte pairs: first and last value of the first byte; first and last value of the second. */
  pairs: readonly (readonly [number, number, number, number])[]
  /** The real number of the narrow space; the rest of ASCII follows it. */
  narrow: number
  /** Single bytes for narrow syllables, if there are any. */
  syllables: readonly [number, number] | null
  /** Encodings by name, without their writing direction. */
  names: readonly string[]
}

const collections: readonly Collection[] = [
  {
    letters: 'Adobe-Japan1-UCS2',
    label: 'shift_jis',
    pairs: [
      [0x81, 0x9f, 0x40, 0xfc],
      [0xe0, 0xfc, 0x40, 0xfc],
    ],
    narrow: 231,
    syllables: [0xa1, 0xdf],
    names: ['90ms-RKSJ', '90msp-RKSJ', '90pv-RKSJ', '83pv-RKSJ', 'Ext-RKSJ', 'Add-RKSJ'],
  },
  {
    letters: 'Adobe-Japan1-UCS2',
    label: 'euc-jp',
    pairs: [[0xa1, 0xfe, 0xa1, 0xfe]],
    narrow: 231,
    syllables: null,
    names: ['EUC'],
  },
  {
    letters: 'Adobe-GB1-UCS2',
    label: 'gbk',
    pairs: [[0x81, 0xfe, 0x40, 0xfe]],
    narrow: 814,
    syllables: null,
    names: ['GBK-EUC', 'GBKp-EUC', 'GB-EUC', 'GBpc-EUC'],
  },
  {
    letters: 'Adobe-CNS1-UCS2',
    label: 'big5',
    pairs: [[0xa1, 0xfe, 0x40, 0xfe]],
    narrow: 13648,
    syllables: null,
    names: ['ETen-B5', 'ETenms-B5', 'B5pc', 'HKscs-B5'],
  },
  {
    letters: 'Adobe-Korea1-UCS2',
    label: 'euc-kr',
    pairs: [[0x81, 0xfe, 0x41, 0xfe]],
    narrow: 8094,
    syllables: null,
    names: ['KSCms-UHC', 'KSCms-UHC-HW', 'KSC-EUC', 'KSCpc-EUC'],
  },
]

/** The numbers of proportional ASCII, equal in all collections, and the first number outside every collection. */
const [proportional, firstFree] = [1, 0x80_00]
const [space, tilde] = [0x20, 0x7e]
const unknownLetter = 0xff_fd
/** The most entries in one section of a table. */
const mostEntries = 100

/** A file may use several encodings of a collection; a letter has the same number in all of them. */
export class EncodingTables {
  /** By name of the letter table: the number of each letter requested so far. */
  readonly #numbers = new Map<string, Map<string, number>>()

  /**
   * The table of a name, in the syntax of CMap resources; null for an unknown one. It has the letters of the encodings requested before, which is the
   * order in which the engine reads them. Without an earlier request the file uses real numbers, of which only ASCII is known here.
   */
  make(name: string): string | null {
    if (unicodeName.test(name)) return writeUnicode(name)
    const collection = collections.find(({ names }) => names.includes(name.replace(/-[HV]$/, '')))
    if (collection !== undefined && /-[HV]$/.test(name)) return this.#writeCodes(name, collection)
    const asked = collections.find(({ letters }) => letters === name)
    return asked === undefined ? null : writeLetters(asked, this.#numbers.get(name) ?? new Map())
  }

  #writeCodes(name: string, { letters, label, pairs, narrow, syllables }: Collection): string {
    const decoder = new TextDecoder(label, { fatal: false })
    const numbers = this.#numbers.get(letters) ?? new Map<string, number>()
    this.#numbers.set(letters, numbers)
    const ranges: { from: number; to: number; number: number }[] = []
    const add = (code: number, bytes: readonly number[]) => {
      const letter = decoder.decode(new Uint8Array(bytes))
      if (letter.length !== 1 || letter === '\ufffd') return
      const number = numbers.get(letter) ?? firstFree + numbers.size
      numbers.set(letter, number)
      const last = ranges.at(-1)
      const goesOn = last?.to === code - 1 && number === last.number + code - last.from && code >> 8 === last.from >> 8
      if (goesOn) last.to = code
      else ranges.push({ from: code, to: code, number })
    }
    for (const [from, to, low, high] of pairs)
      for (let first = from; first <= to; first += 1)
        for (let second = low; second <= high; second += 1) add((first << 8) | second, [first, second])
    const [syllable, lastSyllable] = syllables ?? [1, 0]
    const singles: typeof ranges = []
    for (let code = syllable; code <= lastSyllable; code += 1) {
      const letter = decoder.decode(new Uint8Array([code]))
      const number = numbers.get(letter) ?? firstFree + numbers.size
      numbers.set(letter, number)
      singles.push({ from: code, to: code, number })
    }
    const ascii = /p-RKSJ|pv-|GBKp|GBpc|B5pc|KSCpc|ETen-B5|KSCms-UHC-[HV]$/.test(name) ? proportional : narrow
    const spaces = [
      '<00> <80>',
      ...(syllables === null ? [] : [`${hex(syllable, 2)} ${hex(lastSyllable, 2)}`]),
      ...pairs.map(([from, to, low, high]) => `${hex((from << 8) | low, 4)} ${hex((to << 8) | high, 4)}`),
    ]
    return [
      `/CMapName /${name} def`,
      `/WMode ${name.endsWith('V') ? '1' : '0'} def`,
      ...inParts('codespacerange', spaces),
      ...inParts('cidrange', [
        `${hex(space, 2)} ${hex(tilde, 2)} ${String(ascii)}`,
        ...singles.map(({ from, to, number }) => `${hex(from, 2)} ${hex(to, 2)} ${String(number)}`),
        ...ranges.map(({ from, to, number }) => `${hex(from, 4)} ${hex(to, 4)} ${String(number)}`),
      ]),
      'endcmap',
    ].join('\n')
  }
}

/** Encodings whose codes are UTF-16, as PDF names them. */
const unicodeName = /^Uni(?:JIS|JIS2004|JISX0213|JISX02132004|GB|CNS|KS)-(?:UCS2|UTF16)(?:-HW)?-[HV]$/

/** A table with numbers for ASCII only, for an encoding whose codes are Unicode. */
function writeUnicode(name: string): string {
  return [
    `/CMapName /${name} def`,
    `/WMode ${name.endsWith('V') ? '1' : '0'} def`,
    ...inParts('codespacerange', ['<0000> <D7FF>', '<D800DC00> <DBFFDFFF>', '<E000> <FFFF>']),
    ...inParts('cidrange', [`${hex(space, 4)} ${hex(tilde, 4)} ${String(proportional)}`]),
    'endcmap',
  ].join('\n')
}

/** The characters of Adobe-Japan1 that replace ASCII ones, by their real numbers. */
const japaneseLatin: Readonly<Record<number, number>> = {
  61: 0xa5,
  93: 0xa6,
  95: 0x20_3e,
  97: 0x5c,
  99: 0x7c,
  100: 0x7e,
  151: 0xad,
}

/** Maps the numbers of a collection to letters; its real numbers beyond ASCII, which are unknown here, become the replacement character. */
function writeLetters({ letters: name, narrow }: Collection, numbers: ReadonlyMap<string, number>): string {
  const length = tilde - space + 1
  const isReal = numbers.size === 0
  const letterOf = (number: number): number => {
    const own = isReal && name === 'Adobe-Japan1-UCS2' ? japaneseLatin[number] : undefined
    if (own !== undefined) return own
    for (const first of [proportional, narrow])
      if (number >= first && number < first + length) return space + number - first
    return unknownLetter
  }
  return [
    `/CMapName /${name} def`,
    ...inParts('codespacerange', ['<0000> <FFFF>']),
    ...inParts('bfchar', [
      ...Array.from({ length: firstFree - proportional }, (_, at) => proportional + at).map(
        (number) => `${hex(number, 4)} ${hex(letterOf(number), 4)}`,
      ),
      ...[...numbers].map(([letter, number]) => `${hex(number, 4)} ${hex(letter.charCodeAt(0), 4)}`),
    ]),
    'endcmap',
  ].join('\n')
}

function hex(value: number, digits: number): string {
  return `<${value.toString(16).toUpperCase().padStart(digits, '0')}>`
}

function inParts(kind: string, entries: readonly string[]): string[] {
  const parts: string[] = []
  for (let at = 0; at < entries.length; at += mostEntries) {
    const some = entries.slice(at, at + mostEntries)
    parts.push(`${String(some.length)} begin${kind}`, ...some, `end${kind}`)
  }
  return parts
}
