import type { FoundThing } from '@/lib/domain/search/schema'
import { fetchTransport } from './transport'

/** How many of each kind a search shows. */
const mostOfEach = 5

/** Things of all kinds that the words find, kind by kind, a few of each. Rejects when no answer comes or the search is refused. */
export async function searchWorkspace(words: string): Promise<FoundThing[]> {
  const parameters = new URLSearchParams({ q: words.slice(0, 200), limit: String(mostOfEach) })
  const { status, body } = await fetchTransport({ method: 'GET', path: `/api/v1/search?${parameters.toString()}` })
  if (status !== 200) throw new Error(`The search was answered with ${String(status)}.`)
  return (body as { items: FoundThing[] }).items
}
