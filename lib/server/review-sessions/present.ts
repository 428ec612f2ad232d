import { protocolSchema, secondReadingProblems, secondReadingSize } from '@/lib/domain/review-sessions/protocol'
import { sampleSchema, type SessionProgress, type SessionView } from '@/lib/domain/review-sessions/schema'
import { conditionsUnmet, sessionTransitions, stateAfter, type SessionFacts } from '@/lib/domain/review-sessions/states'
import { mayDo, type Actor } from '../access/gate'
import type { SessionRow } from '../visibility/sessions'

/** What a session's view needs beside its row: counts, and the current member's own part in it. */
export interface SessionProgressRow {
  /** Without the facts that follow from the protocol in the row. `readTwice` counts the documents drawn to be read twice. */
  facts: Omit<SessionFacts, 'isTemplate' | 'reviewersPerDocument' | 'minimumReviewers' | 'secondReading'> & {
    readTwice: number
  }
  progress: SessionProgress
  adjudicates: boolean
}

/** The facts that the conditions of a session's transitions check. */
export function factsOf(row: SessionRow, { facts }: SessionProgressRow): SessionFacts {
  const protocol = protocolSchema.parse(row.protocol)
  const { reviewersPerDocument, minimumReviewers } = protocol
  const { readTwice, ...others } = facts
  const secondReading =
    protocol.secondReading === undefined
      ? null
      : {
          wanted: secondReadingSize(protocol, facts.documents),
          drawn: readTwice,
          problems: secondReadingProblems(protocol),
        }
  return { ...others, isTemplate: row.isTemplate, reviewersPerDocument, minimumReviewers, secondReading }
}

/** Presents a session's row to the actor. */
export function presentSession(row: SessionRow, actor: Actor, progressRow: SessionProgressRow): SessionView {
  const may = mayDo(actor, 'review-session.update')
  const facts = factsOf(row, progressRow)
  return {
    id: row.id,
    name: row.name,
    question: row.question,
    guidelines: row.guidelines,
    protocol: protocolSchema.parse(row.protocol),
    sample: row.sample === null ? null : sampleSchema.parse(row.sample),
    isTemplate: row.isTemplate,
    state: row.state,
    dueAt: row.dueAt?.toISOString() ?? null,
    progress: progressRow.progress,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    activatedAt: row.activatedAt?.toISOString() ?? null,
    blindEndedAt: row.blindEndedAt?.toISOString() ?? null,
    closedAt: row.closedAt?.toISOString() ?? null,
    transitions: may
      ? sessionTransitions
          .filter((name) => stateAfter(row.state, name) !== null)
          .map((name) => ({ name, unmet: conditionsUnmet(name, facts) }))
      : [],
    may: {
      update: may && row.state !== 'closed',
      delete: mayDo(actor, 'review-session.delete') && row.state === 'draft',
      adjudicate: row.state === 'adjudication' && progressRow.adjudicates && mayDo(actor, 'verdict.decide'),
    },
  }
}
