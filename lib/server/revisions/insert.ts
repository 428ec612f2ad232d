import type { DocumentContent } from '@/lib/domain/text/model'
import { documentContentSchema } from '@/lib/domain/text/schema'
import { checkableSentences, scopeRegions } from '@/lib/domain/text/scope'
import { packSentences } from '@/lib/domain/text/sentences'
import { buildTextIndex, type TextIndex } from '@/lib/domain/text/text-index'
import { foldForSearch } from '@/lib/domain/search/fold'
import type { Permit } from '../access/gate'
import { asJson } from '../db/json'
import type { RevisionOrigin } from '../db/generated/sqlite/client'
import type { WriteContext } from '../db/write'
import type { ImportedDocument } from '../importing/imported-document'

/** A text that was read and checked, ready to be stored as a revision. */
export interface PreparedRevision {
  imported: ImportedDocument
  index: TextIndex
  /** The packed sentences. */
  sentences: number[]
  checkableCount: number
}

/** Checks law 1 before anything is stored: the content is well-formed, and its canonical text is the one that was hashed. */
export function prepareRevision(imported: ImportedDocument): PreparedRevision {
  const content: DocumentContent = documentContentSchema.parse(imported.content)
  const index = buildTextIndex(content)
  if (index.text !== imported.text) throw new Error('The canonical text of an import differs from its content')
  return {
    imported,
    index,
    sentences: packSentences(imported.sentences),
    checkableCount: checkableSentences(imported.sentences, scopeRegions(index)).length,
  }
}

/** Stores a revision and the bytes it was read from. Part of the write that makes it. */
export async function insertRevision(
  { tx, now }: WriteContext,
  { workspaceId, actor }: Permit,
  revision: { id: string; documentId: string; number: number; prepared: PreparedRevision; origin: RevisionOrigin },
): Promise<void> {
  const { id, documentId, number, origin, prepared } = revision
  const { imported, sentences, checkableCount } = prepared
  const { bytes, sha256: originalSha256, mediaType, encoding, fileName } = imported.original
  await tx.revision.create({
    data: {
      id,
      workspaceId,
      documentId,
      number,
      content: asJson(imported.content),
      text: imported.text,
      folded: foldForSearch(imported.text),
      sha256: imported.sha256,
      sentences,
      wordCount: imported.wordCount,
      sentenceCount: imported.sentenceCount,
      checkableCount,
      origin,
      createdById: actor.memberId,
      createdAt: now,
    },
    select: { id: true },
  })
  await tx.revisionOriginal.create({
    data: {
      revisionId: id,
      bytes: new Uint8Array(bytes),
      sha256: originalSha256,
      mediaType,
      encoding,
      fileName: fileName ?? '',
    },
    select: { revisionId: true },
  })
}
