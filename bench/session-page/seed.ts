/**
 * Makes the scene in the configured database, in the workspace of its first owner, and prints the session's id. Run as a process of its own, because
 * the database client reads its settings when it is loaded. Arguments: documents, reviewers, reviewers per document.
 */
import { database as configuredDatabase } from '@/lib/server/db/client'
import { makeScene } from './scene'

const [documents, reviewers, perDocument] = process.argv.slice(2).map(Number)
if (documents === undefined || reviewers === undefined || perDocument === undefined)
  throw new Error('Say how many documents, reviewers, and reviewers per document')

const database = await configuredDatabase()
const owner = await database.read.member.findFirstOrThrow({
  where: { role: 'owner' },
  select: { id: true, workspaceId: true, userId: true, user: { select: { name: true } } },
})
const { sessionId } = await makeScene(
  database,
  { documents, reviewers, perDocument },
  {
    workspaceId: owner.workspaceId,
    memberId: owner.id,
    userId: owner.userId,
    name: owner.user.name,
    role: 'owner',
    via: 'session',
    scopes: 'all',
  },
)
await database.close()
process.stdout.write(`${sessionId}\n`)
