import { uuidv7 } from 'uuidv7'
import type { CarriedDecisions } from '@/lib/domain/revisions/schema'
import type { SentenceSpan } from '@/lib/domain/text/sentences'
import type { Permit } from '../access/gate'
import type { Reader } from '../db/client'
import { inChunks } from '../db/parameters'
import type { WriteContext } from '../db/write'
import { anchorApart } from '../reading/read-apart'
import { seesDecision, viewerOf } from '../visibility/marks'
import type { Target } from './carry'

/** The text that decisions are carried over from, and how the later one is divided. */
interface Texts {
  before: { id: string; text: string }
  target: Pick<Target, 'text'>
  sentences: readonly SentenceSpan[]
}

interface Decision {
  id: string
  authorId: string
  start: number
  end: number
  /** 1 when the member who asks may see it, else 0. */
  seen: number | bigint
}

/** A decision and the sentence of the later text that has its words; null when none has. */
interface PlacedDecision {
  decision: Decision
  sentence: { start: number; end: number } | null
}

/**
 * Finds for each "no claim here" of a revision the sentence of a later text that has exactly its words, in their place. Those of open reading count, and those of closed
 * sessions: a session that is not closed goes on with its own revision. Nothing is stored.
 */
export async function placeDecisions(
  reader: Reader,
  permit: Permit,
  { before, target, sentences }: Texts,
): Promise<PlacedDecision[]> {
  const decisions = await reader.$queryRaw<Decision[]>`
    SELECT s."id", s."authorId", s."start", s."end", CASE WHEN ${seesDecision(viewerOf(permit))} THEN 1 ELSE 0 END AS "seen"
    FROM "SentenceDecision" s JOIN "Revision" v ON v."workspaceId" = s."workspaceId" AND v."id" = s."revisionId"
    WHERE s."workspaceId" = ${permit.workspaceId} AND s."revisionId" = ${before.id}
      AND (s."sessionId" IS NULL OR EXISTS (
        SELECT 1 FROM "ReviewSession" y
        WHERE y."workspaceId" = s."workspaceId" AND y."id" = s."sessionId" AND y."state" = 'closed' AND y."deletedAt" IS NULL))
    ORDER BY s."start", s."id"`
  const places = await anchorApart({ before: before.text, after: target.text, spans: decisions }, permit.actor.memberId)
  const endOf = new Map(sentences.map(({ start, end }) => [start, end]))
  const taken = new Set<string>()
  return decisions.map((decision, at) => {
    const place = places[at]
    if (place?.state !== 'same' || endOf.get(place.start) !== place.end) return { decision, sentence: null }
    // Of one made in open reading and one in a session, the first is carried over; the other says the same.
    const key = `${decision.authorId} ${String(place.start)}`
    if (taken.has(key)) return { decision, sentence: null }
    taken.add(key)
    return { decision, sentence: { start: place.start, end: place.end } }
  })
}

/** How many are carried over, and how many are dropped, of those that the member may see. */
export function countDecisions(placed: readonly PlacedDecision[]): CarriedDecisions {
  const seen = placed.filter(({ decision }) => Number(decision.seen) === 1)
  const carried = seen.filter(({ sentence }) => sentence !== null).length
  return { carried, dropped: seen.length - carried }
}

/** Stores decisions in the later revision, by the same authors, in open reading. One that was taken back since it was placed is left out. */
export async function storeDecisions(
  { tx, now, insert, record }: WriteContext,
  { workspaceId, target }: { workspaceId: string; target: Pick<Target, 'revisionId' | 'documentId'> },
  placed: readonly PlacedDecision[],
): Promise<void> {
  const kept = placed.flatMap(({ decision, sentence }) => (sentence === null ? [] : [{ decision, sentence }]))
  await inChunks(kept, async (some) => {
    const still = await tx.sentenceDecision.findMany({
      where: { workspaceId, id: { in: some.map(({ decision }) => decision.id) } },
      select: { id: true },
    })
    const ids = new Set(still.map(({ id }) => id))
    const rows = some
      .filter(({ decision }) => ids.has(decision.id))
      .map(({ decision, sentence }) => ({
        from: decision.id,
        row: {
          id: uuidv7(),
          workspaceId,
          revisionId: target.revisionId,
          sessionId: null,
          sessionKey: '',
          authorId: decision.authorId,
          start: sentence.start,
          end: sentence.end,
          createdAt: now,
        },
      }))
    await insert(
      'SentenceDecision',
      rows.map(({ row }) => row),
    )
    for (const { from, row } of rows)
      record({
        type: 'sentence-decision.carried',
        subjectId: row.id,
        documentId: target.documentId,
        data: { revisionId: target.revisionId, from, after: { start: row.start, end: row.end } },
      })
  })
}
