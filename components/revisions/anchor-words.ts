import type { AnchorState } from '@/lib/domain/anchoring/anchor-spans'
import type { AnchorCounts, CarriedDecisions } from '@/lib/domain/revisions/schema'
import { countInWords } from '@/components/ui/text/wording'

/** The labels for the state of an annotation in a later text. */
export const anchorNames: Record<AnchorState, string> = {
  same: 'Same words',
  moved: 'Moved',
  changed: 'Words changed',
  lost: 'Words gone',
}

/** Sums up what becomes of annotations: "12 annotations stand as they were; 3 wait for you: 1 moved, 2 words changed." */
export function countsInWords({ same, moved, changed, lost }: AnchorCounts): string {
  const waiting = moved + changed + lost
  const total = same + waiting
  if (total === 0) return 'There are no annotations to carry over.'
  if (waiting === 0)
    return total === 1
      ? 'The annotation keeps its place.'
      : `All ${countInWords(total, 'annotation')} keep their place.`
  const parts = [
    moved > 0 ? `${String(moved)} whose words have moved` : '',
    changed > 0 ? `${String(changed)} whose words have changed` : '',
    lost > 0 ? `${String(lost)} whose words are gone` : '',
  ].filter((part) => part !== '')
  const list = parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}` : parts.join('')
  const kept =
    same === 0 ? '' : `${countInWords(same, 'annotation')} ${same === 1 ? 'keeps its' : 'keep their'} place. `
  return `${kept}${countInWords(waiting, 'annotation')} ${waiting === 1 ? 'waits' : 'wait'} for a decision: ${list}.`
}

/** Sums up what becomes of "no claim" decisions; empty when there are none. */
export function decisionsInWords({ carried, dropped }: CarriedDecisions): string {
  if (carried + dropped === 0) return ''
  const kept =
    carried === 0 ? '' : `${countInWords(carried, 'decision')} of “no claim” ${carried === 1 ? 'stays' : 'stay'}. `
  if (dropped === 0) return kept.trimEnd()
  const sentences = dropped === 1 ? 'its sentence has changed' : 'their sentences have changed'
  return `${kept}${countInWords(dropped, 'decision')} of “no claim” ${dropped === 1 ? 'is' : 'are'} to be made again, because ${sentences}.`
}
