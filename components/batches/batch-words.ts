import { countInWords, numberInWords } from '@/components/ui/text/wording'
import { countItems, type JobItemState, type JobItemView, type JobView } from '@/lib/domain/jobs/schema'

/** The labels of the states of items. */
export const itemStateNames: Record<JobItemState, string> = {
  waiting: 'Waits',
  working: 'Being read',
  done: 'Imported',
  skipped: 'Skipped',
  undecided: 'To decide',
  failed: 'Failed',
  cancelled: 'Cancelled',
}

/** The states in which an item rests until a person decides. */
const settledStates = ['done', 'skipped', 'undecided', 'failed', 'cancelled'] as const satisfies readonly JobItemState[]

/** The share of a batch's items that have been processed, 0 to 1. */
export function shareWorked({ counts, total }: Pick<JobView, 'counts' | 'total'>): number {
  return total === 0 ? 0 : countItems(counts, settledStates) / total
}

/** The progress of a batch: "120 of 200 done", "Finished", "Cancelled". */
export function batchStateInWords({ state, counts, total }: Pick<JobView, 'state' | 'counts' | 'total'>): string {
  if (state === 'active') return `${numberInWords(countItems(counts, settledStates))} of ${numberInWords(total)} done`
  return state === 'finished' ? 'Finished' : 'Cancelled'
}

/** The results of a batch so far, in words: "180 imported, 12 skipped, 8 failed". */
export function outcomesInWords({ counts }: Pick<JobView, 'counts'>): string {
  const said = [
    [counts.done, 'imported'],
    [counts.undecided, 'to decide'],
    [counts.skipped, 'skipped'],
    [counts.failed, 'failed'],
    [counts.cancelled, 'cancelled'],
  ] as const
  const parts = said.filter(([count]) => count > 0).map(([count, word]) => `${numberInWords(count)} ${word}`)
  return parts.length === 0 ? 'Nothing yet' : parts.join(', ')
}

/** Why an item was skipped or is undecided: what it has in common with a document. The title of that document follows these words. */
export function likenessInWords({ likeness, share }: NonNullable<JobItemView['found']>): string {
  if (likeness === 'bytes') return 'The same file is here as'
  if (likeness === 'text') return 'The same text is here as'
  return `About ${numberInWords(Math.floor(share * 100))} % of its words stand in`
}

/** The number of files or pages of a batch: "200 texts". */
export function textsInWords(count: number): string {
  return countInWords(count, 'text')
}
