import { z } from 'zod'
import { measureCoverage } from '@/lib/domain/annotations/coverage'
import type { DocumentView } from '@/lib/domain/documents/schema'
import { outOfScopeReasons, type DocumentContent } from '@/lib/domain/text/model'
import { applyScopeChanges, checkableSentences, scopeRegions } from '@/lib/domain/text/scope'
import { unpackSentences } from '@/lib/domain/text/sentences'
import { buildTextIndex } from '@/lib/domain/text/text-index'
import type { Permit } from '../access/gate'
import { database } from '../db/client'

/** Sentences of a document that one member has decided, of those that count. */
export interface Progress {
  decided: number
  total: number
}

const packedSchema = z.array(z.number().int())
const storedReasonSchema = z.enum(outOfScopeReasons).catch('boilerplate')

/**
 * How far the permit's member has come with the latest revisions of documents, by document id, counted as the reader counts. Only revisions
 * that the member has marked are read; the others have no entry.
 */
export async function readMyProgress(
  permit: Permit<'annotation.read'>,
  documents: readonly DocumentView[],
): Promise<Map<string, Progress>> {
  const authorId = permit.actor.memberId
  const marked = { some: { authorId } }
  const { read } = await database()
  const rows = await read.revision.findMany({
    where: {
      workspaceId: permit.workspaceId,
      id: { in: documents.map(({ revision }) => revision.id) },
      OR: [{ annotations: { some: { authorId, deletedAt: null } } }, { sentenceDecisions: marked }],
    },
    select: {
      documentId: true,
      content: true,
      sentences: true,
      annotations: { where: { authorId, deletedAt: null }, select: { start: true, end: true, rating: true } },
      sentenceDecisions: { where: { authorId }, select: { start: true, end: true } },
      scopeChanges: {
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
        select: { start: true, end: true, inScope: true, reason: true },
      },
    },
  })
  return new Map(
    rows.map(({ documentId, content, sentences, annotations, sentenceDecisions, scopeChanges }) => {
      const changes = scopeChanges.map((change) => ({ ...change, reason: storedReasonSchema.parse(change.reason) }))
      const outOfScope = applyScopeChanges(scopeRegions(buildTextIndex(content as unknown as DocumentContent)), changes)
      const checkable = checkableSentences(unpackSentences(packedSchema.parse(sentences)), outOfScope)
      const { decided, total } = measureCoverage({ sentences: checkable, annotations, decisions: sentenceDecisions })
      return [documentId, { decided, total }]
    }),
  )
}
