import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BlockNode, DocumentContent, OutOfScopeReason } from '../text/model'
import { buildTextIndex } from '../text/text-index'
import { keysOfSketch, nearShare, sharedPart, sketchSize, sketchText } from './sketch'

type Part = string | { text: string; scope: OutOfScopeReason }

function sketch(...parts: Part[]) {
  const content: DocumentContent = {
    type: 'doc',
    content: parts.map((part): BlockNode => {
      const text = typeof part === 'string' ? part : part.text
      const attrs = typeof part === 'string' ? {} : { attrs: { scope: part.scope } }
      return { type: 'paragraph', ...attrs, content: [{ type: 'text', text }] }
    }),
  }
  return sketchText(buildTextIndex(content))
}

/** `count` distinct words, numbered from `from`. */
const words = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) => `w${String(from + at)}`).join(' ')

/** The share by its definition, for texts whose words all differ. */
function shareOf(one: readonly [number, number], other: readonly [number, number]): number {
  const sequences = ([from, count]: readonly [number, number]) =>
    Array.from({ length: count - 4 }, (_, at) => from + at)
  const [first, second] = [new Set(sequences(one)), sequences(other)]
  const shared = second.filter((at) => first.has(at)).length
  return shared / (first.size + second.length - shared)
}

describe('sketches', () => {
  it('of short texts give the share of word sequences exactly', () => {
    const part = fc.tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 30, max: 400 }))
    fc.assert(
      fc.property(part, part, (one, other) => {
        const found = sharedPart(sketch(words(...one)), sketch(words(...other)))
        expect(found).toBeCloseTo(shareOf(one, other), 10)
      }),
      { seed: 7, numRuns: 100 },
    )
  })

  it('of long texts give it to within six points', () => {
    const long = [0, 30_000] as const
    const one = sketch(words(...long))
    expect(one).toHaveLength(sketchSize)
    for (const from of [100, 3_000, 5_000, 10_000, 20_000, 29_990]) {
      const other = [from, 30_000] as const
      expect(Math.abs(sharedPart(one, sketch(words(...other))) - shareOf(long, other)), String(from)).toBeLessThan(0.06)
    }
  })

  it('of texts that are much alike have keys in common', () => {
    for (let seed = 0; seed < 200; seed++) {
      const [one, other] = [sketch(words(seed * 5_000, 900)), sketch(words(seed * 5_000 + 120, 900))]
      expect(sharedPart(one, other)).toBeGreaterThanOrEqual(nearShare)
      const keys = new Set(keysOfSketch(one))
      expect(keysOfSketch(other).some((key) => keys.has(key))).toBe(true)
    }
  })

  const text = `The harbour froze twice in 1904, and “nobody” kept a log of it. ${words(0, 40)}`
  it.each<[string, Part[], number]>([
    ['the same text', [text], 1],
    [
      'other quotation marks, cases and breaks',
      [text.toUpperCase().replace('“NOBODY”', '"NOBODY"').replace('. ', '.\n')],
      1,
    ],
    ['what stands around the article', [{ text: words(9_000, 100), scope: 'navigation' }, text], 1],
    ['nothing but a phrase', [`The harbour froze twice in May. ${words(500, 40)}`], 0],
  ])('%s', (_name, parts, share) => {
    expect(sharedPart(sketch(text), sketch(...parts))).toBeCloseTo(share, 1)
  })

  it('are empty for a text that is too short to be compared', () => {
    expect(sketch(words(0, 23))).toEqual([])
    expect(sharedPart([], sketch(text))).toBe(0)
  })

  it('take each letter of a script without spaces as a word', () => {
    const chinese = '港口在一九〇四年的冬天结了两次冰，没有人记下来，市长很高兴地说那一年的捕鱼季节提前结束了。'
    expect(sharedPart(sketch(chinese), sketch(chinese.replace('很高兴', '不高兴')))).toBeGreaterThan(0.6)
  })
})
