import { describe, expect, it } from 'vitest'
import { estimateReading, maxReadingCost } from '@/lib/domain/documents/reading-cost'
import { readDocument } from './read-document'

type Format = 'text' | 'html' | 'markdown'

/** As many of a unit as the guard lets through. */
function mostOf(unit: string, format: Format): string {
  const sample = unit.repeat(200)
  return unit.repeat(Math.floor(((maxReadingCost / estimateReading(sample, format)) * 200) / 1.02))
}

/** Processor time of reading, in ms. */
async function timeOf(text: string, format: Format): Promise<number> {
  const before = process.cpuUsage()
  await readDocument({ text, format })
  return process.cpuUsage(before).user / 1000
}

const prose = 'The harbour froze twice in the winter of 1904, and nobody kept a log of it. The mayor was glad.\n\n'

describe('the most that may be read', () => {
  it('takes about as long as that of prose, regardless of what it is made of', async () => {
    await timeOf(prose.repeat(500), 'text')
    const usual = await timeOf(mostOf(prose, 'text'), 'text')
    const kinds: [string, Format][] = [
      ['a\tb\tc\n', 'text'],
      ['| a | b |\n', 'text'],
      ['ab\n', 'text'],
      ['[1] Note about the harbour.\n\n', 'text'],
      ['<tr><td>a</td><td>b</td></tr>', 'html'],
      ['word[^1] ', 'markdown'],
    ]
    const slow: string[] = []
    for (const [unit, format] of kinds) {
      const ratio = (await timeOf(mostOf(unit, format), format)) / usual
      if (ratio > 15) slow.push(`${JSON.stringify(unit)}: ${ratio.toFixed(1)} times as long`)
    }
    expect(slow).toEqual([])
  }, 240_000)

  it('holds in a run of marks behind an address, and in a quotation of many lines', async () => {
    const usual = await timeOf(prose.repeat(1000), 'text')
    expect(await timeOf(`https://a${'.'.repeat(100_000)}x`, 'text')).toBeLessThan(usual * 30)
    expect(await timeOf('\n> '.repeat(30_000), 'text')).toBeLessThan(usual * 60)
  })

  it('lets other work go on in between, and refuses at once what would not', async () => {
    let turns = 0
    const turn = () => {
      turns += 1
      next = setImmediate(turn)
    }
    let next = setImmediate(turn)
    expect(await readDocument({ text: prose.repeat(100), format: 'text' })).toMatchObject({ ok: true })
    expect(turns).toBeGreaterThanOrEqual(3)
    clearImmediate(next)
    const usual = await timeOf(prose.repeat(1000), 'text')
    for (const [unit, format] of [
      ['a\tb\tc\n', 'text'],
      ['<td>a', 'html'],
      ['word[^1]\n\n', 'markdown'],
    ] as const) {
      const text = unit.repeat(Math.floor(5_000_000 / unit.length))
      expect(await readDocument({ text, format })).toMatchObject({ ok: false, problem: { code: 'too-large' } })
      expect(await timeOf(text, format)).toBeLessThan(usual * 30)
    }
  })
})
