import { fetchTransport } from './transport'

/** Something found by its name, with the path of its page. */
export interface FoundThing {
  kind: 'document' | 'source' | 'reference'
  id: string
  label: string
  detail: string
  path: string
}

/** How many of each kind a search shows. */
const mostOfEach = 6

interface Named {
  id: string
  name?: string
  title?: string
  author?: string
  kind?: string
  source?: { name: string }
}

async function find(noun: 'documents' | 'sources' | 'references', query: string): Promise<Named[]> {
  const parameters = new URLSearchParams({ q: query, limit: String(mostOfEach) })
  const { status, body } = await fetchTransport({ method: 'GET', path: `/api/v1/${noun}?${parameters.toString()}` })
  if (status !== 200) throw new Error(`The search of ${noun} was answered with ${String(status)}.`)
  return (body as { items: Named[] }).items
}

/**
 * Documents, sources and references whose names hold the query, a few of each, in that order.
 * Rejects when one of the three answers does not come or is refused.
 */
export async function searchWorkspace(query: string): Promise<FoundThing[]> {
  const [documents, sources, references] = await Promise.all([
    find('documents', query),
    find('sources', query),
    find('references', query),
  ])
  return [
    ...documents.map((item) => ({
      kind: 'document' as const,
      id: item.id,
      label: item.title ?? '',
      detail: item.source?.name ?? '',
      path: `/documents/${item.id}`,
    })),
    ...sources.map((item) => ({
      kind: 'source' as const,
      id: item.id,
      label: item.name ?? '',
      detail: item.kind ?? '',
      path: `/sources/${item.id}`,
    })),
    ...references.map((item) => ({
      kind: 'reference' as const,
      id: item.id,
      label: item.title ?? '',
      detail: item.author ?? '',
      path: `/references/${item.id}`,
    })),
  ]
}
