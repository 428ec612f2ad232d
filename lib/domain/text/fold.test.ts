import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findFolded, foldText, foldWords, unfoldRange, type FoldOptions } from './fold'

const everything: FoldOptions = { case: true, marks: true }

describe('folding for comparison', () => {
  it.each<[string, string, string, FoldOptions?]>([
    ['curly apostrophe', 'The mayor’s office', "The mayor's office"],
    ['prime and backtick', '5′ and `x`', "5' and 'x'"],
    ['double quotes of many languages', '“a” „b‟ «c» 〝d〞', '"a" "b" "c" "d"'],
    ['dashes and the minus sign', '1990–95 — −4 a‑b', '1990-95 - -4 a-b'],
    ['soft hyphens', 'Donau\u00addampf\u00adschiff', 'Donaudampfschiff'],
    ['no-break and thin spaces', '5\u00a0million\u2009t', '5 million t'],
    ['a run of white space', 'a \n\t\u00a0 b', 'a b'],
    ['white space around something unseen', 'a \u00ad\u200b b', 'a b'],
    ['decomposed letters', 'cafe\u0301', 'café'],
    ['ligatures', 'ﬁsh and oﬃce', 'fish and office'],
    ['full width', '（Ａ１）', '(A1)'],
    ['half-width katakana with its sound mark', 'ｶﾞ', 'ガ'],
    ['Korean letters', '\u1112\u1161\u11ab', '한'],
    ['an ellipsis', 'so…', 'so...'],
    ['marks of direction', '\u200fשלום\u200e', 'שלום'],
    ['emoji, flags and what lies beyond the basic plane', '👩🏽 🇳🇴 𝔊', '👩🏽 🇳🇴 G'],
    ['half of a surrogate pair stays', 'a\ud800b', 'a\ud800b'],
    ['raised digits keep their meaning', '3 × 10⁶', '3 × 10⁶'],
    ['fractions keep their meaning', '5½', '5½'],
    ['case stays unless asked', 'ABC', 'ABC'],
    ['accents stay unless asked', 'é', 'é'],
    ['case', 'STRASSE Straße STRAẞE ΣΑΣ σας', 'strasse strasse strasse σασ σασ', { case: true }],
    ['accents', 'Málaga, Łódź, Øre', 'Malaga, Lodz, Ore', { marks: true }],
    ['letters that are two', 'œuvre, Æsop', 'oeuvre, AEsop', { marks: true }],
    ['Greek and Hebrew points', 'ά שָׁלוֹם', 'α שלום', { marks: true }],
    ['Cyrillic keeps its letters', 'й ї ё о\u0301', 'й ї е о', { marks: true }],
    ['Devanagari keeps its vowels', 'हिन्दी', 'हिन्दी', { marks: true }],
    ['kana keep their sound marks', 'が', 'が', { marks: true }],
  ])('%s', (_name, text, expected, options = {}) => {
    expect(foldText(text, options).folded).toBe(expected)
  })

  it.each<[string, string]>([
    ['typeset prose', 'The mayor’s oﬃce wrote: “5\u00a0million”. '],
    ['one letter under a heap of marks', '\u0323\u0301'],
    ['white space alone', ' \n'],
    ['single characters that stand for whole phrases', '\ufdfa'],
  ])('takes two million characters in its stride: %s', (_name, piece) => {
    const text = piece.repeat(Math.ceil(2_000_000 / piece.length))
    const before = performance.now()
    expect(findFolded(text, 'nowhere in it', everything)).toBeNull()
    // Linear work takes less than a second; quadratic work would take minutes.
    expect(performance.now() - before).toBeLessThan(15_000)
  })
})

/** Text of letters with marks, quotes, white space, unseen characters and all other kinds of Unicode characters. */
const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(..."ab’“”—–-' \n\u00a0\u00ad\u200bﬁﬀéßẞ½⁶…ｶﾞ한Σ".split('')),
      fc.constantFrom('\u0301', '\u0308', '\u0323', '\u1112', '\u1161', '\u11ab', '👩🏽', '𝔊', 'Ω', 'İ'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 3 }),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''))
const anyOptions = fc.record({ case: fc.boolean(), marks: fc.boolean() })

describe('the way back', () => {
  it('is inside the text, in order, and never empty', () => {
    fc.assert(
      fc.property(anyText, anyOptions, (text, options) => {
        const { folded, starts, ends } = foldText(text, options)
        expect([starts.length, ends.length]).toEqual([folded.length, folded.length])
        for (let at = 0; at < folded.length; at += 1) {
          expect(starts[at]).toBeLessThan(ends[at] ?? 0)
          expect(ends[at]).toBeLessThanOrEqual(text.length)
          if (at > 0) expect(starts[at]).toBeGreaterThanOrEqual(starts[at - 1] ?? 0)
        }
      }),
    )
  })

  it('is exact: the words found fold to the words looked for', () => {
    fc.assert(
      fc.property(anyText, anyOptions, fc.nat(), fc.nat(), (text, options, one, other) => {
        const folded = foldText(text, options)
        const edges = [...folded.starts].flatMap((start, at) => (start === folded.starts[at - 1] ? [] : [at]))
        edges.push(folded.folded.length)
        const [start = 0, end = 0] = [edges[one % edges.length] ?? 0, edges[other % edges.length] ?? 0].sort(
          (a, b) => a - b,
        )
        const place = unfoldRange(folded, { start, end })
        if (start === end) expect(place).toBeNull()
        else
          expect(foldText(text.slice(place?.start, place?.end), options).folded).toBe(folded.folded.slice(start, end))
      }),
    )
  })

  it('loses nothing that is seen: what stands between two characters found is white space or unseen', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { starts, ends } = foldText(text)
        const seen = new Set<number>()
        starts.forEach((start, at) => {
          for (let each = start; each < (ends[at] ?? 0); each += 1) seen.add(each)
        })
        const left = Array.from({ length: text.length }, (_, at) => at).filter((at) => !seen.has(at))
        for (const at of left) expect(foldText(text.charAt(at)).folded).toMatch(/^\s*$/)
      }),
    )
  })
})

it.each<[string, string, string, string | null]>([
  ['a typewriter apostrophe in a typeset text', 'So the mayor’s office wrote.', "mayor's office", 'mayor’s office'],
  ['curly quotes in a plain text', 'He said "no" twice.', '“no”', '"no"'],
  [
    'hyphenation points',
    'Die Donau\u00addampf\u00adschiff\u00adfahrt ruht.',
    'Donaudampfschifffahrt',
    'Donau\u00addampf\u00adschiff\u00adfahrt',
  ],
  ['a phrase across the end of a line', 'more than\n  five million', 'than five', 'than\n  five'],
  ['inside a ligature: all of it', 'a ﬁsh', 'ish', 'ﬁsh'],
  ['a letter is not found in its accented form', 'café', 'cafe', null],
  ['nothing but white space', 'a b', ' \n', null],
])('finds %s', (_name, text, words, expected) => {
  const place = findFolded(text, words)
  expect(place === null ? null : text.slice(place.start, place.end)).toBe(expected)
})

it('folds once: what is folded stays as it is', () => {
  for (const text of ['The mayor’s', 'ﬁsh — “x”', 'İstanbul ΐ ǰ', '\u1112\u1161\u11ab', 'Straße'])
    expect(foldWords(foldWords(text, everything), everything)).toBe(foldWords(text, everything))
})
