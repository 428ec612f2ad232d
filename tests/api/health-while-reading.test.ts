import { expect, it } from 'vitest'
import { GET } from '@/app/api/health/route'
import { estimateReading, maxReadingCost } from '@/lib/domain/documents/reading-cost'
import { describeOnBothDatabases } from '../setup/databases'
import { call, type Answer } from './calls'
import { makeWorld, type World } from './world'

type Format = 'text' | 'html' | 'markdown'

const prose = 'The harbour froze twice in the winter of 1904, and nobody kept a log of it. The mayor was glad.\n\n'

/** What takes long to read, as much of it as may be read at once. */
const kinds: [what: string, unit: string, format: Format][] = [
  ['prose', prose, 'text'],
  ['cells between tabs', 'a\tb\tc\n', 'text'],
  ['lines', 'ab\n', 'text'],
  ['elements', '<tr><td>a</td><td>b</td></tr>', 'html'],
  [
    'a list in Markdown',
    '- The harbour *froze* twice, and nobody kept a [log](https://example.org/log).\n',
    'markdown',
  ],
]

const names: Record<Format, string> = { text: 'a.txt', html: 'a.html', markdown: 'a.md' }

function mostOf(unit: string, format: Format): string {
  const sample = unit.repeat(200)
  return unit.repeat(Math.floor(((maxReadingCost / estimateReading(sample, format)) * 200) / 1.02))
}

/** The ways in which a text comes to be read. */
const ways: Record<string, (world: World, text: string, format: Format) => Promise<Answer>> = {
  'a preview of a paste': ({ sessions }, text, format) =>
    call({ method: 'post', path: '/documents/preview', as: sessions.lead, json: { text, format } }),
  'a paste': ({ sessions, document }, text, format) =>
    call({
      ...{ method: 'post', path: '/documents', as: sessions.lead },
      json: { text, format, source: { id: document.sourceId } },
    }),
  'an upload': ({ sessions }, text, format) => {
    const form = new FormData()
    form.append('file', new File([text], names[format]))
    return call({ method: 'post', path: '/documents/files/preview', as: sessions.lead, body: form })
  },
}

/** Asks for the health as often as it is answered while something goes on. */
async function askWhileReading(work: Promise<Answer>): Promise<{ answers: number; longest: number; whole: number }> {
  const began = performance.now()
  const state: { isDone: boolean } = { isDone: false }
  const ended = work.finally(() => {
    state.isDone = true
  })
  let answers = 0
  let longest = 0
  let last = began
  const note = () => {
    longest = Math.max(longest, performance.now() - last)
    last = performance.now()
  }
  while (!state.isDone) {
    const { status } = await GET()
    expect(status).toBe(200)
    answers += 1
    note()
    await new Promise((resolve) => setImmediate(resolve))
  }
  note()
  const answer = await ended
  expect(answer.status, answer.text.slice(0, 200)).toBeLessThan(300)
  return { answers, longest, whole: performance.now() - began }
}

describeOnBothDatabases('the health of the server', (context) => {
  it('is told while a text is read that takes as long as any may', { timeout: 300_000 }, async () => {
    const world = await makeWorld(context.database)
    const slow: string[] = []
    for (const [place, [what, unit, format]] of kinds.entries()) {
      const text = mostOf(unit, format)
      // Reading is not the database's: each kind and each way meets both of them, each kind by each way one.
      const here = Object.entries(ways).filter((_, at) => (place + at) % 2 === (context.engine === 'sqlite' ? 0 : 1))
      for (const [way, read] of here) {
        const { answers, longest, whole } = await askWhileReading(read(world, `${way} ${text}`, format))
        // Where nothing gives way, the longest wait is as long as the reading.
        if (answers < 3 || longest > whole * 0.85)
          slow.push(
            `${what} by ${way}: ${String(answers)} answers, the longest wait ${(longest / whole).toFixed(2)} of the reading`,
          )
      }
    }
    expect(slow).toEqual([])
  })
})
