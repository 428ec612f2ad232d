import type { SessionRecord } from '@/lib/domain/reports/input-schema'
import { defaultProtocol, protocolSchema } from '@/lib/domain/review-sessions/protocol'
import { sampleSchema } from '@/lib/domain/review-sessions/schema'
import { drawnPartSchema, type DrawnPart } from '@/lib/domain/reports/two-phase-schema'
import type { Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'

type Draws = Required<Pick<SessionRecord, 'draws' | 'otherDraws'>>

/** Every drawing of a sample into sessions, by session, and how often the frame of the last one was drawn from into others. */
async function readDraws(
  read: Transaction,
  workspaceId: string,
  sessionIds: readonly string[],
): Promise<ReadonlyMap<string, Draws>> {
  const orderBy = [{ drawnAt: 'asc' as const }, { id: 'asc' as const }]
  const rows = await read.sampleDraw.findMany({ where: { workspaceId, sessionId: { in: [...sessionIds] } }, orderBy })
  if (rows.length === 0) return new Map()
  const others = await read.sampleDraw.findMany({
    where: { workspaceId, frameKey: { in: [...new Set(rows.map(({ frameKey }) => frameKey))] } },
    select: { sessionId: true, frameKey: true, seed: true, drawnAt: true },
  })
  // A copied session brings its drawings along: one drawing, in two sessions.
  const nameOf = ({ seed, drawnAt }: { seed: number; drawnAt: Date }) => `${String(seed)} ${drawnAt.toISOString()}`
  return new Map(
    sessionIds.map((id) => {
      const own = rows.filter(({ sessionId }) => sessionId === id)
      const frameKey = own.at(-1)?.frameKey
      const known = new Set(own.map(nameOf))
      const elsewhere = others.filter((draw) => draw.frameKey === frameKey && !known.has(nameOf(draw)))
      const draws = own.map(({ memberId, frame, frameSize, size, seed, drawnAt }) => ({
        by: memberId,
        frame: sampleSchema.shape.frame.parse(frame),
        frameSize,
        size,
        seed,
        drawnAt: drawnAt.toISOString(),
      }))
      return [id, { draws, otherDraws: new Set(elsewhere.map(nameOf)).size }]
    }),
  )
}

/** The documents that were drawn to be read twice, by session: the last drawing of each, and how many there were. */
async function readParts(
  read: Transaction,
  workspaceId: string,
  sessionIds: readonly string[],
): Promise<ReadonlyMap<string, DrawnPart>> {
  const rows = await read.secondReadingDraw.findMany({
    where: { workspaceId, sessionId: { in: [...sessionIds] } },
    orderBy: [{ drawnAt: 'asc' }, { id: 'asc' }],
    select: {
      sessionId: true,
      documentIds: true,
      frameSize: true,
      frameSha256: true,
      size: true,
      seed: true,
      drawnAt: true,
    },
  })
  const found = new Map<string, DrawnPart>()
  for (const { sessionId, documentIds, drawnAt, ...draw } of rows) {
    const drawings = (found.get(sessionId)?.drawings ?? 0) + 1
    const ids = drawnPartSchema.shape.documentIds.parse(documentIds)
    found.set(sessionId, { ...draw, documentIds: ids, drawnAt: drawnAt.toISOString(), drawings })
  }
  return found
}

/** The sessions as they are stored, with how many documents they have. */
export async function readSessionRecords(
  read: Transaction,
  { workspaceId, sourceId, ids }: { workspaceId: string; sourceId: string; ids: readonly string[] },
): Promise<SessionRecord[]> {
  const sessions = await read.reviewSession.findMany({
    where: { workspaceId, id: { in: [...ids] } },
    orderBy: { id: 'asc' },
    select: { id: true, name: true, question: true, protocol: true, sample: true, closedAt: true, updatedAt: true },
  })
  const counts = await read.$queryRaw<{ sessionId: string; n: number | bigint; ofSource: number | bigint }[]>`
    SELECT e."sessionId", COUNT(*) AS "n", SUM(CASE WHEN d."sourceId" = ${sourceId} THEN 1 ELSE 0 END) AS "ofSource"
    FROM "SessionDocument" e JOIN "Document" d ON d."workspaceId" = e."workspaceId" AND d."id" = e."documentId"
    WHERE e."workspaceId" = ${workspaceId} AND e."sessionId" IN (${Prisma.join([...ids])})
    GROUP BY e."sessionId"`
  const countOf = new Map(counts.map((count) => [count.sessionId, count]))
  const drawsOf = await readDraws(read, workspaceId, ids)
  const partOf = await readParts(read, workspaceId, ids)
  return sessions.map(({ id, name, question, protocol, sample, closedAt, updatedAt }) => {
    const rules = protocolSchema.safeParse(protocol)
    const drawn = sampleSchema.safeParse(sample)
    const count = countOf.get(id)
    const part = rules.success && rules.data.secondReading !== undefined ? partOf.get(id) : undefined
    return {
      id,
      name,
      question,
      closedAt: (closedAt ?? updatedAt).toISOString(),
      protocol: rules.success ? rules.data : defaultProtocol,
      sample: drawn.success ? drawn.data : null,
      ...(drawsOf.get(id) ?? { draws: [], otherDraws: 0 }),
      ...(part === undefined ? {} : { secondReading: part }),
      documents: { all: Number(count?.n ?? 0), ofSource: Number(count?.ofSource ?? 0) },
    }
  })
}
