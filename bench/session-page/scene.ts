import { protocolSchema } from '@/lib/domain/review-sessions/protocol'
import type { Actor } from '@/lib/server/access/gate'
import type { Database } from '@/lib/server/db/client'
import { storedSentences } from '@/lib/server/marking/revision-facts'
import {
  createDocument,
  createMember,
  createSource,
  createToken,
  createWorkspace,
  factoryTime,
  makeId,
} from '@/tests/setup/factories'
import { createSession } from '@/tests/setup/session-factories'

/** The size of a session: `perDocument` reviewers for each document. */
export interface Size {
  documents: number
  reviewers: number
  perDocument: number
}

/** A session under way, and the member who opens it. */
export interface Scene {
  workspaceId: string
  sessionId: string
  lead: Actor
  token: string
  marks: number
}

const sentence = (document: number, number: number) =>
  `In the year ${String(1900 + number)} the harbour of place ${String(document)} froze, and nobody kept a log of how long it stayed so.`

/** A document of 36 to 48 sentences, depending on its number. */
function textOf(document: number): string {
  const count = 36 + (document % 13)
  return Array.from({ length: count }, (_, number) => sentence(document, number)).join(' ')
}

async function inChunks<T>(rows: readonly T[], store: (some: T[]) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < rows.length; from += 1_000) await store(rows.slice(from, from + 1_000))
}

/** A lead in a new workspace. */
export async function makeLead(database: Database): Promise<Actor> {
  const { id: workspaceId } = await createWorkspace(database)
  return createMember(database, { workspaceId, role: 'lead' })
}

/**
 * Makes an active blind session in the lead's workspace. Of every five assignments one is not begun, one half done and three submitted; two of every
 * five marks are annotations.
 */
export async function makeScene(database: Database, size: Size, lead: Actor): Promise<Scene> {
  const { write } = database
  const { workspaceId } = lead
  const source = await createSource(database, { workspaceId })
  const people: Actor[] = []
  for (let number = 0; number < size.reviewers; number += 1) people.push(await createMember(database, { workspaceId }))
  const documents = []
  for (let number = 0; number < size.documents; number += 1)
    documents.push(await createDocument(database, { workspaceId, sourceId: source.id, text: textOf(number) }))
  const { id: sessionId } = await createSession(database, {
    workspaceId,
    state: 'active',
    dueAt: new Date('2100-01-01T00:00:00Z'),
    protocol: protocolSchema.parse({ reviewersPerDocument: size.perDocument, minimumReviewers: 2 }),
    documents,
    reviewers: people,
    adjudicators: [lead],
  })
  const sentencesOf = await readSentences(database, workspaceId)
  const assignments = []
  const annotations = []
  const decisions = []
  let number = 0
  for (const [place, document] of documents.entries()) {
    for (let seat = 0; seat < size.perDocument; seat += 1) {
      const member = people[(place + seat) % people.length]
      if (member === undefined) continue
      const state = (['assigned', 'started', 'submitted', 'submitted', 'submitted'] as const)[number % 5] ?? 'assigned'
      number += 1
      assignments.push({
        id: makeId(),
        workspaceId,
        sessionId,
        documentId: document.id,
        memberId: member.memberId,
        state,
        createdById: lead.memberId,
        createdAt: factoryTime,
        updatedAt: factoryTime,
        startedAt: state === 'assigned' ? null : factoryTime,
        submittedAt: state === 'submitted' ? factoryTime : null,
      })
      const sentences = sentencesOf.get(document.revisionId) ?? []
      const done = state === 'assigned' ? 0 : state === 'started' ? Math.floor(sentences.length / 2) : sentences.length
      for (const [at, { start, end }] of sentences.slice(0, done).entries()) {
        const mark = {
          id: makeId(),
          workspaceId,
          revisionId: document.revisionId,
          sessionId,
          authorId: member.memberId,
        }
        if (at % 5 < 2) {
          const exact = document.text.slice(start, end)
          const note = 'No record is named, and the archive of the harbour office has none for that year.'
          annotations.push({
            ...mark,
            start,
            end,
            exact,
            note,
            rating: 'unsourced' as const,
            phase: 'blind' as const,
            createdAt: factoryTime,
            updatedAt: factoryTime,
          })
        } else decisions.push({ ...mark, sessionKey: sessionId, start, end, createdAt: factoryTime })
      }
    }
  }
  await inChunks(assignments, (data) => write.assignment.createMany({ data }))
  await inChunks(annotations, (data) => write.annotation.createMany({ data }))
  await inChunks(decisions, (data) => write.sentenceDecision.createMany({ data }))
  const token = await createToken(database, { workspaceId, memberId: lead.memberId, scopes: ['read'] })
  // A database in use has statistics of its tables; one that was just filled has none yet.
  await write.$executeRawUnsafe('ANALYZE')
  return { workspaceId, sessionId, lead, token, marks: annotations.length + decisions.length }
}

async function readSentences(database: Database, workspaceId: string) {
  const rows = await database.read.revision.findMany({ where: { workspaceId }, select: { id: true, sentences: true } })
  return new Map(rows.map(({ id, sentences }) => [id, storedSentences(sentences)]))
}
