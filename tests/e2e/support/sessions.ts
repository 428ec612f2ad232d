import type { Rating } from '@/lib/domain/annotations/rating'
import type { SessionMatrix } from '@/lib/domain/assignments/matrix'
import type { SessionView } from '@/lib/domain/review-sessions/schema'
import type { Person } from './people'
import { annotate, importText } from './world'

/** Ids of people in a workspace by their names. */
export async function memberIds(lead: Person): Promise<Map<string, string>> {
  const { items } = await lead.api.send<{ items: { id: string; name: string }[] }>('GET', '/members')
  return new Map(items.map(({ id, name }) => [name, id]))
}

/** Makes a session with documents and reviewers, distributed, and active on request. */
export async function planSession(
  lead: Person,
  {
    name,
    documentIds,
    reviewers,
    isActive,
    protocol = {},
  }: {
    name: string
    documentIds: readonly string[]
    reviewers: readonly string[]
    isActive: boolean
    protocol?: Partial<SessionView['protocol']>
  },
): Promise<SessionView> {
  const { api } = lead
  const { id } = await api.send<SessionView>('POST', '/review-sessions', {
    name,
    question: 'What do they say of the dam?',
    guidelines: '# Figures\n\nCheck **every figure**.\n\n- Dates\n- Sums',
    protocol,
  })
  const path = `/review-sessions/${id}`
  await api.send('POST', `${path}/documents`, { how: 'picked', documentIds })
  const ids = await memberIds(lead)
  for (const reviewer of reviewers) {
    const memberId = ids.get(reviewer)
    if (memberId === undefined) throw new Error(`${reviewer} is not in the workspace.`)
    await api.send('PUT', `${path}/members/${memberId}`, { reviews: true, adjudicates: true })
  }
  await api.send('POST', `${path}/distribution`, { seed: 7 })
  const planned = await api.send<SessionView>('GET', path)
  if (!isActive) return planned
  return api.change<SessionView>('POST', `${path}/transitions`, {
    body: { name: 'activate' },
    version: planned.version,
  })
}

/** Two people of a team, by their names, who review the same documents. */
export type Pair = readonly [{ name: string; person: Person }, { name: string; person: Person }]

/**
 * Makes a session in every state: one in planning and one under way over the documents, and one over a document of its own in which two reviewers
 * disagree.
 */
export async function planSessions(
  lead: Person,
  { documentIds, pair }: { documentIds: readonly string[]; pair: Pair },
): Promise<Record<'draft' | 'active' | 'adjudication', string>> {
  const reviewers = pair.map(({ name }) => name)
  const draft = await planSession(lead, { documentIds, reviewers, name: 'Dams, autumn', isActive: false })
  const active = await planSession(lead, { documentIds, reviewers, name: 'Dams, spring', isActive: true })
  const text = 'The dam at Drevnik was finished in 1971. Nobody has been hurt there. It is the finest of them all.'
  const { id, revision } = await importText(lead, { title: 'The dam at Drevnik', source: 'Arnvik Courier', text })
  const settled = await planSession(lead, {
    documentIds: [id],
    reviewers,
    name: 'Dams, winter',
    isActive: true,
    protocol: { requireSentenceDecisions: false },
  })
  const path = `/review-sessions/${settled.id}`
  const { documents } = await lead.api.send<SessionMatrix>('GET', `${path}/matrix`)
  const ids = await memberIds(lead)
  for (const [at, { name, person }] of pair.entries()) {
    const ratings: Record<string, Rating> = {
      'was finished in 1971': 'unsourced',
      'Nobody has been hurt there': at === 0 ? 'unsourced' : 'not_checkable',
    }
    const cell = documents[0]?.cells.find(({ memberId }) => memberId === ids.get(name))
    if (cell === undefined) throw new Error(`${name} was given no work.`)
    await person.api.send('POST', `/assignments/${cell.assignmentId}/start`)
    for (const [words, rating] of Object.entries(ratings))
      await annotate(person, { revision: revision.id, words, rating })
    await person.api.send('POST', `/assignments/${cell.assignmentId}/submit`)
  }
  const { version } = await lead.api.send<SessionView>('GET', path)
  await lead.api.change('POST', `${path}/transitions`, { body: { name: 'start-adjudication' }, version })
  return { draft: draft.id, active: active.id, adjudication: settled.id }
}
