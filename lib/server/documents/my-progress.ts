import { z } from 'zod'
import { measureCoverage } from '@/lib/domain/annotations/coverage'
import type { DocumentView } from '@/lib/domain/documents/schema'
import { outOfScopeReasons } from '@/lib/domain/text/model'
import { applyScopeChanges, checkableSentences, scopeRegions } from '@/lib/domain/text/scope'
import { unpackSentences } from '@/lib/domain/text/sentences'
import { buildTextIndex } from '@/lib/domain/text/text-index'
import type { Permit } from '../access/gate'
import { database, type Reader } from '../db/client'
import { storedContent } from '../marking/revision-facts'

/** Sentences of a document that one member has decided, of those that count. */
export interface Progress {
  decided: number
  total: number
}

const packedSchema = z.array(z.number().int())
const storedReasonSchema = z.enum(outOfScopeReasons).catch('boilerplate')

/** The review session in which the member reviews a document now, by document id. */
async function readCurrentSessions(
  read: Reader,
  { workspaceId, memberId, documentIds }: { workspaceId: string; memberId: string; documentIds: readonly string[] },
): Promise<ReadonlyMap<string, string>> {
  const rows = await read.assignment.findMany({
    where: {
      workspaceId,
      memberId,
      documentId: { in: [...documentIds] },
      state: { not: 'withdrawn' },
      session: { state: 'active', deletedAt: null },
    },
    select: { documentId: true, sessionId: true },
  })
  return new Map(rows.map(({ documentId, sessionId }) => [documentId, sessionId]))
}

/**
 * How far the permit's member has come with the latest revisions of documents, by document id, counted as the reader counts: where they review
 * the document in a session now, by what they marked in it. Only revisions that the member has marked are read; the others have no entry.
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
      annotations: {
        where: { authorId, deletedAt: null },
        select: { sessionId: true, start: true, end: true, rating: true },
      },
      sentenceDecisions: { where: { authorId }, select: { sessionId: true, start: true, end: true } },
      scopeChanges: {
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
        select: { start: true, end: true, inScope: true, reason: true },
      },
    },
  })
  const sessions = await readCurrentSessions(read, {
    workspaceId: permit.workspaceId,
    memberId: authorId,
    documentIds: documents.map(({ id }) => id),
  })
  return new Map(
    rows.map(({ documentId, content, sentences, annotations, sentenceDecisions, scopeChanges }) => {
      const changes = scopeChanges.map((change) => ({ ...change, reason: storedReasonSchema.parse(change.reason) }))
      const outOfScope = applyScopeChanges(scopeRegions(buildTextIndex(storedContent(content))), changes)
      const checkable = checkableSentences(unpackSentences(packedSchema.parse(sentences)), outOfScope)
      const session = sessions.get(documentId)
      const counts = ({ sessionId }: { sessionId: string | null }) => session === undefined || sessionId === session
      const { decided, total } = measureCoverage({
        sentences: checkable,
        annotations: annotations.filter(counts),
        decisions: sentenceDecisions.filter(counts),
      })
      return [documentId, { decided, total }]
    }),
  )
}
