import { expect, it } from 'vitest'
import { describeOnBothDatabases } from '../setup/databases'
import { makeId } from '../setup/factories'
import {
  makeBlindWorld,
  onlookers,
  secretWords,
  workInHiding,
  type BlindWorld,
  type HiddenWork,
  type Onlooker,
} from './blind-world'
import { call, type Answer } from './calls'
import { operationCases } from './operation-cases'
import { operations, type Operation } from './operations'

/** The contents of answers, by request. */
type Answers = Map<string, string>

function paramsOf(blind: BlindWorld, onlooker: Onlooker): Record<string, string> {
  const { world, document, sessionId, knownReference, hidden } = blind
  return {
    sourceId: document.sourceId,
    otherSourceId: world.emptySource.id,
    documentId: document.id,
    revisionId: document.revisionId,
    sessionId,
    assignmentId: blind.onlookers[onlooker].assignmentId,
    referenceId: knownReference.id,
    memberId: hidden.memberId,
    annotationId: world.annotation.id,
    decisionId: world.decisionId,
    invitationId: world.invitationId,
    tokenId: world.tokenId,
    signInId: world.signInId,
  }
}

function pathOf({ path }: Operation, params: Record<string, string>): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => params[name] ?? unknownId)
}

/** An id that nothing has. */
const unknownId = makeId()

/** The answer to someone who creates an annotation with the id of one that they may not see. */
const taken = {
  status: 409,
  text: JSON.stringify({
    type: '/docs/api#problem-conflict',
    title: 'conflict',
    status: 409,
    detail: 'Another annotation has this id already. Use a new id.',
    code: 'conflict',
    current: null,
  }),
}

/** Every way to read: each path, with each of its query parameters, one at a time. */
function requestsOf(blind: BlindWorld, onlooker: Onlooker): { name: string; path: string }[] {
  const { document, sessionId, hidden, knownReference } = blind
  const values = [
    ...secretWords.slice(0, 2),
    hidden.memberId,
    document.id,
    sessionId,
    knownReference.id,
    'unsourced',
    'true',
    'false',
    'started',
    'webpage',
    '500',
  ]
  return operations
    .filter(({ method }) => method === 'get')
    .flatMap((operation) => {
      const path = pathOf(operation, paramsOf(blind, onlooker))
      const { query = '' } = operationCases[operation.id] ?? {}
      // An open feed would never end its answer, so it is asked for past events only.
      const ends = operation.query.includes('follow') ? 'follow=false&after=0' : ''
      const queries = operation.query
        .filter((name) => !['cursor', 'follow', 'member'].includes(name))
        .flatMap((name) => values.map((value) => `${name}=${value}`))
      return [...new Set(['', query, ...queries])].map((asked) => {
        const whole = [asked, ends].filter((part) => part !== '').join('&')
        const full = whole === '' ? path : `${path}?${whole}`
        return { name: `${operation.id} ${full}`, path: full }
      })
    })
}

/** Without the time of the answer and the presence of others, which differ each time. */
function withoutNow(text: string): string {
  return text
    .replaceAll(/event: presence\n(id: .*\n)?data: .*\n\n/g, '')
    .replaceAll(/"(computedAt|at|readAt)":"[^"]*"/g, '"$1":"now"')
}

async function askAll(blind: BlindWorld, onlooker: Onlooker): Promise<Answers> {
  const answers: Answers = new Map()
  for (const { name, path } of requestsOf(blind, onlooker)) {
    const answer = await call({ method: 'get', path, as: blind.onlookers[onlooker].as })
    // A download's ETag is the hash of its bytes, and the bytes are compared themselves.
    const etag = path.includes('.csv') ? '' : (answer.headers.get('etag') ?? '')
    answers.set(name, `${String(answer.status)} ${etag} ${withoutNow(answer.text)}`)
  }
  return answers
}

/** The secrets in a text. Echoes of the request do not count: a search may repeat its words. */
function secretsIn(text: string, secrets: readonly string[], asked = ''): string[] {
  const words = text.toLowerCase()
  return secrets.filter((secret) => words.includes(secret.toLowerCase()) && !asked.includes(secret))
}

function secretsOf(blind: BlindWorld, work: HiddenWork, onlooker: Onlooker): string[] {
  const readsBlind = onlooker === 'reviewer' || onlooker === 'leading reviewer'
  const { annotationIds, decisionIds, citationIds, referenceIds, threadIds, commentIds } = work
  const ids = [...annotationIds, ...decisionIds, ...citationIds, ...referenceIds, ...threadIds, ...commentIds]
  return [...secretWords, ...ids, ...(readsBlind ? [blind.openMarkId] : [])]
}

function leaksIn(answers: Answers, secrets: readonly string[]): string[] {
  return [...answers].flatMap(([name, text]) =>
    secretsIn(text, secrets, name).map((secret) => `${name}: ${secret} in ${text.slice(0, 400)}`),
  )
}

