import { uuidv7 } from 'uuidv7'
import { foldTag } from '@/lib/domain/tags/tag'
import type { WriteContext } from '../db/write'

/** A tag's id with the spelling that one annotation or document uses. */
export interface TagLink {
  tagId: string
  name: string
}

/** Finds the tags with these names in the workspace's vocabulary, and makes those that are missing. Part of the write of what is tagged. */
export async function keepTags(
  { tx, now }: WriteContext,
  { workspaceId, names }: { workspaceId: string; names: readonly string[] },
): Promise<TagLink[]> {
  if (names.length === 0) return []
  const folded = names.map(foldTag)
  for (const word of folded)
    await tx.$executeRaw`INSERT INTO "Tag" ("id", "workspaceId", "folded", "createdAt")
      VALUES (${uuidv7()}, ${workspaceId}, ${word}, ${now}) ON CONFLICT ("workspaceId", "folded") DO NOTHING`
  const rows = await tx.tag.findMany({
    where: { workspaceId, folded: { in: folded } },
    select: { id: true, folded: true },
  })
  const idOf = new Map(rows.map(({ id, folded: word }) => [word, id]))
  return names.flatMap((name) => {
    const tagId = idOf.get(foldTag(name))
    return tagId === undefined ? [] : [{ tagId, name }]
  })
}

/** Replaces the tags of an annotation, as part of its write. */
export async function setAnnotationTags(
  context: WriteContext,
  { workspaceId, annotationId, names }: { workspaceId: string; annotationId: string; names: readonly string[] },
): Promise<void> {
  const links = await keepTags(context, { workspaceId, names })
  await context.tx.annotationTag.deleteMany({ where: { annotationId, workspaceId } })
  if (links.length === 0) return
  await context.tx.annotationTag.createMany({ data: links.map((link) => ({ ...link, workspaceId, annotationId })) })
}

/** Replaces the tags of a document, as part of its write. */
export async function setDocumentTags(
  context: WriteContext,
  { workspaceId, documentId, names }: { workspaceId: string; documentId: string; names: readonly string[] },
): Promise<void> {
  const links = await keepTags(context, { workspaceId, names })
  await context.tx.documentTag.deleteMany({ where: { documentId, workspaceId } })
  if (links.length === 0) return
  await context.tx.documentTag.createMany({ data: links.map((link) => ({ ...link, workspaceId, documentId })) })
}
