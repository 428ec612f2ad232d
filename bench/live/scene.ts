import { openDatabase, type DatabaseLocation } from '@/lib/server/db/client'
import { migrateDatabase } from '@/lib/server/db/migrate'
import { createDocument, createMember, createToken, createWorkspace } from '@/tests/setup/factories'

/** A document that many reviewers have open. */
export interface LiveScene {
  documentId: string
  revisionId: string
  text: string
  /** One token for each reviewer. */
  tokens: string[]
}

const sentence = 'The harbour froze twice that winter, and nobody kept a log of it. '

/** Migrates an empty database, and stores a document of about 5,000 words and reviewers with tokens. */
export async function makeLiveScene(location: DatabaseLocation, reviewers: number): Promise<LiveScene> {
  await migrateDatabase(location, { at: new Date() })
  const database = await openDatabase(location)
  try {
    const { id: workspaceId } = await createWorkspace(database)
    const document = await createDocument(database, { workspaceId, text: sentence.repeat(400).trim() })
    const tokens: string[] = []
    for (let reviewer = 0; reviewer < reviewers; reviewer++) {
      const { memberId } = await createMember(database, { workspaceId, role: 'reviewer' })
      const token = await createToken(database, { workspaceId, memberId, scopes: ['read', 'annotate'] })
      tokens.push(token)
    }
    return { documentId: document.id, revisionId: document.revisionId, text: document.text, tokens }
  } finally {
    await database.close()
  }
}