/** Leads who do not read blind see the progress of assignments: the counts of sentences, and that they changed. */
function withoutProgress(text: string): string {
  return text
    .replaceAll(/"(decided|covered)":\d+/g, '"$1":0')
    .replaceAll(/(started, )\d+ of/g, '$10 of')
    .replaceAll(/(The pier,[^,]*(?:,\d+){4},)\d+,/g, '$10,')
    .replaceAll(/(,Hanna Hidden,started,)\d+,/g, '$10,')
    .replaceAll(/id: \d+\ndata: \{"sequence":\d+,"type":"assignment.progressed"[^\n]*\n\n/g, '')
}

function differences(before: Answers, after: Answers, normal: (text: string) => string = (text) => text): string[] {
  return [...before].flatMap(([name, text]) => {
    const [was, is] = [normal(text), normal(after.get(name) ?? '')]
    if (was === is) return []
    let place = 0
    while (was[place] === is[place] && place < was.length) place += 1
    const from = Math.max(0, place - 150)
    return [`${name}\n  was …${was.slice(from, place + 150)}\n  is  …${is.slice(from, place + 150)}`]
  })
}

/** The same request for a hidden thing and for one that never existed; the answers must not differ. */
async function compareIds(blind: BlindWorld, onlooker: Onlooker, work: HiddenWork): Promise<string[]> {
  const { world } = blind
  const { as } = blind.onlookers[onlooker]
  const faults: string[] = []
  const params = paramsOf(blind, onlooker)
  const hiddenIds: Record<string, readonly string[]> = {
    annotationId: work.annotationIds,
    decisionId: work.decisionIds,
    referenceId: work.referenceIds,
    threadId: work.threadIds,
    commentId: work.commentIds,
  }
  for (const operation of operations.filter(({ path }) => path.includes('{'))) {
    const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '')
    const given = operationCases[operation.id]
    const ask = (path: string): Promise<Answer> =>
      call({
        method: operation.method,
        path,
        as,
        ...(given?.json === undefined ? {} : { json: given.json(world) }),
        ...(operation.ifMatch ? { version: 1 } : {}),
      })
    for (const name of names) {
      const ids = hiddenIds[name] ?? []
      if (ids.length === 0) continue
      // A hidden id counts as taken, and the answer does not say by what.
      const makes = operation.method === 'put' && operation.path.endsWith('{annotationId}') && onlooker !== 'viewer'
      const expected = makes ? taken : await ask(pathOf(operation, { ...params, [name]: unknownId }))
      for (const id of ids) {
        const answer = await ask(pathOf(operation, { ...params, [name]: id }))
        const [one, two] = [`${String(answer.status)} ${answer.text}`, `${String(expected.status)} ${expected.text}`]
        if (one !== two.replaceAll(unknownId, id)) faults.push(`${operation.id} {${name}}: ${one}, not ${two}`)
      }
    }
  }
  return faults
}

