/**
 * Fills the configured database with a closed session and a blind draft, and prints their ids as one line of JSON. Run as a process of its own,
 * because the database client reads its settings when it is loaded.
 */
import type { Rating } from '@/lib/domain/annotations/rating'
import type { Actor } from '@/lib/server/access/gate'
import { countUncounted } from '@/lib/server/closed-sessions/recount'
import { hashPassword } from '@/lib/server/auth/passwords'
import { database as configuredDatabase } from '@/lib/server/db/client'
import { createSessionForClaims, createSessionMark, matchClaimsOf } from '../setup/adjudication'
import {
  createAnnotation,
  createDocument,
  createMember,
  createReference,
  createSource,
  createWorkspace,
  factoryTime,
  makeId,
} from '../setup/factories'
import { createAssignment, createSession } from '../setup/session-factories'

const kept =
  'Traffic register 2024.\n\nThe bridge opened to traffic in 1974. In 2024 it carried a daily mean of 27,400 cars.\nCounted at both ends.'
const registerAddress = 'https://register.example/2024'
const password = 'correct-horse-bridge-1974'
const database = await configuredDatabase()
const { id: workspaceId } = await createWorkspace(database, { name: 'Harbour desk' })
const passwordHash = await hashPassword(password)

function person(name: string, role: 'lead' | 'reviewer'): Promise<Actor> {
  const email = `${(name.split(' ')[0] ?? name).toLowerCase()}@example.org`
  return createMember(database, { workspaceId, passwordHash, name, email, role })
}

const lead = await person('Lena Oduya', 'lead')
const mina = await person('Mina Reyes', 'reviewer')
const tomas = await person('Tomas Bell', 'reviewer')
const joan = await person('Joan Marsh', 'reviewer')
const source = await createSource(database, { workspaceId, name: 'The Coastal Herald' })
const register = await createReference(database, {
  workspaceId,
  title: 'Traffic register 2024',
  url: registerAddress,
  snapshotText: kept,
})
await createReference(database, { workspaceId, title: 'A register of traffic', url: registerAddress })

const block = (type: 'heading' | 'paragraph', text: string) => ({
  type,
  ...(type === 'heading' ? { attrs: { level: 2 } } : {}),
  content: [{ type: 'text' as const, text }],
})
const document = await createDocument(database, {
  workspaceId,
  sourceId: source.id,
  title: 'The bridge that changed the harbour',
  content: {
    type: 'doc',
    content: [
      block('heading', 'A bridge'),
      block('paragraph', 'The Norrvik bridge opened in 1974. Last year it carried more than 40,000 cars a day.'),
      block('heading', 'What now'),
      {
        type: 'bulletList',
        content: [
          {
            type: 'listItem',
            content: [
              {
                type: 'paragraph',
                content: [
                  { type: 'text', text: 'The city has so far spent 10' },
                  { type: 'text', text: '6', marks: [{ type: 'superscript' }] },
                  { type: 'text', text: ' crowns on paint.' },
                ],
              },
            ],
          },
          { type: 'listItem', content: [block('paragraph', 'So much for that.')] },
        ],
      },
      { type: 'blockquote', content: [block('paragraph', 'We would build it again.')] },
      {
        type: 'table',
        content: ['Year', '2024'].map((text, place) => ({
          type: 'tableRow',
          content: [{ type: place === 0 ? 'tableHeader' : 'tableCell', content: [block('paragraph', text)] }],
        })),
      },
    ],
  } as never,
})
const session = await createSessionForClaims(database, {
  workspaceId,
  documents: [document],
  reviewers: [mina, tomas],
  adjudicators: [joan],
  name: 'Harbour check',
})
const cites = {
  supports: [{ referenceId: register.id, stance: 'supports' as const, quote: 'opened to traffic' }],
  contradicts: [{ referenceId: register.id, stance: 'contradicts' as const, quote: 'a daily mean of 27,400' }],
}
const mark = (author: Actor, words: string, rating: Rating) =>
  createSessionMark(database, {
    sessionId: session.id,
    author,
    document,
    words,
    rating,
    note: rating === 'contradicted' ? 'Fewer.' : '',
    cites: rating === 'sourced' ? cites.supports : rating === 'contradicted' ? cites.contradicts : [],
  })
