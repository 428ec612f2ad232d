import { expect, it } from 'vitest'
import { anchorSpans } from '@/lib/domain/anchoring/anchor-spans'
import { diffRevisions } from '@/lib/domain/anchoring/diff-revisions'
import { buildTextIndex } from '@/lib/domain/text/text-index'
import { anchorApart, diffApart } from './read-apart'

/** The most processor time, in ms, that the server may spend in one turn. */
const patience = 200

/** Half a million words, of which a few differ with `edition`. */
function makeText(edition: number) {
  const paragraphs = Array.from({ length: 5_000 }, (_, at) =>
    Array.from({ length: 100 }, (_, word) => `w${String((at * 31 + word * word) % 9_973)}`)
      .concat(at % 50 === 0 ? `edition ${String(edition)}.` : 'end.')
      .join(' '),
  )
  return buildTextIndex({
    type: 'doc',
    content: paragraphs.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] })),
  })
}

/** Waits for something, and says how long the longest turn of this process took until then, in ms of processor time. */
async function longestTurn<T>(work: () => Promise<T>): Promise<{ result: T; longest: number }> {
  let longest = 0
  let last = process.cpuUsage()
  const turn = () => {
    const { user, system } = process.cpuUsage(last)
    longest = Math.max(longest, (user + system) / 1000)
    last = process.cpuUsage()
  }
  // Not at each turn: that would take a processor from the reader.
  const watching = setInterval(turn, 5)
  const result = await work()
  turn()
  clearInterval(watching)
  return { result, longest }
}

it('long texts are compared apart, with the same result', { timeout: 60_000 }, async () => {
  const [before, after] = [makeText(1), makeText(2)]
  const diff = await longestTurn(() => diffApart(before, after, 'Ada'))
  expect(JSON.stringify(diff.result)).toBe(JSON.stringify(diffRevisions(before, after)))
  expect(diff.longest).toBeLessThan(patience)
  const spans = Array.from({ length: 500 }, (_, at) => ({ start: at * 4_000, end: at * 4_000 + 60 }))
  const texts = { before: before.text, after: after.text, spans }
  const anchored = await longestTurn(() => anchorApart(texts, 'Ada'))
  expect(anchored.result).toEqual(anchorSpans(before.text, after.text, spans))
  expect(anchored.longest).toBeLessThan(patience)
})
