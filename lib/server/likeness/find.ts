import type { Likeness } from '@/lib/domain/likeness/schema'
import { keysOfSketch, nearShare, sharedPart, type Sketch } from '@/lib/domain/likeness/sketch'
import type { Permit } from '../access/gate'
import type { Reader, Transaction } from '../db/client'
import type { StorableDocument } from '../reading/storable-document'
import { storedSketch } from './sketches'
import { inChunks } from '../db/parameters'

/** The most revisions that are compared with a text: those that share most of its keys. */
const mostCompared = 10

interface Asked {
  imported: Pick<StorableDocument, 'sha256' | 'original' | 'sketch'>
  /** A document to leave out. */
  except?: string | undefined
}

/**
 * Finds the document of the workspace that a text is like: one read from the same bytes or with the same text, else the one with the most similar
 * text, if its share is at least `nearShare`. Null when there is none.
 */
export async function findLike(
  reader: Reader | Transaction,
  { workspaceId }: Permit,
  { imported: { sha256, original, sketch }, except }: Asked,
): Promise<Likeness | null> {
  const document = { deletedAt: null, ...(except === undefined ? {} : { id: { not: except } }) }
  const same = await findSameDocument(reader, { workspaceId, sha256, originalSha256: original.sha256, except })
  return same === null ? findNear(reader, { workspaceId, sketch, document }) : { ...same, share: 1 }
}

async function findNear(
  reader: Reader | Transaction,
  { workspaceId, sketch, document }: { workspaceId: string; sketch: Sketch; document: object },
): Promise<Likeness | null> {
  if (sketch.length === 0) return null
  const near = await reader.textSketchKey.groupBy({
    by: ['revisionId'],
    where: { workspaceId, hash: { in: keysOfSketch(sketch) }, revision: { document } },
    _count: { hash: true },
    orderBy: [{ _count: { hash: 'desc' } }, { revisionId: 'desc' }],
    take: mostCompared,
  })
  const rows = await reader.textSketch.findMany({
    where: { workspaceId, revisionId: { in: near.map(({ revisionId }) => revisionId) } },
    select: { hashes: true, revision: { select: { document: { select: { id: true, title: true } } } } },
  })
  const [best] = rows
    .map(({ hashes, revision }) => ({ ...revision.document, share: sharedPart(sketch, storedSketch(hashes)) }))
    .sort((one, other) => other.share - one.share)
  return best === undefined || best.share < nearShare ? null : { ...best, likeness: 'near' }
}

/** Finds a document with a revision of the same bytes, or else of the same text. */
interface SameDocument {
  id: string
  title: string
  likeness: 'bytes' | 'text'
}

interface Sought {
  workspaceId: string
  sha256: string
  originalSha256: string
  /** A document to leave out. */
  except?: string | undefined
}

/**
 * The oldest document of a workspace, without deleted ones, that was read from the same bytes or has the same text. Each step is a query that an
 * index answers: in a single query SQLite would read the rows of all originals, with their bytes.
 */
export async function findSameDocument(
  reader: Reader | Transaction,
  { workspaceId, sha256, originalSha256, except }: Sought,
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
