import type { SessionView } from '@/lib/domain/review-sessions/schema'
import type { Person } from './people'

/** Ids of people in a workspace by their names. */
export async function memberIds(lead: Person): Promise<Map<string, string>> {
  const { items } = await lead.api.send<{ items: { id: string; name: string }[] }>('GET', '/members')
  return new Map(items.map(({ id, name }) => [name, id]))
}

/** A draft with documents and reviewers, distributed, and active when asked. */
export async function planSession(
  lead: Person,
  {
    name,
    documentIds,
    reviewers,
    isActive,
  }: { name: string; documentIds: readonly string[]; reviewers: readonly string[]; isActive: boolean },
): Promise<SessionView> {
  const { api } = lead
  const { id } = await api.send<SessionView>('POST', '/review-sessions', {
    name,
    question: 'What do they say of the dam?',
    guidelines: '# Figures\n\nCheck **every figure**.\n\n- Dates\n- Sums',
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
