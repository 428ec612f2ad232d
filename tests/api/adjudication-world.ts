import type { Role } from '@/lib/domain/access/policy'
import type { Actor } from '@/lib/server/access/gate'
import type { Database } from '@/lib/server/db/client'
import { createSessionForClaims, createSessionMark } from '../setup/adjudication'
import { createDocument, factoryTime, makeId } from '../setup/factories'

/** A session in adjudication, with verdicts by the reviewer, and a closed session. */
export interface AdjudicationWorld {
  adjudicationId: string
  /** Without a verdict, with two ratings. */
  claimId: string
  /** Without a verdict, with the rating of another reviewer: can be merged with the other one. */
  otherClaimId: string
  /** Has a verdict. */
  decidedClaimId: string
  /** Owned by the owner, in the closed session. */
  closedAssignmentId: string
}

/** Makes both sessions in a workspace that has a member of each role. */
export async function makeAdjudication(database: Database, members: Record<Role, Actor>): Promise<AdjudicationWorld> {
  const { workspaceId } = members.owner
  const document = await createDocument(database, { workspaceId, text: 'The ferry ran late. It was full. It sank.' })
  const common = { workspaceId, documents: [document], reviewers: [members.owner, members.lead, members.viewer] }
  const session = await createSessionForClaims(database, { ...common, adjudicators: [members.reviewer] })
  const closed = await createSessionForClaims(database, { ...common, adjudicators: [], state: 'closed' })
  const claimOf = async (words: string, authors: readonly Actor[]) => {
    const start = document.text.indexOf(words)
    const id = makeId()
    const { id: documentId, revisionId } = document
    await database.write.claim.create({
      data: {
        id,
        workspaceId,
        sessionId: session.id,
        documentId,
        revisionId,
        start,
        end: start + words.length,
        exact: words,
        createdAt: factoryTime,
        updatedAt: factoryTime,
      },
      select: { id: true },
    })
    for (const author of authors) {
      const mark = await createSessionMark(database, { sessionId: session.id, author, document, words })
      await database.write.claimAnnotation.create({
        data: { workspaceId, claimId: id, annotationId: mark.id },
        select: { claimId: true },
      })
    }
    return id
  }
  const decidedClaimId = await claimOf('It sank.', [members.owner])
  await database.write.verdict.create({
    data: {
      id: makeId(),
      workspaceId,
      claimId: decidedClaimId,
      deciderId: members.reviewer.memberId,
      rating: 'unsourced',
      reason: 'nothing-found',
      votes: [],
      createdAt: factoryTime,
      updatedAt: factoryTime,
    },
    select: { id: true },
  })
  return {
    adjudicationId: session.id,
    claimId: await claimOf('The ferry ran late.', [members.owner, members.lead]),
    otherClaimId: await claimOf('It was full.', [members.viewer]),
    decidedClaimId,
    closedAssignmentId: closed.assignmentOf(document, members.owner),
  }
}
