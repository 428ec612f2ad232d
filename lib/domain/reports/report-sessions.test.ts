import { describe, expect, test } from 'vitest'
import type { SessionSample } from '../review-sessions/schema'
import { describeSample, judgeSampling, type SampledSession } from './report-sessions'

const source = '01900000-0000-7000-8000-000000000001'
const other = '01900000-0000-7000-8000-000000000002'

function sampleOf(change: Partial<SessionSample> = {}): SessionSample {
  return {
    method: 'simple-random-without-replacement',
    methodVersion: '1',
    frame: { sourceIds: [source], q: '' },
    frameSize: 24,
    frameSha256: '0'.repeat(64),
    size: 6,
    seed: 42,
    drawnAt: '2026-03-01T00:00:00.000Z',
    ...change,
  }
}

function session(sample: SessionSample | null, documents: Partial<SampledSession['documents']> = {}): SampledSession {
  return { sample, documents: { counted: 6, ofSource: 6, all: 6, ...documents } }
}

describe('judgeSampling', () => {
  test.each<[string, SampledSession[], number, string, number]>([
    ['a whole sample of the source', [session(sampleOf())], 6, 'random', 6],
    [
      'the part of a wider sample that is of the source',
      [session(sampleOf({ frame: { sourceIds: [], q: '' }, size: 20 }), { all: 20 })],
      6,
      'random',
      6,
    ],
    ['chosen documents', [session(null)], 6, 'not-random', 0],
    ['no session at all', [], 6, 'not-random', 0],
    [
      'a sample of others',
      [session(sampleOf({ frame: { sourceIds: [other], q: '' } }), { counted: 1, ofSource: 1 })],
      1,
      'not-random',
      0,
    ],
    ['a sample with others beside it', [session(sampleOf()), session(null, { counted: 2 })], 8, 'partly-random', 6],
    ['a sample and open readings', [session(sampleOf())], 7, 'partly-random', 6],
    ['two samples', [session(sampleOf()), session(sampleOf({ seed: 43 }))], 12, 'partly-random', 12],
    ['a sample of which one does not count here', [session(sampleOf(), { counted: 5 })], 5, 'partly-random', 5],
    [
      'a sample that lost a document',
      [session(sampleOf(), { counted: 5, ofSource: 5, all: 5 })],
      5,
      'partly-random',
      5,
    ],
    ['nothing', [session(sampleOf(), { counted: 0 })], 0, 'nothing-reviewed', 0],
  ])('%s', (_name, sessions, reviewed, state, drawn) => {
    const judged = judgeSampling(sessions, { id: source, reviewed })
    expect(judged).toMatchObject({ state, drawn, of: reviewed })
    expect(judged.says.startsWith('Not ')).toBe(state === 'not-random' || state === 'partly-random')
  })

  test('never speaks of a whole publisher', () => {
    for (const sample of [sampleOf(), null]) {
      const { says } = judgeSampling([session(sample)], { id: source, reviewed: 6 })
      expect(says).toContain('not of everything this publisher prints')
    }
  })
})

describe('describeSample', () => {
  test.each<[string, SampledSession, string]>([
    ['names frame, method and seed', session(sampleOf()), '6 of 24 documents of this source, each as likely'],
    ['seed', session(sampleOf()), '(simple random sampling without replacement, seed 42)'],
    [
      'a frame of all sources with words',
      session(sampleOf({ frame: { sourceIds: [], q: ' bridge ' } })),
      '24 documents of any source with “bridge” in the title',
    ],
    [
      'a frame of several sources',
      session(sampleOf({ frame: { sourceIds: [source, other], q: '' } })),
      '24 documents of 2 sources',
    ],
    ['a sample that lost documents', session(sampleOf(), { all: 4 }), 'Only 4 of them are still in the session.'],
    ['a choice', session(null), 'Not random: people chose the documents.'],
    [
      'a sample of other sources',
      session(sampleOf({ frame: { sourceIds: [other], q: '' } })),
      'Not random for this source',
    ],
  ])('%s', (_name, given, words) => {
    expect(describeSample(given, source)).toContain(words)
  })
})
