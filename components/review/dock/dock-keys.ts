import { ratings } from '@/lib/domain/annotations/rating'
import type { AnnotationView } from '@/lib/domain/annotations/schema'
import type { Editing } from '@/lib/client/annotations/review-state'
import { ratingKeys } from '@/components/annotations/card/rating-buttons'
import { ratingNames } from '@/lib/domain/annotations/words'

/** Keys with what they do now; `first` is what is to be done next. */
export interface DockHint {
  keys: string[]
  label: string
  first?: boolean
}

/** What the keys of the review do in a state, the next thing to do first. */
export function dockHints(given: {
  active: Pick<AnnotationView, 'missing' | 'may'> | null
  editing: Editing
  hasSelection: boolean
}): DockHint[] {
  const { active, editing, hasSelection } = given
  if (editing === 'span')
    return [
      { keys: ['⇧ →'], label: 'longer', first: true },
      { keys: ['⇧ ←'], label: 'shorter' },
      { keys: ['↵'], label: 'keep the passage' },
      { keys: ['Esc'], label: 'leave it' },
    ]
  if (editing !== null) return [{ keys: ['Esc'], label: 'back to the card', first: true }]
  const rate = ratings.map((rating) => ({ keys: [ratingKeys[rating]], label: ratingNames[rating].toLowerCase() }))
  const comment = { keys: ['C'], label: 'comment' }
  const link = { keys: ['Y'], label: 'copy link' }
  if (hasSelection) return [...rate, { keys: ['0'], label: 'no claim' }, comment, link]
  if (active?.may.update === true) {
    const lacks = active.missing !== null
    const evidence = { keys: ['E'], label: 'evidence', ...(lacks ? { first: true } : {}) }
    const rest = [
      { keys: ['N'], label: 'note' },
      { keys: ['T'], label: 'tags' },
      { keys: ['D'], label: 'disputed' },
      { keys: ['P'], label: 'partial' },
      comment,
      link,
      { keys: ['1–4'], label: 'rate anew' },
      { keys: ['Del'], label: 'delete' },
    ]
    return lacks ? [evidence, ...rest] : [{ keys: ['↑', '↓'], label: 'sentence' }, evidence, ...rest]
  }
  return [{ keys: ['↑', '↓'], label: 'sentence' }, ...rate, { keys: ['0'], label: 'no claim' }, comment, link]
}
