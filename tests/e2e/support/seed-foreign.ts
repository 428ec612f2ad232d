/**
 * Adds a second workspace to the configured database and prints its ids as one line of JSON. Members of the first workspace must never see any of it.
 * A process of its own, because the database client reads its settings when it is loaded.
 */
import { randomUUID } from 'node:crypto'
import { configuredLocation, openDatabase } from '@/lib/server/db/client'
import { createSessionForClaims } from '../../setup/adjudication'
import { createFrozenReport } from '../../setup/frozen-report'
import {
  createAnnotation,
  createDocument,
  createMember,
  createReference,
  createSource,
  createWorkspace,
} from '../../setup/factories'

const database = await openDatabase(configuredLocation())
const { id: workspaceId } = await createWorkspace(database, { name: 'Foreign desk' })
const author = await createMember(database, { workspaceId, role: 'owner', name: 'Foreign owner' })
const source = await createSource(database, { workspaceId, name: 'Foreign source' })
const emptySource = await createSource(database, { workspaceId, name: 'Foreign empty source' })
const document = await createDocument(database, { workspaceId, sourceId: source.id, title: 'Foreign document' })
const annotation = await createAnnotation(database, { author, document })
const reference = await createReference(database, { workspaceId, title: 'Foreign reference' })
const session = await createSessionForClaims(database, {
  workspaceId,
  documents: [document],
  reviewers: [author],
  adjudicators: [author],
  name: 'Foreign session',
})
const batch = randomUUID()
const stamps = { createdAt: new Date(), updatedAt: new Date() }
await database.write.job.create({
  data: {
    id: batch,
    workspaceId,
    kind: 'import',
    name: 'Foreign batch',
    choices: {},
    createdById: author.memberId,
    ...stamps,
  },
})
const { reportId } = await createFrozenReport(database, {
  workspaceId,
  sourceId: source.id,
  documentIds: [],
  lead: author,
  reviewer: author,
})
const ids = {
  batch,
  source: source.id,
  emptySource: emptySource.id,
  document: document.id,
  persian: document.id,
  revision: document.revisionId,
  reference: reference.id,
  annotation: annotation.id,
  session: session.id,
  report: reportId,
}
process.stdout.write(`${JSON.stringify({ ...ids, inviteLink: '' })}\n`)
await database.close()
