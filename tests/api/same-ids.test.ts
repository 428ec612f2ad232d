import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { roles, type Role } from '@/lib/domain/access/policy'
import type { Actor } from '@/lib/server/access/gate'
import { describeOnBothDatabases } from '../setup/databases'
import { createReference, makeId } from '../setup/factories'
import { makeTwin, rowsOfWorkspace, twinMark, twinTables, type Twin } from '../setup/twin'
import { call, sessionOf, type Answer, type Credentials } from './calls'
import { caseOf, make, tryEach } from './operation-calls'
import { operations } from './operations'
import { assigned, complete, makeReviewWorld, rate, submit, type ReviewWorld } from './review-world'
import { firstSentence, type World } from './world'

/** A world with rows in every table: evidence, tags, a submission, a mention, and their consequences. */
async function makeFullWorld(database: World['database']): Promise<ReviewWorld> {
  const review = await makeReviewWorld(database, { protocol: { blind: true } })
  const { world, ana, lead, documents } = review
  const { id: referenceId } = await createReference(database, { workspaceId: world.workspaceId })
  const { id: keptId } = await createReference(database, { workspaceId: world.workspaceId })
  const { id: otherId } = await createReference(database, { workspaceId: world.workspaceId })
  const citations = [{ referenceId, stance: 'supports', quote: 'Sales', locator: 'p. 2' }]
  const answers = [
    await rate(world.document, ana, { rating: 'sourced', citations, tags: ['Harbour'], note: 'Look here' }),
    await call({
      method: 'patch',
      path: `/documents/${documents[1].id}`,
      as: lead.as,
      version: 1,
      json: { tags: ['Harbour'] },
    }),
    await call({
      method: 'post',
      path: `/revisions/${world.document.revisionId}/scope-changes`,
      as: lead.as,
      json: { ...firstSentence, inScope: false, reason: 'navigation' },
    }),
    await call({
      method: 'post',
      path: `/documents/${world.document.id}/threads`,
      as: lead.as,
      json: { comment: { body: 'Ana?', mentions: [ana.actor.memberId] } },
    }),
    await call({
      method: 'post',
      path: `/references/${keptId}/merge`,
      as: lead.as,
      version: 1,
      json: { otherId, otherVersion: 1 },
    }),
  ]
  const assignmentId = await assigned(review)
  await complete(documents[0], ana)
  answers.push(await submit(assignmentId, ana))
  for (const { status, text } of answers) if (status >= 300) throw new Error(text)
  const { workspaceId } = world
  const verdict = await database.read.verdict.findFirstOrThrow({ where: { workspaceId }, select: { id: true } })
  await database.write.verdictCitation.create({
    data: {
      id: makeId(),
      workspaceId,
      verdictId: verdict.id,
      referenceId,
      position: 0,
      stance: 'mentions',
      locator: 'p. 3',
    },
    select: { id: true },
  })
  return review
}

const reading = operations.filter(({ method }) => method === 'get')
const changing = operations.filter(({ method }) => method !== 'get')
/** They contain numbers of events, or ids of sign-ins, which differ. */
const numbered: readonly string[] = ['listEvents', 'listenLive', 'listSignIns']

interface Said {
  status: number
  text: string
  headers: Record<string, string>
}

/** The content of an answer, without the time of the request. */
function saidIn({ status, text, headers }: Answer): Said {
  const { date: _date, ...kept } = Object.fromEntries(headers)
  return { status, text: text.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'then'), headers: kept }
}

/** The answers that each role gets from every reading operation. */
async function readAll(world: World, sessions: Record<Role, Credentials>): Promise<Record<string, Said>> {
  const found: Record<string, Said> = {}
  for (const operation of reading)
    for (const role of roles)
      found[`${operation.id} as ${role}`] = saidIn(
        await make({ operation, given: caseOf(operation.id), world }, sessions[role]),
      )
  return found
}

/** The same people in the twin. */
async function sessionsIn(twin: Twin, members: Record<Role, Actor>): Promise<Record<Role, Credentials>> {
  const of = (role: Role) => {
    const actor = members[role]
    return sessionOf({ ...actor, userId: twin.became.get(actor.userId) ?? actor.userId })
  }
  return {
    owner: await of('owner'),
    lead: await of('lead'),
    reviewer: await of('reviewer'),
    viewer: await of('viewer'),
  }
}

/** Text without values derived from ids: hashes of a report's inputs, and cursors. */
function withoutDigests(text: string): string {
  return text.replaceAll(/"(inputSha256|next)":"[^"]*"/g, '"$1":"…"')
}

/** An answer of the twin, in the words and ids of the original. */
function asOriginal(text: string, { became }: Twin): string {
  let said = text.replaceAll(twinMark, '')
  for (const [before, after] of became) said = said.replaceAll(after, before)
  return withoutDigests(said)
}

describe('the twin', () => {
  it('has rows in every table of a workspace', () => {
    const schema = readFileSync('prisma/schema.prisma', 'utf8')
    const models = [...schema.matchAll(/^model (\w+) \{\n([^}]*)^\}/gm)]
    const ofWorkspaces = models.filter(([, , body = '']) => /^ {2}workspaceId /m.test(body))
    const names = ofWorkspaces.map(([, name = '']) => `${name.charAt(0).toLowerCase()}${name.slice(1)}`)
    expect([...twinTables].sort()).toEqual(names.sort())
  })
})

describeOnBothDatabases('ids that another workspace uses, too', (context) => {
  it('change no answer to anyone', { timeout: 300_000 }, async () => {
    const { database } = context
    const { world } = await makeFullWorld(database)
    const before = await readAll(world, world.sessions)
    const rows = await rowsOfWorkspace(database, world.workspaceId)
    const twin = await makeTwin(database, world.workspaceId)
    const empty = Object.entries(rows).flatMap(([name, some]) => (some.length === 0 ? [name] : []))
    expect(empty, 'tables without a row').toEqual([])
    const after = await readAll(world, world.sessions)
    for (const [what, said] of Object.entries(before))
      if (!what.startsWith('listenLive')) expect.soft(after[what], what).toEqual(said)
    const replace = (id: string) => twin.became.get(id) ?? id
    const twinWorld: World = {
      ...world,
      frozen: { ...world.frozen, reportId: replace(world.frozen.reportId) },
      document: { ...world.document, revisionId: replace(world.document.revisionId) },
      sessionDocument: { ...world.sessionDocument, revisionId: replace(world.sessionDocument.revisionId) },
      members: {
        ...world.members,
        viewer: { ...world.members.viewer, memberId: replace(world.members.viewer.memberId) },
      },
    }
    const there = await readAll(twinWorld, await sessionsIn(twin, world.members))
    for (const [what, said] of Object.entries(before)) {
      const other = there[what]
      if (other === undefined) throw new Error(`${what} was not asked of the twin.`)
      if (numbered.some((id) => what.startsWith(id))) expect.soft(other.status, what).toBe(said.status)
      else expect.soft(asOriginal(other.text, twin), what).toBe(withoutDigests(said.text))
    }
  })

  it('are changed in one workspace alone', { timeout: 600_000 }, async () => {
    const { database } = context
    await tryEach(changing, async (operation) => {
      const { world } = await makeFullWorld(database)
      const given = caseOf(operation.id)
      const twin = await makeTwin(database, world.workspaceId)
      const rows = await rowsOfWorkspace(database, twin.workspaceId)
      const answer = await make({ operation, given, world }, world.sessions[given.by])
      expect(answer.status, answer.text).toBe(given.status)
      expect(await rowsOfWorkspace(database, twin.workspaceId)).toEqual(rows)
    })
  })
})
