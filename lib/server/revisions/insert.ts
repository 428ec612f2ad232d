import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Permit } from '../access/gate'
import type { RevisionOrigin } from '../db/generated/sqlite/client'
import type { WriteContext } from '../db/write'
import { insertSketch } from '../likeness/sketches'
import type { StorableDocument } from '../reading/storable-document'

/** Stores a revision, the bytes it was read from, and the HTTP response of their site. Part of the write that makes it. */
export async function insertRevision(
  { tx, now, insert }: WriteContext,
  { workspaceId, actor }: Permit,
  revision: { id: string; documentId: string; number: number; imported: StorableDocument; origin: RevisionOrigin },
): Promise<void> {
  const { id, documentId, number, origin, imported } = revision
  const { content, text, folded, sha256, sentences, wordCount, sentenceCount, checkableCount } = imported
  await insert('Revision', [
    {
      id,
      workspaceId,
      documentId,
      number,
      content,
      text,
      folded,
      sha256,
      sentences,
      wordCount,
      sentenceCount,
      checkableCount,
      origin,
      createdById: actor.memberId,
      createdAt: now,
    },
  ])
  await insertSketch(tx, { workspaceId, revisionId: id, sketch: imported.sketch })
  // SQLite writes synchronously: giving way between the statements of a long text lets waiting requests run.
  await nextTurn()
  const { bytes, mediaType, encoding, fileName } = imported.original
  await tx.revisionOriginal.create({
    data: {
      revisionId: id,
      bytes: new Uint8Array(bytes),
      sha256: imported.original.sha256,
      mediaType,
      encoding,
      fileName: fileName ?? '',
    },
    select: { revisionId: true },
  })
  await nextTurn()
  if (imported.fetched === null) return
  await tx.revisionFetch.create({ data: { revisionId: id, ...imported.fetched }, select: { revisionId: true } })
}
