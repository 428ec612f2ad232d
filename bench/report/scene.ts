import type { Actor } from '@/lib/server/access/gate'
import type { Database } from '@/lib/server/db/client'
import type { DocumentAdjudication } from '@/lib/domain/reports/input-schema'
import { protocolSchema } from '@/lib/domain/review-sessions/protocol'
import { storedSentences } from '@/lib/server/marking/revision-facts'
import { createSessionForClaims, createSessionMark } from '@/tests/setup/adjudication'
import { makeDice } from '@/tests/setup/dice'
import {
  createDocument,
  createMember,
  createReference,
  createSource,
  createToken,
  createWorkspace,
  factoryTime,
  makeId,
} from '@/tests/setup/factories'
import type { Row, Tables } from './tables'

/** The size of a scene: each document has `claims` claims, each marked by two reviewers. */
export interface Size {
  sources: number
  documents: number
  claims: number
}

/** A workspace with closed sessions of ten sources each; the last session is active and blind again. */
export interface Scene {
  workspaceId: string
  lead: Actor
  token: string
  annotations: number
  /** Sources whose session has blind ratings. */
  sourceIds: string[]
}

/** The number of sources in one session. */
const sourcesOfSession = 10
const ratings = ['sourced', 'sourced', 'sourced', 'unsourced', 'contradicted'] as const
const sentenceOf = (number: number) =>
  `In the year ${String(1900 + number)} the harbour froze for ${String(number % 40)} days.`

interface Place {
  id: string
  sourceId: string
  sessionId: string
  revisionId: string
  isActive: boolean
}

/** The rows that a scene's rows are copied from. */
interface Models {
  source: Row
  document: Row
  revision: Row
  session: Row
  place: Row
  assignment: Row
  annotation: Row
  rating: Row
  closed: Row
}

async function readModels(tables: Tables): Promise<Models> {
  return {
    source: await tables.first('Source'),
    document: await tables.first('Document'),
    revision: await tables.first('Revision'),
    session: await tables.first('ReviewSession'),
    place: await tables.first('SessionDocument'),
    assignment: await tables.first('Assignment'),
    annotation: await tables.first('Annotation'),
    rating: await tables.first('BlindRating'),
    closed: await tables.first('ClosedDocument'),
  }
}

/** The settled claims of a document: every sentence is a claim, and two fifths of them cite a record. */
function settledOf(
  { sessionId }: Pick<Place, 'sessionId'>,
  given: { spans: readonly { start: number; end: number }[]; dice: (count: number) => number; reviewers: string[] },
): DocumentAdjudication {
  const { spans, dice, reviewers } = given
  return {
    sessionId,
    sessionName: 'Spring round',
    closedAt: factoryTime.toISOString(),
    minimumReviewers: 2,
    reviewerIds: reviewers,
    decisions: [],
    checkable: spans.map(({ start, end }) => ({ start, end })),
    claims: spans.map(({ start, end }, number) => {
      const rating = ratings[dice(ratings.length)] ?? 'sourced'
      const stance = rating === 'contradicted' ? ('contradicts' as const) : ('supports' as const)
      const reference = {
        id: referenceId,
        title: 'Register of the harbour office',
        author: '',
        publisher: 'Harbour office',
        issued: '2024',
        url: 'https://register.example/2024',
        doi: '',
        snapshotSha256: null,
        snapshotAt: null,
      }
      const citation = { id: makeId(), stance, quote: 'It froze for 11 days.', locator: 'p. 4', reference }
      return {
        id: makeId(),
        start,
        end,
        exact: sentenceOf(number),
        rating,
        disputed: false,
        partial: false,
        reason: 'reviewers-agree',
        words: '',
        own: false,
        votes: reviewers.map(() => ({ annotationId: makeId(), rating, late: false })),
        citations:
          rating === 'unsourced' ? [] : [{ ...citation, quoteCheck: 'no-kept-text' as const, quoteStart: null }],
      }
    }),
  }
}
const referenceId = makeId()

/** Fills an empty database. Rows are inserted in bulk without the application; kept counts are not written: see `countUncounted`. */
export async function makeScene(database: Database, tables: Tables, size: Size): Promise<Scene> {
  const { write, read } = database
  const { id: workspaceId } = await createWorkspace(database)
  const lead = await createMember(database, { workspaceId, role: 'lead' })
  const reviewers = [await createMember(database, { workspaceId }), await createMember(database, { workspaceId })]
  const token = await createToken(database, { workspaceId, memberId: lead.memberId, scopes: ['read', 'manage'] })
  const { id: sourceId } = await createSource(database, { workspaceId, name: 'The Coastal Herald' })
  await createReference(database, { workspaceId })
  const text = Array.from({ length: size.claims }, (_, number) => sentenceOf(number)).join(' ')
  const document = await createDocument(database, { workspaceId, sourceId, text })
  const session = await createSessionForClaims(database, {
    workspaceId,
    documents: [document],
    reviewers,
    adjudicators: [lead],
    state: 'closed',
    protocol: protocolSchema.parse({ blind: true }),
  })
  const [first = lead] = reviewers
  const { id: annotationId } = await createSessionMark(database, {
    sessionId: session.id,
    author: first,
    document,
    words: sentenceOf(0),
  })
  const revision = await read.revision.findFirstOrThrow({
    where: { id: document.revisionId },
    select: { sentences: true },
  })
  const spans = storedSentences(revision.sentences)
  const dice = makeDice(2026)
  const ids = reviewers.map(({ memberId }) => memberId)
  await write.closedDocument.create({
    data: {
      workspaceId,
      sessionId: session.id,
      documentId: document.id,
      revisionId: document.revisionId,
      closedAt: factoryTime,
      body: settledOf({ sessionId: session.id }, { spans, dice, reviewers: ids }),
    },
    select: { documentId: true },
  })
  await write.blindRating.create({
    data: {
      workspaceId,
      assignmentId: session.assignmentOf(document, first),
      annotationId,
      sessionId: session.id,
      documentId: document.id,
      memberId: first.memberId,
      start: 0,
      end: 5,
      rating: 'sourced',
      disputed: false,
      partial: false,
      createdAt: factoryTime,
    },
    select: { annotationId: true },
  })
  const models = await readModels(tables)
  const places = await addPlaces(tables, models, size)
  const annotations = await addMarks(tables, models, { places, spans, reviewers: ids, dice })
  // A database in use has statistics of its tables; one that was just filled has none yet.
  await tables.run('ANALYZE')
  const sourceIds = places.slice(0, Math.min(size.sources, sourcesOfSession)).map((place) => place.sourceId)
  return { workspaceId, lead, token, annotations, sourceIds }
}

