import type { Likeness } from '@/lib/domain/likeness/schema'
import { keysOfSketch, nearShare, sharedPart, type Sketch } from '@/lib/domain/likeness/sketch'
import type { Permit } from '../access/gate'
import type { Reader, Transaction } from '../db/client'
import type { StorableDocument } from '../reading/storable-document'
import { findSameDocument } from './same'
import { storedSketch } from './sketches'

/** The most revisions that are compared with a text: those that share most of its keys. */
const mostCompared = 10

interface Asked {
  imported: Pick<StorableDocument, 'sha256' | 'original' | 'sketch'>
  /** A document that is not meant. */
  except?: string | undefined
}

/**
 * The document of the workspace that a text is like: one that was read from the same bytes or holds the same text, else the one whose text is most like
 * it, from `nearShare` on. Null when there is none.
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
