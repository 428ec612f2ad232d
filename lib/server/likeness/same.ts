import type { Reader, Transaction } from '../db/client'
import { inChunks } from '../db/in-chunks'

/** A document with a revision of the same bytes, or at least of the same text. */
export interface SameDocument {
  id: string
  title: string
  likeness: 'bytes' | 'text'
}

interface Asked {
  workspaceId: string
  sha256: string
  originalSha256: string
  /** A document that is not meant. */
  except?: string | undefined
}

/**
 * The oldest document of a workspace, of those that are not deleted, that was read from the same bytes or holds the same text. Each step is a question that an index
 * answers: asked as one, SQLite reads what stands beside all originals of the workspace, and so all of their bytes.
 */
export async function findSameDocument(
  reader: Reader | Transaction,
  { workspaceId, sha256, originalSha256, except }: Asked,
): Promise<SameDocument | null> {
  const originals = await reader.revisionOriginal.findMany({
    where: { sha256: originalSha256 },
    select: { revisionId: true },
  })
  const byBytes = new Set<string>()
  await inChunks(originals, async (some) => {
    const rows = await reader.revision.findMany({
      where: { workspaceId, id: { in: some.map(({ revisionId }) => revisionId) } },
      select: { documentId: true },
    })
    for (const { documentId } of rows) byBytes.add(documentId)
  })
  const byText = await reader.revision.findMany({ where: { workspaceId, sha256 }, select: { documentId: true } })
  const ids = new Set([...byBytes, ...byText.map(({ documentId }) => documentId)])
  const found: { id: string; title: string; createdAt: Date }[] = []
  await inChunks([...ids], async (some) => {
    const where = { workspaceId, id: { in: [...some] }, deletedAt: null }
    found.push(...(await reader.document.findMany({ where, select: { id: true, title: true, createdAt: true } })))
  })
  const [oldest] = found
    .filter(({ id }) => id !== except)
    .sort((one, other) => one.createdAt.getTime() - other.createdAt.getTime())
  return oldest === undefined
    ? null
    : { id: oldest.id, title: oldest.title, likeness: byBytes.has(oldest.id) ? 'bytes' : 'text' }
}