async function addPlaces(tables: Tables, models: Models, { sources, documents }: Size): Promise<Place[]> {
  const sessionCount = Math.ceil(sources / sourcesOfSession)
  const sessionIds = Array.from({ length: sessionCount }, () => makeId())
  const isLast = (number: number) => sessionCount > 1 && number === sessionCount - 1
  await tables.add(
    'ReviewSession',
    sessionIds.map((id, number) => {
      const row = { ...models.session, id, name: `Round ${String(number)}` }
      return isLast(number) ? { ...row, state: 'active', closedAt: null, blindEndedAt: null } : row
    }),
  )
  const sourceIds = Array.from({ length: sources }, () => makeId())
  await tables.add(
    'Source',
    sourceIds.map((id, number) => ({ ...models.source, id, name: `Gazette ${String(number)}` })),
  )
  const places = Array.from({ length: documents }, (_, number): Place => {
    const source = number % sources
    const session = Math.floor(source / sourcesOfSession)
    return {
      id: makeId(),
      sourceId: sourceIds[source] ?? '',
      sessionId: sessionIds[session] ?? '',
      revisionId: makeId(),
      isActive: isLast(session),
    }
  })
  await tables.add(
    'Document',
    places.map(({ id, sourceId }, number) => ({ ...models.document, id, sourceId, title: `Winter ${String(number)}` })),
  )
  await tables.add(
    'Revision',
    places.map(({ id, revisionId }) => ({ ...models.revision, id: revisionId, documentId: id })),
  )
  await tables.add(
    'SessionDocument',
    places.map(({ id, sessionId, revisionId }, position) => ({
      ...models.place,
      sessionId,
      documentId: id,
      revisionId,
      position,
    })),
  )
  return places
}

interface Marks {
  places: readonly Place[]
  spans: readonly { start: number; end: number }[]
  reviewers: string[]
  dice: (count: number) => number
}

/** Two annotations per claim, the blind ratings of the first session, and the rows that closing stores. @returns the number of annotations */
async function addMarks(tables: Tables, models: Models, { places, spans, reviewers, dice }: Marks): Promise<number> {
  const firstSession = places[0]?.sessionId
  const assignmentOf = new Map(places.flatMap(({ id }) => reviewers.map((member) => [`${id} ${member}`, makeId()])))
  await tables.add(
    'Assignment',
    places.flatMap(({ id, sessionId }) =>
      reviewers.map((memberId) => ({
        ...models.assignment,
        id: assignmentOf.get(`${id} ${memberId}`) ?? '',
        sessionId,
        documentId: id,
        memberId,
      })),
    ),
  )
  const blind: Row[] = []
  let annotations = 0
  function* marks(): Generator<Row> {
    for (const { id: documentId, revisionId, sessionId } of places) {
      for (const [number, { start, end }] of spans.entries()) {
        const agreed = ratings[dice(ratings.length)] ?? 'sourced'
        for (const authorId of reviewers) {
          const rating = dice(12) === 0 ? 'unsourced' : agreed
          const mark = { id: makeId(), sessionId, start, end, rating }
          annotations += 1
          if (sessionId === firstSession) {
            const { id: annotationId, ...rated } = mark
            const assignmentId = assignmentOf.get(`${documentId} ${authorId}`) ?? ''
            blind.push({ ...models.rating, ...rated, assignmentId, annotationId, documentId, memberId: authorId })
          }
          yield { ...models.annotation, ...mark, revisionId, authorId, exact: sentenceOf(number) }
        }
      }
    }
  }
  await tables.add('Annotation', marks())
  await tables.add('BlindRating', blind)
  function* kept(): Generator<Row> {
    for (const { id, sessionId, revisionId, isActive } of places) {
      if (isActive) continue
      const settled = settledOf({ sessionId }, { spans, dice, reviewers })
      const body = typeof models.closed['body'] === 'string' ? JSON.stringify(settled) : settled
      yield { ...models.closed, documentId: id, sessionId, revisionId, body }
    }
  }
  await tables.add('ClosedDocument', kept())
  return annotations
}
