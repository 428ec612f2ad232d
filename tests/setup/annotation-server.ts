import type { AnnotationView, SentenceDecisionView } from '@/lib/domain/annotations/schema'
import type { ApiAnswer, ApiRequest } from '@/lib/client/api/transport'

/** The author of the annotations. */
export const author = { id: 'member-1', name: 'Mina Reyes' }

/** An annotation in the API's form. */
export function annotation(id: string, changes: Partial<AnnotationView> = {}): AnnotationView {
  return {
    id,
    revisionId: 'revision-1',
    author,
    start: 0,
    end: 5,
    exact: 'Words',
    rating: 'unsourced',
    disputed: false,
    partial: false,
    note: '',
    tags: [],
    citations: [],
    missing: null,
    version: 1,
    createdAt: '2025-03-14T09:00:00.000Z',
    updatedAt: '2025-03-14T09:00:00.000Z',
    may: { update: true, delete: true },
    ...changes,
  }
}

/** A decision in the API's form. */
export function decision(start: number, id = `decision-${String(start)}`): SentenceDecisionView {
  return { id, revisionId: 'revision-1', author, start, end: start + 5, createdAt: '2025-03-14T09:00:00.000Z' }
}

/**
 * An in-memory server with the rules of the real one (client-made ids, versions, idempotent requests), and a network that can be cut or made to lose
 * answers. `effects` lists its changes, in order.
 */
export function makeAnnotationServer(stored: readonly AnnotationView[] = []) {
  const rows = new Map(stored.map((row) => [row.id, row]))
  const deleted = new Map<string, AnnotationView>()
  const created = new Map<string, string>()
  const decisions = new Map<number, SentenceDecisionView>()
  const withdrawn = new Set<string>()
  const effects: string[] = []
  const requests: ApiRequest[] = []
  const network = {
    online: true,
    losesAnswer: false,
    answersWith: null as ApiAnswer | null,
    signedInAs: author.id as string | null,
    /** Runs between the server's work and its answer. */
    beforeAnswer: null as (() => Promise<void>) | null,
  }
  const notFound: ApiAnswer = { status: 404, body: { detail: 'There is no such annotation in this workspace.' } }

  const create = (body: Partial<AnnotationView> & { id: string }): ApiAnswer => {
    const asked = JSON.stringify(body)
    const before = created.get(body.id)
    if (before !== undefined && before !== asked) return { status: 409, body: { detail: 'This id is taken.' } }
    if (deleted.has(body.id)) return { status: 410, body: { detail: 'It was deleted.' } }
    if (before !== undefined) return { status: 200, body: rows.get(body.id) }
    created.set(body.id, asked)
    rows.set(body.id, annotation(body.id, body))
    effects.push(`create ${body.id}`)
    return { status: 201, body: rows.get(body.id) }
  }
  const restore = (id: string): ApiAnswer => {
    const gone = deleted.get(id)
    if (gone === undefined) return rows.has(id) ? { status: 200, body: rows.get(id) } : notFound
    deleted.delete(id)
    rows.set(id, { ...gone, version: gone.version + 1 })
    effects.push(`restore ${id}`)
    return { status: 200, body: rows.get(id) }
  }
  const decide = (body: { id: string; start: number }): ApiAnswer => {
    const present = decisions.get(body.start)
    if (present !== undefined) return { status: 200, body: present }
    decisions.set(body.start, decision(body.start, body.id))
    effects.push(`decide ${String(body.start)}`)
    return { status: 201, body: decisions.get(body.start) }
  }
  const withdraw = (id: string): ApiAnswer => {
    const present = [...decisions.values()].find((each) => each.id === id)
    if (present === undefined) return withdrawn.has(id) ? { status: 204, body: null } : notFound
    decisions.delete(present.start)
    withdrawn.add(id)
    effects.push(`withdraw ${String(present.start)}`)
    return { status: 204, body: null }
  }

  const handle = ({ method, path, body, ifMatch, asMember }: ApiRequest): ApiAnswer => {
    if (network.signedInAs === null) return { status: 401, body: { code: 'unauthenticated' } }
    if (asMember !== undefined && asMember !== network.signedInAs)
      return { status: 401, body: { code: 'unauthenticated', current: { memberId: network.signedInAs } } }
    const id = path.split('/')[4] ?? ''
    if (path.endsWith('/annotations')) return create(body as AnnotationView)
    if (path.endsWith('/restore')) return restore(id)
    if (path.endsWith('/sentence-decisions')) return decide(body as SentenceDecisionView)
    if (path.includes('/sentence-decisions/')) return withdraw(id)
    const row = rows.get(id)
    if (row === undefined) return method === 'DELETE' && deleted.has(id) ? { status: 204, body: null } : notFound
    const changes = body as Partial<AnnotationView>
    const next = { ...row, ...changes }
    if (method === 'PATCH' && JSON.stringify(next) === JSON.stringify(row)) return { status: 200, body: row }
    if (ifMatch !== row.version) return { status: 412, body: { detail: 'Changed since.', current: row } }
    if (method === 'DELETE') {
      rows.delete(id)
      deleted.set(id, { ...row, version: row.version + 1 })
      effects.push(`delete ${id}`)
      return { status: 204, body: null }
    }
    rows.set(id, { ...next, version: row.version + 1 })
    effects.push(`change ${id} ${JSON.stringify(changes)}`)
    return { status: 200, body: rows.get(id) }
  }

  const transport = async (request: ApiRequest): Promise<ApiAnswer> => {
    await Promise.resolve()
    requests.push(request)
    if (!network.online) throw new TypeError('Failed to fetch')
    if (network.answersWith !== null) return network.answersWith
    const answer = handle(request)
    await network.beforeAnswer?.()
    if (network.losesAnswer) {
      network.losesAnswer = false
      throw new TypeError('The connection was lost')
    }
    return answer
  }
  return { rows, deleted, decisions, effects, requests, network, transport }
}

/** Timers that run when the test says so. */
export function makeTimers() {
  const waiting = new Map<number, { run: () => void; ms: number }>()
  let handle = 0
  return {
    waits: () => [...waiting.values()].map(({ ms }) => ms),
    fire: () => {
      const due = [...waiting.values()]
      waiting.clear()
      for (const { run } of due) run()
    },
    set: (run: () => void, ms: number) => {
      waiting.set(++handle, { run, ms })
      return handle
    },
    clear: (id: number) => {
      waiting.delete(id)
    },
  }
}
