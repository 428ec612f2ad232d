import { uuidv7 } from 'uuidv7'
import type { SentenceDecisionInput, SentenceDecisionView } from '@/lib/domain/annotations/schema'
import { DomainError, notFound, type FieldProblem } from '@/lib/domain/errors'
import { idTaken } from '@/lib/domain/versions'
import type { Permit } from '../access/gate'
import { Prisma } from '../db/generated/sqlite/client'
import { write } from '../db/write'
import { revisionFacts, type RevisionFacts } from '../revisions/facts'
import { selectDecisions } from './data'
import { decisionColumns, presentDecision, type DecisionRow } from './present'

/** Decisions as they stand after a call, and how many of them the call made. */
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

/**
 * Decides "no claim here" for sentences of a revision, all or none. A sentence that the member decided before keeps its decision and answers
 * with that one's id.
 * @throws DomainError `not-found`, `invalid` for bounds that are no sentence's, `conflict` for an id that another decision has.
 */
export async function decideSentences(
  permit: Permit<'sentence-decision.create'>,
  {
    revisionId,
    decisions,
    isList,
  }: { revisionId: string; decisions: readonly SentenceDecisionInput[]; isList: boolean },
): Promise<StoredDecisions> {
  const facts = await revisionFacts(permit, revisionId)
  checkBounds(facts, decisions, (place) => (isList ? `decisions.${place}.start` : 'start'))
  const { workspaceId, actor } = permit
  const bySentence = new Map(decisions.map(({ id = uuidv7(), start, end }) => [start, { id, start, end }]))
  const wanted = [...bySentence.values()]
  return write(permit, async ({ tx, now, insert, record }) => {
    const rows = wanted.map((decision) => ({
      ...decision,
      workspaceId,
      revisionId,
      sessionId: null,
      sessionKey: '',
      authorId: actor.memberId,
      createdAt: now,
    }))
    const created = await insert('SentenceDecision', rows)
    const author = { user: { name: actor.name } }
    const made = (row: (typeof rows)[number]): DecisionRow => ({ ...row, author })
    const stored: DecisionRow[] =
      created === rows.length
        ? rows.map(made)
        : await selectDecisions(
            tx,
            Prisma.sql`s."revisionId" = ${revisionId} AND s."authorId" = ${actor.memberId} AND s."start" IN (${Prisma.join([...bySentence.keys()])})`,
            rows.length,
          )
    if (stored.length !== rows.length) throw idTaken('sentence decision', null)
    const ids = new Set(wanted.map(({ id }) => id))
    for (const { id, start, end, createdAt } of stored) {
      // A repeated request finds its own rows, made at an earlier moment.
      if (!ids.has(id) || createdAt.getTime() !== now.getTime()) continue
      record({ type: 'sentence-decision.created', subjectId: id, data: { revisionId, after: { start, end } } })
    }
    return { decisions: stored.map(presentDecision), created }
  })
}

/**
 * Takes a member's own decision back; taking it back again changes nothing.
 * @throws DomainError `not-found` for a decision that never was, `forbidden` for another's.
 */
export async function withdrawDecision(permit: Permit<'sentence-decision.delete'>, id: string): Promise<void> {
  const { workspaceId, actor } = permit
  await write(permit, async ({ tx, record }) => {
    const row = await tx.sentenceDecision.findFirst({ where: { id, workspaceId }, select: decisionColumns })
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
    const { count } = await tx.sentenceDecision.deleteMany({ where: { id, workspaceId } })
    const { revisionId, start, end } = row
    if (count > 0)
      record({ type: 'sentence-decision.deleted', subjectId: id, data: { revisionId, before: { start, end } } })
  })
}
