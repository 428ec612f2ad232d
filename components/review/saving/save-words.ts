import { type AnnotationPart, partNames } from '@/lib/client/outbox/change'
import type { SaveState } from '@/lib/client/outbox/review-store'

/** The state of saving in words. `tone` chooses the dot, `way` the action offered. */
export interface SaveWords {
  words: string
  tone: 'saved' | 'busy' | 'problem'
  way: 'none' | 'retry' | 'sign-in' | 'show'
}

/** The words of the line. `name` is the member whose work it is; `timeOf` formats a time of day. */
export function saveWords(
  { unsaved, blocked, waiting, unkept, storage }: SaveState,
  { name, timeOf }: { name: string; timeOf: (ms: number) => string },
): SaveWords {
  const kept =
    unkept > 0 && storage === 'page'
      ? `${count(unsaved)} ${unsaved === 1 ? 'waits' : 'wait'} in this page only`
      : `${count(unsaved)} ${unsaved === 1 ? 'is' : 'are'} kept on this device`
  switch (waiting?.reason) {
    case 'signed-out':
      return { words: `Signed out: ${kept}.`, tone: 'problem', way: 'sign-in' }
    case 'other-member':
      return { words: `Another user is signed in. ${name}: ${kept}.`, tone: 'problem', way: 'retry' }
    case 'offline':
      return {
        words: `${String(unsaved)} waiting, offline since ${timeOf(waiting.since)}`,
        tone: 'problem',
        way: 'retry',
      }
    case 'server':
      return {
        words: `${waiting.message}: ${kept}.`.replace(/^./u, (first) => first.toUpperCase()),
        tone: 'problem',
        way: 'retry',
      }
    case undefined:
      break
  }
  if (unsaved === 0) return { words: 'All saved', tone: 'saved', way: 'none' }
  if (blocked > 0) {
    const words = `Not saved: ${String(blocked)} ${blocked === 1 ? 'needs' : 'need'} you`
    return { words, tone: 'problem', way: 'show' }
  }
  return { words: 'Saving…', tone: 'busy', way: 'none' }
}

/**
 * Whether leaving the page should ask first: when something would be lost, and when work is saved on this device but will not be sent within moments.
 * Nobody else has such work until this browser is used again.
 */
export function mayWarn({ unsaved, unkept, waiting, blocked }: SaveState): boolean {
  return unkept > 0 || (unsaved > 0 && (waiting !== null || blocked > 0) && waiting?.reason !== 'signed-out')
}

/** The message for a change made here and one made elsewhere that were both kept. */
export function mergedWords(fromThere: readonly AnnotationPart[]): string {
  const parts = fromThere.map((part) => partNames[part].toLowerCase()).join(', ')
  return parts === ''
    ? 'The same change was made elsewhere; it is saved.'
    : `Changed elsewhere too: both were kept (from there: ${parts}).`
}

function count(unsaved: number): string {
  return unsaved === 1 ? '1 change' : `${String(unsaved)} changes`
}
