import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync(new URL('./globals.css', import.meta.url), 'utf8')

type Tokens = Record<string, string>

/** The hex tokens that a block declares directly, without its nested blocks. */
function declaredIn(block: string): Tokens {
  let depth = 0
  let flat = ''
  for (const character of block) {
    if (character === '{') depth += 1
    if (depth === 0) flat += character
    if (character === '}') depth -= 1
  }
  return Object.fromEntries(
    [...flat.matchAll(/--([a-z0-9-]+):\s*(#[0-9a-f]{6});/g)].map(([, name = '', value = '']) => [name, value]),
  )
}

/** The body of the first block that opens with `head` after `from`. */
function blockAfter(head: string, from: string): string {
  const start = from.indexOf(`${head} {`)
  if (start === -1) throw new Error(`globals.css has no block "${head}"`)
  const open = from.indexOf('{', start)
  let depth = 0
  for (let at = open; at < from.length; at += 1) {
    if (from[at] === '{') depth += 1
    if (from[at] === '}') depth -= 1
    if (depth === 0) return from.slice(open + 1, at)
  }
  throw new Error(`the block "${head}" is not closed`)
}

const root = blockAfter('\n:root', css)
const contrast = blockAfter('@variant contrast', root)
const light = declaredIn(root)
const dark = { ...light, ...declaredIn(blockAfter('@variant dark', root)) }
const lightContrast = { ...light, ...declaredIn(contrast) }
const darkContrast = { ...dark, ...declaredIn(contrast), ...declaredIn(blockAfter('@variant dark', contrast)) }

/** Relative luminance as WCAG 2.2 defines it, 0 to 1. */
function luminanceOf(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrastOf(a: string, b: string): number {
  const [high = 0, low = 0] = [luminanceOf(a), luminanceOf(b)].sort((x, y) => y - x)
  return (high + 0.05) / (low + 0.05)
}

const grounds = ['paper', 'surface', 'sunken', 'hover']
const texts = ['ink', 'ink-2', 'ink-3', 'accent', 'accent-strong', 'danger']
const ratings = ['sourced', 'unsourced', 'contradicted', 'not-checkable']

/** Every pair of text and background in the interface. */
const textPairs = [
  ...texts.flatMap((text) => grounds.map((ground) => [text, ground])),
  ...ratings.flatMap((rating) => [...grounds, `${rating}-soft`].map((ground) => [rating, ground])),
  ...ratings.flatMap((rating) => ['ink', 'ink-2'].map((text) => [text, `${rating}-soft`])),
  ['ink', 'accent-soft'],
  ['ink-2', 'accent-soft'],
  ['accent', 'accent-soft'],
  ['on-accent', 'accent'],
  ['on-accent', 'accent-strong'],
  ['on-danger', 'danger'],
  ['ink', 'selection'],
] as [string, string][]

const appearances: [string, Tokens, number][] = [
  ['light', light, 4.5],
  ['dark', dark, 4.5],
  ['light, high contrast', lightContrast, 7],
  ['dark, high contrast', darkContrast, 7],
]

describe.each(appearances)('contrast in %s', (_name, tokens, wanted) => {
  it.each(textPairs)('%s on %s can be read', (text, ground) => {
    expect(contrastOf(tokens[text] ?? '', tokens[ground] ?? '')).toBeGreaterThanOrEqual(wanted)
  })

  it.each(['paper', 'surface', 'sunken'])('the outline of a field stands out from %s', (ground) => {
    expect(contrastOf(tokens['field'] ?? '', tokens[ground] ?? '')).toBeGreaterThanOrEqual(3)
  })
})

describe('ratings without colour', () => {
  it('each has a line style of its own', () => {
    const styles = ratings.map((rating) => new RegExp(`--${rating}-line: ([a-z]+);`).exec(css)?.[1])
    expect(new Set(styles).size).toBe(4)
    expect(styles).not.toContain(undefined)
  })
})

describe('the measure itself', () => {
  it('agrees with the ends of the scale', () => {
    expect(contrastOf('#000000', '#ffffff')).toBeCloseTo(21, 5)
    expect(contrastOf('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
  })
})
