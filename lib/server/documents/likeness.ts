import type { Likeness } from '@/lib/domain/jobs/schema'
import type { Permit } from '../access/gate'
import { database } from '../db/client'
import type { StorableDocument } from '../reading/storable-document'

/** The document that a text is like: one that was read from the same bytes or holds the same text. Null when there is none. */
export async function findLike(
  { workspaceId }: Permit,
  { sha256, original }: Pick<StorableDocument, 'sha256' | 'original'>,
): Promise<Likeness | null> {
  const { read } = await database()
  const same = await read.revision.findFirst({
    where: {
      workspaceId,
      document: { deletedAt: null },
      OR: [{ sha256 }, { original: { sha256: original.sha256 } }],
    },
    orderBy: { document: { createdAt: 'asc' } },
    select: { original: { select: { sha256: true } }, document: { select: { id: true, title: true } } },
  })
  if (same === null) return null
  const likeness = same.original?.sha256 === original.sha256 ? 'bytes' : 'text'
  return { ...same.document, likeness, share: 1 }
}
