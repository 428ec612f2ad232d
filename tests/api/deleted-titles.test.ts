import { expect, it } from 'vitest'
import { describeOnBothDatabases } from '../setup/databases'
import { factoryTime, makeId } from '../setup/factories'
import { call } from './calls'
import { operationCases } from './operation-cases'
import { operations } from './operations'
import { makeWorld, type World } from './world'

const title = 'Zanzibarquill'

/** The audit trail and the feed keep past events with their words. */
const histories = ['listEvents', 'listenLive']

/** Deletes every document in its present state, regardless of earlier work in sessions that are over. */
async function deleteAll(world: World): Promise<void> {
  const { write } = world.database
  await write.document.updateMany({ data: { title, deletedAt: factoryTime } })
  await write.reviewSession.updateMany({ where: { isTemplate: false }, data: { state: 'closed' } })
}

async function pathsThatTell(world: World, role: 'lead' | 'reviewer'): Promise<string[]> {
  const { document, sessionDocument } = world
  const told: string[] = []
  for (const { documentId, revisionId, sessionId } of [
    { documentId: document.id, revisionId: document.revisionId, sessionId: world.adjudication.adjudicationId },
    { documentId: sessionDocument.id, revisionId: sessionDocument.revisionId, sessionId: world.sessionId },
  ]) {
    const params: Record<string, string> = {
      sourceId: document.sourceId,
      otherSourceId: world.emptySource.id,
      documentId,
      revisionId,
      sessionId,
      otherSessionId: world.draftId,
      assignmentId: world.assignmentId,
      referenceId: world.reference.id,
      memberId: world.members[role].memberId,
      annotationId: world.annotation.id,
      decisionId: world.decisionId,
      claimId: world.adjudication.claimId,
      threadId: world.threadId,
      conflictId: world.conflictId,
    }
    for (const { id, method, path } of operations) {
      if (method !== 'get' || histories.includes(id)) continue
      const { query } = operationCases[id] ?? {}
      const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => params[name] ?? makeId())
      const asked = query === undefined ? filled : `${filled}?${query}`
      const answer = await call({ method: 'get', path: asked, as: world.sessions[role] })
      if (answer.text.includes(title)) told.push(`${id} (${String(answer.status)})`)
    }
  }
  return [...new Set(told)]
}

describeOnBothDatabases('a deleted document', (context) => {
  it('leaves its title nowhere but in the history', async () => {
    const world = await makeWorld(context.database)
    const { workspaceId, members, document, sessionId } = world
    const data = { documentId: document.id, sessionId, title, actorName: 'Someone' }
    for (const { memberId } of [members.lead, members.reviewer])
      await context.database.write.notification.createMany({
        data: (['mention', 'submission-received'] as const).map((type) => ({
          id: makeId(),
          workspaceId,
          memberId,
          type,
          data,
          createdAt: factoryTime,
        })),
      })
    await context.database.write.conflictOfInterest.create({
      data: {
        id: makeId(),
        workspaceId,
        memberId: members.reviewer.memberId,
        documentId: document.id,
        createdById: members.lead.memberId,
        createdAt: factoryTime,
      },
      select: { id: true },
    })
    await deleteAll(world)
    expect(await pathsThatTell(world, 'lead')).toEqual([])
    expect(await pathsThatTell(world, 'reviewer')).toEqual([])
  })
})
