import { expect, it } from 'vitest'
import { describeOnBothDatabases } from '../setup/databases'
import { makeId } from '../setup/factories'
import type { Answer, Call } from './calls'
import { caseOf, knownParams, make, tryEach, type Scene } from './operation-calls'
import { operations } from './operations'
import { firstSentence, makeWorld, type World } from './world'

const uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

/** An answer with every id replaced by its index among the ids, and with every moment and factory number made equal. */
function told({ status, text, headers }: Answer): object {
  const ids: string[] = []
  const said = text
    .replaceAll(uuid, (id) => {
      if (!ids.includes(id)) ids.push(id)
      return `id ${String(ids.indexOf(id))}`
    })
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'then')
    .replaceAll(/(Source|Document|Reference|Person|Session) [0-9a-f]+/g, '$1')
    .replaceAll(/person\d+@/g, 'person@')
    .replaceAll(/"(secret|token|link|hint|etag)":"[^"]*"/g, '"$1":"secret"')
  const { date: _date, 'content-length': _length, location: _location, ...kept } = Object.fromEntries(headers)
  return { status, said, headers: kept }
}

/** The paths of a body's ids: keys from the outside in. */
function idPaths(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value === 'string') return new RegExp(`^${uuid.source}$`).test(value) ? [[...path]] : []
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, inner]) => idPaths(inner, [...path, key]))
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], value)
}

function withValueAt(value: unknown, [key, ...rest]: readonly string[], put: string): unknown {
  if (key === undefined) return put
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Record<string, unknown>
  copy[key] = withValueAt(copy[key], rest, put)
  return copy
}

/** Calls that name a row of another workspace in one place, each paired with the same call and an unused id. */
function substitutions(
  { operation, given, world }: Scene,
  foreign: World,
): [what: string, Partial<Call>, Partial<Call>][] {
  const params = { ...knownParams(world), ...given.params?.(world) }
  const foreignParams = { ...knownParams(foreign), ...given.params?.(foreign) }
  const pathWith = (name: string, id: string) => {
    const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, each: string) =>
      each === name ? id : (params[each] ?? ''),
    )
    return { path: given.query === undefined ? path : `${path}?${given.query}` }
  }
  const inPath = [...operation.path.matchAll(/\{(\w+)\}/g)].map(
    ([, name = '']): [string, Partial<Call>, Partial<Call>] => [
      name,
      pathWith(name, foreignParams[name] ?? ''),
      pathWith(name, makeId()),
    ],
  )
  const own = given.json?.(world)
  const theirs = given.json?.(foreign)
  const inBody = idPaths(own).map((path): [string, Partial<Call>, Partial<Call>] => [
    path.join('.'),
    { json: withValueAt(own, path, String(valueAt(theirs, path))) },
    { json: withValueAt(own, path, makeId()) },
  ])
  const plain = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '')
  const usual = new URLSearchParams(given.query)
  const inQuery = operation.query
    .filter((name) => !usual.has(name))
    .flatMap((name) =>
      Object.entries(foreignParams).map(([noun, id]): [string, Partial<Call>, Partial<Call>] => [
        `${name}=${noun}`,
        { path: `${plain}?${given.query ?? ''}&${name}=${id}` },
        { path: `${plain}?${given.query ?? ''}&${name}=${makeId()}` },
      ]),
    )
  return [...inPath, ...inBody, ...inQuery]
}

/** Where a client chooses an id: the operation, the id of such a row elsewhere, and the body that contains it. */
const choices: [operationId: string, noun: string, json: (world: World, id: string) => object, OfDraft?][] = [
  ['createSource', 'sourceId', (_, id) => ({ id, name: 'Gazette' })],
  [
    'createDocument',
    'documentId',
    (world, id) => ({ id, text: 'The ice broke.', source: { id: world.document.sourceId } }),
  ],
  ['createAnnotation', 'annotationId', (_, id) => ({ id, ...firstSentence, rating: 'unsourced' })],
  [
    'createAnnotation',
    'citationId',
    ({ reference }, id) => ({
      ...firstSentence,
      rating: 'sourced',
      citations: [{ id, referenceId: reference.id, stance: 'supports', quote: 'ice' }],
    }),
  ],
  ['decideSentence', 'decisionId', (_, id) => ({ id, ...firstSentence })],
  ['decideSentences', 'decisionId', (_, id) => ({ decisions: [{ id, ...firstSentence }] })],
  ['changeScope', 'scopeChangeId', (_, id) => ({ id, start: 0, end: 5, inScope: false, reason: 'navigation' })],
  ['createReviewSession', 'sessionId', (_, id) => ({ id, name: 'Spring' })],
  ['copyReviewSession', 'sessionId', (_, id) => ({ id, documents: true })],
  [
    'createAssignment',
    'assignmentId',
    ({ sessionDocument, members }, id) => ({ id, documentId: sessionDocument.id, memberId: members.reviewer.memberId }),
    'draft',
  ],
  [
    'declareConflictOfInterest',
    'conflictId',
    ({ document }, id) => ({ id, documentId: document.id, reason: 'A friend.' }),
  ],
  ['splitClaim', 'claimId', (_, id) => ({ id, apart: ['B'] })],
  ['createThread', 'threadId', (_, id) => ({ id, comment: { body: 'Which log?' } })],
  ['createThread', 'commentId', (_, id) => ({ comment: { id, body: 'Which log?' } })],
  ['createComment', 'commentId', (_, id) => ({ id, body: 'Which log?' })],
  ['createReference', 'referenceId', (_, id) => ({ id, csl: { type: 'webpage', title: 'Tide tables' } })],
  ['createInvitation', 'invitationId', (_, id) => ({ id, email: 'other@example.org', role: 'viewer' })],
  ['createToken', 'tokenId', (_, id) => ({ id, name: 'Script', scopes: ['read'] })],
]
type OfDraft = 'draft'

