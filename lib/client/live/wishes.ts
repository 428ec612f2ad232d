/** What a tab wants to follow. `since`: the number of the last event that its page knows of; null for all that come from now on. */
export interface Wish {
  documents: readonly string[]
  sessions: readonly string[]
  since: number | null
}

/** The wish that fulfils all of the given ones. */
export function allOf(wishes: Iterable<Wish>): Wish {
  const documents = new Set<string>()
  const sessions = new Set<string>()
  let since: number | null = null
  for (const wish of wishes) {
    for (const id of wish.documents) documents.add(id)
    for (const id of wish.sessions) sessions.add(id)
    if (wish.since !== null) since = Math.min(since ?? wish.since, wish.since)
  }
  return { documents: [...documents].sort(), sessions: [...sessions].sort(), since }
}

/** The address of the feed for a wish of one member, which refuses anyone else's sign-in. `after` is left out for "from now on". */
export function addressOf(memberId: string, { documents, sessions, since }: Wish): string {
  const query = new URLSearchParams({ member: memberId, documents: documents.join(), sessions: sessions.join() })
  if (since !== null) query.set('after', String(since))
  return `/api/v1/live?${query.toString()}`
}
