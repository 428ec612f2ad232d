import { openDatabase, type DatabaseLocation } from '@/lib/server/db/client'
import { migrateDatabase } from '@/lib/server/db/migrate'
import { createDocument, createMember, createToken, createWorkspace } from '@/tests/setup/factories'

/** What writers need: their token and the text to mark. */
export interface Scene {
  workspaceId: string
  memberId: string
  revisionId: string
  /** The canonical text of the revision. */
  text: string
  token: string
}

const sentence = 'The harbour froze twice that winter, and nobody kept a log of it. '

/** Migrates an empty database, and stores one document of about 5,000 words and one reviewer with a token. */
export async function makeScene(location: DatabaseLocation): Promise<Scene> {
  await migrateDatabase(location, { at: new Date() })
  const database = await openDatabase(location)
  try {
    const { id: workspaceId } = await createWorkspace(database)
    const { memberId } = await createMember(database, { workspaceId, role: 'reviewer' })
    const { revisionId, text } = await createDocument(database, { workspaceId, text: sentence.repeat(400).trim() })
    const token = await createToken(database, { workspaceId, memberId, scopes: ['read', 'annotate'] })
    return { workspaceId, memberId, revisionId, text, token }
  } finally {
    await database.close()
  }
}

/** A span of some words, different for each number. */
export function spanOf(text: string, number: number): { start: number; end: number } {
  const start = text.indexOf(' ', (number * 37) % (text.length - 200)) + 1
  return { start, end: text.indexOf(' ', start + 40) }
}