/** The ids of a world by noun, including those that no path has. */
async function usedIds(world: World): Promise<Record<string, string>> {
  const { read } = world.database
  const [citationId, scopeChangeId] = [makeId(), makeId()]
  const { workspaceId } = world
  const annotationId = world.annotation.id
  await world.database.write.citation.create({
    data: {
      id: citationId,
      workspaceId,
      annotationId,
      referenceId: world.reference.id,
      position: 0,
      stance: 'supports',
    },
  })
  const { createdAt } = await read.workspace.findUniqueOrThrow({ where: { id: workspaceId } })
  await world.database.write.scopeChange.create({
    data: {
      id: scopeChangeId,
      workspaceId,
      revisionId: world.document.revisionId,
      memberId: world.members.lead.memberId,
      start: 0,
      end: 5,
      inScope: false,
      createdAt,
    },
  })
  return { ...knownParams(world), citationId, scopeChangeId }
}

describeOnBothDatabases('an id of another workspace', (context) => {
  it('is answered as one that was never used, wherever a request may have one', { timeout: 300_000 }, async () => {
    const foreign = await makeWorld(context.database)
    await tryEach(operations, async (operation) => {
      const world = await makeWorld(context.database)
      const given = caseOf(operation.id)
      const scene: Scene = { operation, given, world }
      for (const [what, used, unused] of substitutions(scene, foreign)) {
        const answer = await make(scene, world.sessions[given.by], used)
        expect(told(answer), what).toEqual(told(await make(scene, world.sessions[given.by], unused)))
      }
    })
  })

  it('can be chosen as one that was never used', { timeout: 300_000 }, async () => {
    const ids = await usedIds(await makeWorld(context.database))
    for (const [operationId, noun, json, ofDraft] of choices) {
      const operation = operations.find(({ id }) => id === operationId)
      const used = ids[noun]
      if (operation === undefined || used === undefined) throw new Error(`There is no ${operationId} or ${noun}.`)
      const given = caseOf(operationId)
      const attempt = async (id: string) => {
        const world = await makeWorld(context.database)
        const path = `/review-sessions/${world.draftId}/assignments`
        // A document must not be given twice to a reviewer in sessions that are not closed.
        if (ofDraft !== undefined)
          await context.database.write.reviewSession.updateMany({
            where: { workspaceId: world.workspaceId, id: world.sessionId },
            data: { state: 'closed' },
          })
        const change = { json: json(world, id), ...(ofDraft === undefined ? {} : { path }) }
        return make({ operation, given, world }, world.sessions[given.by], change)
      }
      const answer = await attempt(used)
      expect([200, 201], `${operationId}: ${answer.text}`).toContain(answer.status)
      expect(told(answer), `${operationId} with the id of a ${noun}`).toEqual(told(await attempt(makeId())))
    }
  })

  it('can be chosen in a path as one that was never used', async () => {
    const foreign = await makeWorld(context.database)
    const world = await makeWorld(context.database)
    const operation = operations.find(({ id }) => id === 'putAnnotation')
    if (operation === undefined) throw new Error('There is no putAnnotation.')
    const scene: Scene = { operation, given: caseOf('putAnnotation'), world }
    const put = (id: string) => make(scene, world.sessions.reviewer, { path: `/annotations/${id}` })
    const answer = await put(foreign.annotation.id)
    expect(answer, answer.text).toMatchObject({ status: 201, json: { id: foreign.annotation.id } })
    expect(told(answer)).toEqual(told(await put(makeId())))
    const { note } = await context.database.read.annotation.findFirstOrThrow({
      where: { workspaceId: foreign.workspaceId, id: foreign.annotation.id },
      select: { note: true },
    })
    expect(note).toBe('')
  })
})
