import type { TagView } from '@/lib/domain/tags/schema'
import { foldTag } from '@/lib/domain/tags/tag'
import type { Permit } from '../access/gate'
import { database } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { seesAnnotation, viewerOf } from '../visibility/marks'

/** The most tags in one answer. */
export const maxVocabulary = 200
/** The most spellings read for one answer. */
const maxSpellings = 2_000

interface RawSpelling {
  name: string
  annotations: number | bigint
  documents: number | bigint
}

/**
 * The tags of the annotations and documents that the viewer may see, most used first, at most `maxVocabulary`. Tags and spellings that occur only on
 * hidden marks are left out.
 * @param q narrows to tags that contain it, case and compatibility forms folded
 */
export async function listTags(permit: Permit<'tag.read'>, { q = '' }: { q?: string | undefined }): Promise<TagView[]> {
  const { read } = await database()
  const { workspaceId } = permit
  // Not LIKE, whose wildcards and case folding differ between the databases.
  const folded = foldTag(q)
  const matches = folded === '' ? Prisma.empty : Prisma.sql`AND replace(t."folded", ${folded}, '') <> t."folded"`
  const spellings = await read.$queryRaw<RawSpelling[]>`
    SELECT s."name", SUM(s."annotations") AS "annotations", SUM(s."documents") AS "documents" FROM (
      SELECT l."name", 1 AS "annotations", 0 AS "documents" FROM "AnnotationTag" l
      JOIN "Tag" t ON t."workspaceId" = l."workspaceId" AND t."id" = l."tagId"
      JOIN "Annotation" a ON a."workspaceId" = l."workspaceId" AND a."id" = l."annotationId"
      JOIN "Revision" v ON v."workspaceId" = a."workspaceId" AND v."id" = a."revisionId"
      JOIN "Document" d ON d."workspaceId" = v."workspaceId" AND d."id" = v."documentId"
      WHERE l."workspaceId" = ${workspaceId} AND a."deletedAt" IS NULL AND d."deletedAt" IS NULL AND ${seesAnnotation(viewerOf(permit))} ${matches}
      UNION ALL
      SELECT l."name", 0 AS "annotations", 1 AS "documents" FROM "DocumentTag" l
      JOIN "Tag" t ON t."workspaceId" = l."workspaceId" AND t."id" = l."tagId"
      JOIN "Document" d ON d."workspaceId" = l."workspaceId" AND d."id" = l."documentId"
      WHERE l."workspaceId" = ${workspaceId} AND d."deletedAt" IS NULL ${matches}
    ) s
    GROUP BY s."name"
    ORDER BY COUNT(*) DESC, s."name"
    LIMIT ${maxSpellings}`
  const tags = new Map<string, TagView>()
  for (const { name, annotations, documents } of spellings) {
    const tag = tags.get(foldTag(name)) ?? { name, annotations: 0, documents: 0 }
    tag.annotations += Number(annotations)
    tag.documents += Number(documents)
    tags.set(foldTag(name), tag)
  }
  const uses = (tag: TagView) => tag.annotations + tag.documents
  return [...tags.values()].sort((one, other) => uses(other) - uses(one)).slice(0, maxVocabulary)
}
