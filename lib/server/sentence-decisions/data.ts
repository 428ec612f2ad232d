import { z } from 'zod'
import type { SentenceDecisionView } from '@/lib/domain/annotations/schema'
import type { Permit } from '../access/gate'
import { database } from '../db/client'
import { decodeCursor, pageOf, type Page } from '../http/pagination'
import { revisionFacts } from '../revisions/facts'
import { decisionColumns, presentDecision } from './present'

/** The most decisions one page of a list holds. */
export const maxDecisionPage = 1_000

const cursorKey = z.tuple([z.number().int(), z.string()])

/** A page of a revision's sentence decisions in the order of the text. @throws DomainError `not-found` for the revision. */
export async function listDecisions(
  permit: Permit<'annotation.read'>,
  filter: { revisionId: string; authorId?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<Page<SentenceDecisionView>> {
  const { revisionId, authorId, cursor, limit } = filter
  await revisionFacts(permit, revisionId)
  const key = decodeCursor(cursor, cursorKey)
  const { read } = await database()
  const rows = await read.sentenceDecision.findMany({
    where: {
      revisionId,
      workspaceId: permit.workspaceId,
      ...(authorId === undefined ? {} : { authorId }),
      ...(key === null ? {} : { OR: [{ start: { gt: key[0] } }, { start: key[0], id: { gt: key[1] } }] }),
    },
    orderBy: [{ start: 'asc' }, { id: 'asc' }],
    take: limit + 1,
    select: decisionColumns,
  })
  return pageOf(rows, limit, { key: ({ start, id }) => [start, id], present: presentDecision })
}