describeOnBothDatabases('what a reviewer does in a blind phase', (context) => {
  it('is in no answer, count, event, error or search of others, and changes none', { timeout: 600_000 }, async () => {
    const blind = await makeBlindWorld(context.database)
    const before = new Map<Onlooker, Answers>()
    for (const onlooker of onlookers) before.set(onlooker, await askAll(blind, onlooker))
    // Proves that the scan has something to find: an empty one would pass as well.
    expect(before.get('reviewer')?.size).toBeGreaterThan(150)
    const work = await workInHiding(blind)
    const found: string[] = []
    for (const onlooker of onlookers) {
      const was = before.get(onlooker) ?? new Map<string, string>()
      const is = await askAll(blind, onlooker)
      const normal = onlooker === 'lead' ? withoutProgress : undefined
      const secrets = secretsOf(blind, work, onlooker)
      const faults = [...leaksIn(was, secrets), ...leaksIn(is, secrets), ...differences(was, is, normal)]
      found.push(...faults.map((fault) => `As ${onlooker}: ${fault}`))
    }
    for (const onlooker of onlookers) {
      const faults = await compareIds(blind, onlooker, work)
      found.push(...faults.map((fault) => `As ${onlooker}: ${fault}`))
    }
    expect(found.join('\n\n')).toBe('')
  })

  it('cannot be learnt by using its ids', async () => {
    const blind = await makeBlindWorld(context.database)
    const work = await workInHiding(blind)
    const { document, onlookers: people } = blind
    const [annotationId = ''] = work.annotationIds
    const [decisionId = ''] = work.decisionIds.slice(-1)
    const [citationId = ''] = work.citationIds
    const [referenceId = ''] = work.referenceIds
    const { as } = people.reviewer
    const marks = `/revisions/${document.revisionId}/annotations`
    const thread = { method: 'post', path: `/documents/${document.id}/threads`, as }
    const unknown = await call({ ...thread, json: { annotationId: unknownId, comment: { body: 'Why?' } } })
    const span = { start: 0, end: 8, rating: 'unsourced' }
    const answers = [
      await call({ method: 'post', path: marks, as, json: { ...span, id: annotationId } }),
      await call({
        method: 'post',
        path: `/revisions/${document.revisionId}/sentence-decisions`,
        as,
        json: { id: decisionId, start: 0, end: document.text.indexOf(' It carried') },
      }),
      await call({
        method: 'post',
        path: '/references',
        as,
        json: { id: referenceId, csl: { type: 'book', title: 'A' } },
      }),
      await call({
        method: 'post',
        path: marks,
        as,
        json: { ...span, citations: [{ id: citationId, referenceId: blind.knownReference.id, stance: 'mentions' }] },
      }),
      await call({
        method: 'post',
        path: marks,
        as,
        json: { ...span, citations: [{ referenceId, stance: 'mentions' }] },
      }),
      await call({ ...thread, json: { annotationId, comment: { body: 'Why?' } } }),
      await call({ ...thread, json: { id: work.threadIds[0], comment: { body: 'Why?' } } }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([409, 409, 409, 409, 422, unknown.status, 409])
    expect(answers[5]?.text).toBe(unknown.text)
    for (const { text, json } of answers) {
      expect(json['current'] ?? null).toBeNull()
      expect(text, 'offers no way out that would not work').not.toContain('“current”')
      expect(secretsIn(text, [...secretWords, ...work.citationIds, 'Hanna'])).toEqual([])
    }
    // A reference that hidden marks cite can be deleted as if they did not exist, and they keep their citations.
    const gone = { method: 'delete', path: `/references/${blind.knownReference.id}`, as: people.lead.as, version: 1 }
    expect((await call(gone)).status).toBe(204)
    const kept = await call({ method: 'get', path: `/annotations/${work.annotationIds[1] ?? ''}`, as: blind.asHidden })
    expect(kept.text).toContain(blind.knownReference.title)
    const citations = (
      kept.json['citations'] as { id: string; stance: string; quote: string; reference: { id: string } }[]
    ).map(({ id, stance, quote, reference }) => ({ id, stance, quote: `${quote}.`, referenceId: reference.id }))
    const edited = await call({
      method: 'patch',
      path: `/annotations/${work.annotationIds[1] ?? ''}`,
      as: blind.asHidden,
      json: { citations },
      version: 1,
    })
    expect(edited.status, edited.text).toBe(200)
  })

  it('is found by this scan when it leaks, and is shown when the phase has ended', { timeout: 300_000 }, async () => {
    const blind = await makeBlindWorld(context.database)
    const work = await workInHiding(blind)
    const { database } = context
    const secrets = secretsOf(blind, work, 'reviewer')
    const hiddenView = await call({
      method: 'get',
      path: `/annotations/${work.annotationIds[1] ?? ''}`,
      as: blind.asHidden,
    })
    // An answer that reveals another reviewer's mark.
    const planted: Answers = new Map([['planted', `200 ${JSON.stringify({ items: [hiddenView.json] })}`]])
    expect(leaksIn(planted, secrets).length).toBeGreaterThan(3)
    expect(
      differences(new Map([['planted', '200 {"count":1}']]), new Map([['planted', '200 {"count":2}']])),
    ).toHaveLength(1)
    // A server that ignores the phase.
    const move = (data: object) => database.write.reviewSession.updateMany({ where: { id: blind.sessionId }, data })
    await move({ blind: false })
    const open = leaksIn(await askAll(blind, 'reviewer'), secrets).map((leak) => leak.split(' ')[0] ?? '')
    expect([...new Set(open)]).toEqual(
      expect.arrayContaining([
        'listAnnotations',
        'listSentenceDecisions',
        'listReferences',
        'listTags',
        'getSourceReport',
      ]),
    )
    const audited = leaksIn(await askAll(blind, 'leading reviewer'), secrets).map((leak) => leak.split(' ')[0] ?? '')
    expect(audited).toContain('listEvents')
    // The blind phase ends.
    await move({ blind: true, state: 'adjudication', blindEndedAt: new Date() })
    const shown = leaksIn(await askAll(blind, 'reviewer'), secrets)
    for (const secret of [...work.annotationIds.slice(0, 3), ...work.referenceIds, 'Quillfeather', blind.openMarkId])
      expect(
        shown.filter((leak) => leak.includes(secret)),
        secret,
      ).not.toEqual([])
  })

  it('is shown between two who have both submitted, and to nobody else, when the protocol says so', async () => {
    const blind = await makeBlindWorld(context.database)
    const { annotationIds } = await workInHiding(blind)
    const { database } = context
    const where = { id: blind.sessionId }
    await database.write.reviewSession.updateMany({ where, data: { reveal: 'after_submission' } })
    const submit = (id: string) =>
      database.write.assignment.updateMany({
        where: { id },
        data: { state: 'submitted', submittedAt: new Date() },
      })
    const seers = async () => {
      const path = `/annotations/${annotationIds[1] ?? ''}`
      const answers = onlookers.map(async (name) => {
        const { status } = await call({ method: 'get', path, as: blind.onlookers[name].as })
        return status === 200 ? [name] : []
      })
      return (await Promise.all(answers)).flat()
    }
    await submit(blind.onlookers.reviewer.assignmentId)
    expect(await seers()).toEqual([])
    await submit(blind.hiddenAssignmentId)
    expect(await seers()).toEqual(['reviewer'])
    await submit(blind.onlookers['leading reviewer'].assignmentId)
    expect(await seers()).toEqual(['reviewer', 'leading reviewer'])
  })
})
