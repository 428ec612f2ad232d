import { uuidv7 } from 'uuidv7'
import type { SentenceDecisionInput, SentenceDecisionView } from '@/lib/domain/annotations/schema'
import { DomainError, notFound, type FieldProblem } from '@/lib/domain/errors'
import { idTaken } from '@/lib/domain/versions'
import type { Permit } from '../access/gate'
import { database, type Reader, type Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { write } from '../db/write'
import { markRevision } from '../marking/active-assignment'
import { lockAssignment, readMarkContext } from '../marking/lock-assignment'
import type { RevisionFacts } from '../marking/revision-facts'
import { seesDecision, viewerOf } from '../visibility/marks'
import { presentDecision, selectDecisions, type DecisionRow } from './data'

/** The decisions after a call, and how many of them the call made. */
export interface StoredDecisions {
  decisions: SentenceDecisionView[]
  created: number
}

function checkBounds(
  facts: RevisionFacts,
  decisions: readonly SentenceDecisionInput[],
  pathOf: (place: number) => string,
): void {
  const problems: FieldProblem[] = decisions.flatMap(({ start, end }, place) => {
    const sentence = facts.sentenceAt.get(start)
    if (sentence?.end === end) return []
    const message =
      sentence === undefined
        ? `No sentence of this revision starts at ${start}; decide whole sentences, with the bounds the revision gives them.`
        : `The sentence that starts at ${start} ends at ${sentence.end}, not at ${end}.`
    return [{ path: pathOf(place), message }]
  })
  const [first] = problems
  if (first !== undefined) throw new DomainError('invalid', first.message, { fields: problems.slice(0, 50) })
}

/** The member's decisions on sentences of a revision, by start offset, made in one session or (empty key) in none. */
async function findDecisions(
  reader: Reader | Transaction,
  permit: Permit,
  { revisionId, sessionKey, starts }: { revisionId: string; sessionKey: string; starts: readonly number[] },
): Promise<DecisionRow[]> {
  const condition = Prisma.sql`s."workspaceId" = ${permit.workspaceId} AND s."revisionId" = ${revisionId} AND s."authorId" = ${permit.actor.memberId}
    AND s."sessionKey" = ${sessionKey} AND s."start" IN (${Prisma.join([...starts])})`
  return selectDecisions(reader, condition, starts.length)
}

/**
 * Decides "no claim here" for sentences of a revision, all or none, in the review session of the member's current assignment, if there is one. A
 * sentence that the member already decided keeps its decision, which is returned with its own id.
 * @throws DomainError `not-found`, `invalid` for bounds that are no sentence's, `conflict` for an id that another decision has and when the member's
 * work on the document is locked.
 */
export async function decideSentences(
  permit: Permit<'sentence-decision.create'>,
  {
    revisionId,
    decisions,
    isList,
  }: { revisionId: string; decisions: readonly SentenceDecisionInput[]; isList: boolean },
): Promise<StoredDecisions> {
  const { facts, assignment, locked, context: place } = await markRevision(permit, revisionId)
  checkBounds(facts, decisions, (place) => (isList ? `decisions.${place}.start` : 'start'))
  const { workspaceId, actor } = permit
  const bySentence = new Map(decisions.map(({ id = uuidv7(), start, end }) => [start, { id, start, end }]))
  const wanted = [...bySentence.values()]
  const asked = { revisionId, sessionKey: assignment?.sessionId ?? '', starts: [...bySentence.keys()] }
  if (locked !== null) {
    const { read } = await database()
    const made = await findDecisions(read, permit, asked)
    if (made.length !== wanted.length) throw locked
    return { decisions: made.map(presentDecision), created: 0 }
  }
  const { sessionId } = place
  const { documentId } = facts
  return write(permit, async (context) => {
    const { tx, now, insert, record } = context
    if (assignment !== null) await lockAssignment(context, workspaceId, assignment)
    const rows = wanted.map((decision) => ({
      ...decision,
      workspaceId,
      revisionId,
      sessionId,
      sessionKey: asked.sessionKey,
      authorId: actor.memberId,
      createdAt: now,
    }))
    const created = await insert('SentenceDecision', rows)
    const author = { user: { name: actor.name } }
    const made = (row: (typeof rows)[number]): DecisionRow => ({ ...row, author })
    const stored = created === rows.length ? rows.map(made) : await findDecisions(tx, permit, asked)
    if (stored.length !== rows.length) throw idTaken('sentence decision', null)
    const ids = new Set(wanted.map(({ id }) => id))
    for (const { id, start, end, createdAt } of stored) {
      // A repeated request finds its own rows, which have an earlier time.
      if (!ids.has(id) || createdAt.getTime() !== now.getTime()) continue
      record({
        type: 'sentence-decision.created',
        subjectId: id,
        documentId,
        sessionId,
        data: { revisionId, after: { start, end } },
      })
    }
    return { decisions: stored.map(presentDecision), created }
  })
}

/**
 * Removes a member's own decision; removing it again changes nothing.
 * @throws DomainError `not-found` for a decision that never existed, `forbidden` for another's.
 */
export async function withdrawDecision(permit: Permit<'sentence-decision.delete'>, id: string): Promise<void> {
  const { workspaceId, actor } = permit
  await write(permit, async (context) => {
    const { tx, record } = context
    const [row = null] = await selectDecisions(
      tx,
      Prisma.sql`s."id" = ${id} AND s."workspaceId" = ${workspaceId} AND ${seesDecision(viewerOf(permit))}`,
      1,
    )
    if (row === null) {
      const before = await tx.event.findFirst({
        where: { workspaceId, subjectId: id, type: 'sentence-decision.deleted', actorId: actor.memberId },
        select: { sequence: true },
      })
      if (before === null) throw notFound('sentence decision')
      return
    }
    if (row.authorId !== actor.memberId) {
      throw new DomainError('forbidden', `Only ${row.author.user.name || 'its author'} may take this decision back.`)
    }
    const markContext = await readMarkContext(tx, { workspaceId, table: 'SentenceDecision', id })
    if (markContext === null) return
    const { documentId, sessionId, assignment } = markContext
    if (assignment !== null) await lockAssignment(context, workspaceId, assignment)
    const { count } = await tx.sentenceDecision.deleteMany({ where: { id, workspaceId } })
    const { revisionId, start, end } = row
    if (count > 0)
      record({
        type: 'sentence-decision.deleted',
        subjectId: id,
        documentId,
        sessionId,
        data: { revisionId, before: { start, end } },
      })
  })
}
