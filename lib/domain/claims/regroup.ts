/** The facts that decide whether a claim can be split or merged. `votes` are its annotations that count. */
export interface RegroupedClaim {
  id: string
  sessionId: string
  revisionId: string
  decided: boolean
  votes: readonly { mask: string; authorId: string }[]
}

/** Whether claims may be regrouped. `problem` says what would work instead. */
export type Regrouping = { ok: true } | { ok: false; problem: string }

function refuse(problem: string): Regrouping {
  return { ok: false, problem }
}

const decidedAlready =
  'has a verdict. Withdraw it first: a verdict applies only to the words and ratings on which it was given.'

/** Whether the votes with the given letters may be split off into a claim of their own: at least one of them, but not all. */
export function checkSplit(claim: RegroupedClaim, apart: readonly string[]): Regrouping {
  if (claim.decided) return refuse(`This claim ${decidedAlready}`)
  const known = new Set(claim.votes.map(({ mask }) => mask))
  const unknown = apart.find((mask) => !known.has(mask))
  if (unknown !== undefined)
    return refuse(`This claim has no rating ${unknown}. It has: ${[...known].sort().join(', ')}.`)
  if (new Set(apart).size !== apart.length) return refuse('Name each rating once.')
  if (apart.length === 0) return refuse('Name the ratings to split off into a claim of their own.')
  if (apart.length === known.size)
    return refuse('Leave at least one rating where it is: taking all of them changes nothing.')
  return { ok: true }
}

/** Whether two claims may be merged: they are of the same text and session, have no verdict, and have no two ratings of one reviewer. */
export function checkMerge(claim: RegroupedClaim, other: RegroupedClaim): Regrouping {
  if (claim.id === other.id) return refuse('A claim cannot be merged with itself. Name another one.')
  if (claim.sessionId !== other.sessionId || claim.revisionId !== other.revisionId)
    return refuse('Only claims of the same document in the same session can be merged.')
  if (claim.decided) return refuse(`This claim ${decidedAlready}`)
  if (other.decided) return refuse(`The other claim ${decidedAlready}`)
  const authors = new Map(claim.votes.map(({ authorId, mask }) => [authorId, mask]))
  const twice = other.votes.find(({ authorId }) => authors.has(authorId))
  if (twice !== undefined)
    return refuse(
      `Rating ${authors.get(twice.authorId) ?? ''} here and rating ${twice.mask} there are by one reviewer, and a claim has at most one of each. Split one of them off first.`,
    )
  return { ok: true }
}
