/** When a rating was made: blind, before others could be seen; post, afterwards; open, where nothing was hidden. */
export const phases = ['open', 'blind', 'post'] as const
export type Phase = (typeof phases)[number]

/**
 * The phase of a mark that is made or changed now. `submitted`: the assignment was submitted at least once. `blindEnded`: the session's active phase
 * has ended before; ratings after a reopening are never blind.
 */
export function phaseOfMark({
  blind,
  blindEnded,
  submitted,
}: {
  blind: boolean
  blindEnded: boolean
  submitted: boolean
}): Phase {
  if (!blind) return 'open'
  return submitted || blindEnded ? 'post' : 'blind'
}
