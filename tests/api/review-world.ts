import type { Protocol } from '@/lib/domain/review-sessions/protocol'
import type { SessionState } from '@/lib/domain/review-sessions/states'
import type { Actor } from '@/lib/server/access/gate'
import type { Database } from '@/lib/server/db/client'
import { createDocument, createMember, type MadeDocument } from '../setup/factories'
import { createSession } from '../setup/session-factories'
import { call, sessionOf, type Answer, type Credentials } from './calls'
import { firstSentence, makeWorld, secondSentence, worldText, type World } from './world'

/** A person in a review: the actor, and the headers that sign them in. */
export interface Person {
  actor: Actor
  as: Credentials
}

/** A session with two documents of two sentences each and two reviewers, Ana and Ben; nothing is assigned. It also has all of `world`. */
export interface ReviewWorld {
  world: World
  lead: Person
  ana: Person
  ben: Person
  documents: [MadeDocument, MadeDocument]
  sessionId: string
}

/** The part of the session that a test is about. */
export interface GivenReview {
  state?: SessionState
  protocol?: Partial<Protocol>
  dueAt?: Date
}

/** Makes a review world in an empty database. */
export async function makeReviewWorld(database: Database, given: GivenReview = {}): Promise<ReviewWorld> {
  const world = await makeWorld(database)
  const { workspaceId } = world
  const ana = await createMember(database, { workspaceId, name: 'Ana Reviewer' })
  const ben = await createMember(database, { workspaceId, name: 'Ben Reviewer' })
  const documents: [MadeDocument, MadeDocument] = [
    await createDocument(database, { workspaceId, title: 'The pier', text: worldText }),
    await createDocument(database, { workspaceId, title: 'The lamp', text: worldText }),
  ]
  const { id: sessionId } = await createSession(database, {
    workspaceId,
    name: 'Spring review',
    state: given.state ?? 'active',
    documents,
    reviewers: [ana, ben],
    adjudicators: [world.members.lead],
    protocol: { reviewersPerDocument: 1, ...given.protocol },
    ...(given.dueAt === undefined ? {} : { dueAt: given.dueAt }),
  })
  return {
    world,
    lead: { actor: world.members.lead, as: world.sessions.lead },
    ana: { actor: ana, as: await sessionOf(ana) },
    ben: { actor: ben, as: await sessionOf(ben) },
    documents,
    sessionId,
  }
}

/** A call by the lead. */
export function leads(
  { lead }: ReviewWorld,
  path: string,
  given: { method?: string; json?: object; version?: number } = {},
): Promise<Answer> {
  const { method = 'post', json, version } = given
  return call({
    method,
    path,
    as: lead.as,
    ...(json === undefined ? {} : { json }),
    ...(version === undefined ? {} : { version }),
  })
}

/** What a test assigns; by default the first document to Ana. */
export interface GivenAssigning {
  document?: MadeDocument
  to?: Person
  id?: string
  dueAt?: string
}

/** Assigns a document as the lead. */
export function assign(review: ReviewWorld, given: GivenAssigning = {}): Promise<Answer> {
  const { document = review.documents[0], to = review.ana, ...rest } = given
  const json = { documentId: document.id, memberId: to.actor.memberId, ...rest }
  return leads(review, `/review-sessions/${review.sessionId}/assignments`, { json })
}

/** Assigns a document as the lead, where nothing prevents it. */
export async function assigned(review: ReviewWorld, given: GivenAssigning = {}): Promise<string> {
  const answer = await assign(review, given)
  if (answer.status !== 201) throw new Error(answer.text)
  return answer.json.id as string
}

/** Rates the first sentence as a person; unsourced, which needs no evidence. */
export function rate(document: MadeDocument, person: Person, given: object = {}): Promise<Answer> {
  return call({
    method: 'post',
    path: `/revisions/${document.revisionId}/annotations`,
    as: person.as,
    json: { ...firstSentence, rating: 'unsourced', ...given },
  })
}

/** Decides as a person that the second sentence has no claim. */
export function decide(document: MadeDocument, person: Person): Promise<Answer> {
  return call({
    method: 'post',
    path: `/revisions/${document.revisionId}/sentence-decisions`,
    as: person.as,
    json: secondSentence,
  })
}

/** Completes an assignment, so that it can be submitted. */
export async function complete(document: MadeDocument, person: Person): Promise<void> {
  for (const answer of [await rate(document, person), await decide(document, person)]) {
    if (answer.status !== 201) throw new Error(answer.text)
  }
}

/** Submits an assignment as a person. */
export function submit(assignmentId: string, person: Person): Promise<Answer> {
  return call({ method: 'post', path: `/assignments/${assignmentId}/submit`, as: person.as })
}

/** An assignment as the API shows it to a person. */
export function look(assignmentId: string, person: Person): Promise<Answer> {
  return call({ method: 'get', path: `/assignments/${assignmentId}`, as: person.as })
}
