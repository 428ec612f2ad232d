/**
 * Adds a published frozen report to the first source of the configured database that has documents, and prints its ids as one line of JSON. Run as a
 * process of its own, because the database client reads its settings when it is loaded.
 */
import { configuredLocation, openDatabase } from '@/lib/server/db/client'
import type { Actor } from '@/lib/server/access/gate'
import { createFrozenReport } from '../../setup/frozen-report'

const database = await openDatabase(configuredLocation())
const source = await database.read.source.findFirstOrThrow({
  where: { documents: { some: {} } },
  orderBy: { createdAt: 'asc' },
  select: { id: true, workspaceId: true },
})
const { workspaceId } = source
const owner = await database.read.member.findFirstOrThrow({
  where: { workspaceId, role: 'owner' },
  select: { id: true, userId: true },
})
const actor: Actor = {
  workspaceId,
  memberId: owner.id,
  userId: owner.userId,
  name: '',
  role: 'owner',
  via: 'session',
  scopes: 'all',
}
const of = { workspaceId, sourceId: source.id, documentIds: [], lead: actor, reviewer: actor }
const { reportId: report, token } = await createFrozenReport(database, of)
process.stdout.write(`${JSON.stringify({ report, published: `/r/${token}` })}\n`)
await database.close()
