import { describe, expect, test } from 'vitest'
import type { SaveState } from '@/lib/client/outbox/review-store'
import { mayWarn, mergedWords, saveWords } from './save-words'

const saved: SaveState = { unsaved: 0, blocked: 0, waiting: null, storage: 'device', unkept: 0 }
const waiting = (reason: 'offline' | 'server' | 'signed-out' | 'other-member') => ({
  reason,
  message: 'the server answered 503',
  since: 0,
})
const four = { ...saved, unsaved: 4 }

describe('the line that is always visible', () => {
  test.each<[string, SaveState, string, boolean]>([
    ['nothing waits', saved, 'All saved', false],
    ['writes are going out', four, 'Saving…', false],
    ['a write is not on the device yet', { ...four, unkept: 1 }, 'Saving…', true],
    ['no network', { ...four, waiting: waiting('offline') }, '4 waiting, offline since 14:02', true],
    [
      'a tired server',
      { ...four, waiting: waiting('server') },
      'The server answered 503: 4 changes are kept on this device.',
      true,
    ],
    [
      'an ended session',
      { ...four, waiting: waiting('signed-out') },
      'Signed out: 4 changes are kept on this device.',
      false,
    ],
    [
      'an ended session and no storage',
      { ...four, unsaved: 1, unkept: 1, storage: 'page', waiting: waiting('signed-out') },
      'Signed out: 1 change waits in this page only.',
      true,
    ],
    [
      'someone else signed in',
      { ...four, waiting: waiting('other-member') },
      'Another user is signed in. Mina Reyes: 4 changes are kept on this device.',
      true,
    ],
    ['a refusal', { ...four, blocked: 1 }, 'Not saved: 1 needs you', true],
  ])('%s', (_, state, words, warns) => {
    expect(saveWords(state, { name: 'Mina Reyes', timeOf: () => '14:02' }).words).toBe(words)
    expect(mayWarn(state)).toBe(warns)
  })

  test('a merge says what came from elsewhere', () => {
    expect(mergedWords(['note', 'citations'])).toBe(
      'Changed elsewhere too: both were kept (from there: note, references).',
    )
    expect(mergedWords([])).toBe('The same change was made elsewhere; it is saved.')
  })
})
