import { describe, expect, it } from 'vitest'
import { roles, tokenScopes } from '@/lib/domain/access/policy'
import { describeOnBothDatabases } from '../setup/databases'
import { call, nobody, tokenOf } from './calls'
import { caseOf, knownParams, make, tryEach, type Scene } from './operation-calls'
import { operationCases } from './operation-cases'
import { operations } from './operations'
import { makeWorld } from './world'

async function refusesStrangers(scene: Scene): Promise<void> {
  const { operation, given, world } = scene
  expect(await make(scene, nobody)).toMatchObject({ status: 401, json: { code: 'unauthenticated' } })
  for (const role of roles.filter((other) => !operation.roles.includes(other))) {
    expect(await make(scene, world.sessions[role]), `as ${role}`).toMatchObject({
      status: 403,
      json: { code: 'forbidden' },
    })
  }
  const others = tokenScopes.filter((scope) => scope !== operation.scope)
  const weak = await tokenOf(world.database, world.members[given.by], others)
  expect(await make(scene, weak), 'with a token of other scopes').toMatchObject({ status: 403 })
  if (operation.method !== 'get') {
    const crossSite = { ...world.sessions[given.by], 'sec-fetch-site': 'cross-site' }
    expect(await make(scene, crossSite), 'from another site').toMatchObject({ status: 403 })
  }
}

async function hidesFromOtherWorkspaces(scene: Scene): Promise<void> {
  const { operation, world } = scene
  if (operation.path.includes('{')) {
    const answer = await make(scene, world.outsider)
    expect(answer.status, answer.text).toBe(404)
    expect(answer.json).toEqual((await make(scene, world.outsider, { unknownIds: true })).json)
    const notAnId = operation.path.replaceAll(/\{\w+\}/g, "1' OR '1'='1")
    expect((await make(scene, world.outsider, { path: notAnId })).status).toBe(404)
  } else if (operation.method === 'get') {
    const answer = await make(scene, world.outsider)
    expect(answer.status).toBe(200)
    for (const id of [world.workspaceId, ...Object.values(knownParams(world))]) expect(answer.text).not.toContain(id)
  }
}

async function refusesBadRequests(scene: Scene): Promise<void> {
  const { operation, given, world } = scene
  const as = world.sessions[given.by]
  expect(
    await make(scene, as, {
      path: `${operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => knownParams(world)[name] ?? '')}?${given.query === undefined ? '' : `${given.query}&`}nonsense=1`,
    }),
  ).toMatchObject({
    status: 422,
    json: { code: 'invalid', fields: [{}] },
  })
  if (operation.ifMatch) {
    expect(await make(scene, as, { headers: { 'if-match': '' } })).toMatchObject({ status: 400 })
    expect(await make(scene, as, { headers: { 'if-match': '*' } })).toMatchObject({
      status: 428,
      json: { code: 'precondition-required' },
    })
    const stale = await make(scene, as, { version: 99 })
    expect(stale, stale.text).toMatchObject({
      status: 412,
      json: { code: 'version-mismatch', current: { version: 1 } },
    })
  }
  if (given.json !== undefined) {
    const unknownKey = await make(scene, as, { json: { ...given.json(world), nonsense: 1 } })
    expect(unknownKey, unknownKey.text).toMatchObject({ status: 422, json: { code: 'invalid', fields: [{}] } })
    expect(await make(scene, as, { json: [] })).toMatchObject({ status: 422 })
    expect(
      await make(scene, as, { json: undefined, body: '{', headers: { 'content-type': 'application/json' } }),
    ).toMatchObject({ status: 400 })
    expect(await make(scene, as, { headers: { 'content-type': 'text/plain' } })).toMatchObject({ status: 415 })
  }
  if (given.form !== undefined) {
    expect(await make(scene, as, { body: new FormData() })).toMatchObject({
      status: 422,
      json: { fields: [{ path: 'file' }] },
    })
    expect(await make(scene, as, { body: '{}', headers: { 'content-type': 'application/json' } })).toMatchObject({
      status: 415,
    })
    expect(
      await make(scene, as, { body: 'x', headers: { 'content-type': 'multipart/form-data; boundary=y' } }),
    ).toMatchObject({ status: 400 })
  }
}

async function works(scene: Scene): Promise<void> {
  const { operation, given, world } = scene
  const answer = await make(scene, world.sessions[given.by])
  expect(answer.status, answer.text).toBe(given.status)
  const schema = operation.schemaOf(answer.status)
  if (schema === undefined) return
  // Answers must have no property that the document does not name; parsing alone would drop unknown keys.
  expect(answer.json).toEqual(schema.parse(answer.json))
}

describe('the table of operations', () => {
  it('has an entry for every operation, and no other', () => {
    expect(Object.keys(operationCases).sort()).toEqual(operations.map(({ id }) => id).sort())
  })
})

const reading = operations.filter(({ method }) => method === 'get')
const changing = operations.filter(({ method }) => method !== 'get')

describeOnBothDatabases('every operation', (context) => {
  // Refused calls change nothing, which the count of events proves, so one world serves all of them.
  it('refuses strangers, other roles, other workspaces and bad requests', { timeout: 300_000 }, async () => {
    const world = await makeWorld(context.database)
    await tryEach(operations, async (operation) => {
      const scene: Scene = { operation, given: caseOf(operation.id), world }
      await refusesStrangers(scene)
      await hidesFromOtherWorkspaces(scene)
      await refusesBadRequests(scene)
      const events = await context.database.read.event.count({ where: { workspaceId: world.workspaceId } })
      expect(events, 'events of refused requests').toBe(0)
    })
  })

  it('lets those read who should', { timeout: 120_000 }, async () => {
    const world = await makeWorld(context.database)
    await tryEach(reading, (operation) => works({ operation, given: caseOf(operation.id), world }))
  })

  it.each(changing.map((operation) => [operation.id, operation] as const))(
    '%s works for whom it should',
    async (id, operation) => {
      await works({ operation, given: caseOf(id), world: await makeWorld(context.database) })
    },
  )

  it('refuses an invalid token', async () => {
    const world = await makeWorld(context.database)
    for (const as of [
      { authorization: 'Bearer smk_wrong' },
      { authorization: 'Bearer ' },
      { authorization: 'Basic eDp5' },
    ]) {
      const answer = await call({ method: 'get', path: `/documents/${world.document.id}`, as })
      expect(answer).toMatchObject({ status: 401, json: { code: 'unauthenticated' } })
      expect(answer.headers.get('www-authenticate')).toContain('Bearer')
    }
  })
})
