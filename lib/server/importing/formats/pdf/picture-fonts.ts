/**
 * Fonts of pictures (ZapfDingbats, Wingdings) have ticks, stars and arrows where others have letters, and often do not say so: a tick would come out as "4"
 * or "ü". Which picture stands where is known.
 */

/** Where each picture of ZapfDingbats stands in Unicode that is not in the order of the font: by code. */
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

/** Ranges of codes of ZapfDingbats that are in order: the first and last code, and what the first one is in Unicode. */
const dingbatRanges = [
  [0x21, 0x7e, 0x27_01],
  [0x80, 0x8d, 0x27_68],
  [0xa1, 0xa7, 0x27_61],
  [0xac, 0xb5, 0x24_60],
  [0xb6, 0xd4, 0x27_76],
  [0xd8, 0xef, 0x27_98],
  [0xf1, 0xfe, 0x27_b1],
] as const

/** The pictures of Wingdings that stand in texts: bullets, boxes, ticks, arrows. */
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

/** A character as a font without a table gives it: its code, or that in the area for private use. The engine makes a Greek letter of the micro sign. */
const coded = /[!-\u00ff\u03bc\uf021-\uf0ff]/gu

const codeOf = (letter: string) => (letter === 'μ' ? 0xb5 : letter.charCodeAt(0) & 0xff)

function readDingbat(code: number): string | undefined {
  const own = dingbats[code]
  if (own !== undefined) return String.fromCodePoint(own)
  const range = dingbatRanges.find(([from, to]) => code >= from && code <= to)
  return range && String.fromCodePoint(range[2] + code - range[0])
}

/** Text as a font of that name shows it: pictures in place of the letters whose codes they have, where the font is one of pictures. */
export function readPictures(fontName: string, text: string): string {
  const read = /dingbats/i.test(fontName)
    ? readDingbat
    : /wingdings(?![23\s-]*[23])/i.test(fontName)
      ? (code: number) => wingdings[code]
      : null
  return read === null ? text : text.replace(coded, (letter) => read(codeOf(letter)) ?? letter)
}

/** Whether text looks like pictures: single characters, or one character several times. */
export function looksLikePictures(text: string): boolean {
  const letters = text.replace(/\s/gu, '')
  return (letters.length <= 2 || letters.replaceAll(letters.charAt(0), '') === '') && letters.replace(coded, '') === ''
}