for (const author of [mina, tomas]) {
  await mark(author, 'The Norrvik bridge opened in 1974.', 'sourced')
  await mark(
    author,
    'Last year it carried more than 40,000 cars a day.',
    author === mina ? 'contradicted' : 'unsourced',
  )
  await mark(author, 'The city has so far spent 106 crowns on paint.', 'not_checkable')
}
const claimIds = await matchClaimsOf(database, lead, session.id)
const votes = await database.read.claimAnnotation.findMany({
  where: { claimId: { in: claimIds } },
  orderBy: { annotationId: 'asc' },
  select: { claimId: true, annotationId: true, annotation: { select: { authorId: true, rating: true } } },
})
const verdicts = [
  { rating: 'sourced', reason: 'reviewers-agree', words: '', stance: 'supports' },
  { rating: 'contradicted', reason: 'wrong-figure', words: 'The register counts 27,400.', stance: 'contradicts' },
  { rating: null, reason: 'no-statement', words: '', stance: null },
] as const
for (const [place, { rating, reason, words, stance }] of verdicts.entries()) {
  const id = makeId()
  const claimId = String(claimIds[place])
  await database.write.verdict.create({
    data: {
      id,
      workspaceId,
      claimId,
      deciderId: joan.memberId,
      rating,
      reason,
      words,
      createdAt: factoryTime,
      updatedAt: factoryTime,
      votes: votes
        .filter((vote) => vote.claimId === claimId)
        .map(({ annotationId, annotation }, at) => ({
          mask: 'AB'.charAt(at),
          annotationId,
          memberId: annotation.authorId,
          rating: annotation.rating,
          disputed: false,
          partial: false,
          late: false,
        })),
    },
    select: { id: true },
  })
  if (stance === null) continue
  const quote = cites[stance][0]?.quote ?? ''
  await database.write.verdictCitation.create({
    data: { id: makeId(), workspaceId, verdictId: id, referenceId: register.id, position: 0, stance, quote },
    select: { id: true },
  })
}
await database.write.reviewSession.updateMany({
  where: { id: session.id },
  data: { state: 'closed', closedAt: factoryTime },
})

const second = await createDocument(database, {
  workspaceId,
  sourceId: source.id,
  title: 'Who pays',
  text: 'Tolls ended in 1989. The region pays for the bridge alone. Nobody has counted since.',
})
for (const words of ['Tolls ended in 1989.', 'The region pays for the bridge alone.'])
  await createAnnotation(database, { author: mina, document: second, words, note: 'Read before.' })
const draft = await createSession(database, {
  workspaceId,
  name: 'Second look',
  documents: [second],
  reviewers: [mina, tomas],
  adjudicators: [joan],
  protocol: { blind: true, reviewersPerDocument: 2, minimumReviewers: 2 },
})
for (const member of [mina, tomas])
  await createAssignment(database, { sessionId: draft.id, documentId: second.id, member })

const third = await createDocument(database, {
  workspaceId,
  sourceId: source.id,
  title: 'The bridge at night, as it was seen from the ferry in the last winter of the old crossing',
  text: 'Light falls on the bridge until midnight. It takes 3 × 106 watts.',
})
await createAnnotation(database, { author: mina, document: third, words: 'until midnight', note: 'Read before.' })
const running = await createSession(database, {
  workspaceId,
  name: 'Third look',
  documents: [third],
  reviewers: [mina, tomas],
  adjudicators: [joan],
  state: 'active',
  protocol: { blind: true, reviewersPerDocument: 2, minimumReviewers: 2 },
})
for (const member of [mina, tomas])
  await createAssignment(database, { sessionId: running.id, documentId: third.id, member })

// The sessions were closed without the application, which counts only sessions that it closes itself.
await countUncounted(database)
console.log(
  JSON.stringify({
    password,
    sessionId: session.id,
    draftId: draft.id,
    sourceId: source.id,
    documentId: document.id,
    secondId: second.id,
    thirdId: third.id,
    runningId: running.id,
    referenceId: register.id,
    claimIds,
  }),
)
await database.close()
