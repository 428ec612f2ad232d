import type { Actor } from '@/lib/server/access/gate'
import type { Database } from '@/lib/server/db/client'
import {
  createAnnotation,
  createDocument,
  createMember,
  createReference,
  makeId,
  type MadeDocument,
  factoryTime,
} from '../setup/factories'
import { createAssignment, createSession } from '../setup/session-factories'
import { call, sessionOf, type Answer, type Call, type Credentials } from './calls'
import { makeWorld, type World } from './world'

/** Words that occur only in the hidden work of one reviewer. */
export const secretWords = ['Quillfeather', 'Zyzzogeton', 'Brambleworth', 'Ostrobogulous', 'Flibbertine']

const text =
  'The pier was opened in 1931. It carried two thousand people on its first day. The council paid for it. Nobody has counted since. The lamps were gas until 1950.'

/** The members who look for the hidden reviewer's work. */
export const onlookers = ['reviewer', 'leading reviewer', 'lead', 'viewer'] as const
export type Onlooker = (typeof onlookers)[number]

/**
 * A session in its blind phase with two reviewers and a lead who also reviews; beside it a lead and a viewer outside the session, and all of `world`.
 * The hidden reviewer has started, so that later work changes no state.
 */
export interface BlindWorld {
  world: World
  document: MadeDocument
  sessionId: string
  hidden: Actor
  asHidden: Credentials
  hiddenAssignmentId: string
  onlookers: Record<Onlooker, { actor: Actor; as: Credentials; assignmentId: string }>
  /** In the library from before the session. */
  knownReference: { id: string; title: string }
  /** Made by the hidden reviewer outside the session: hidden only from those who read blind. */
  openMarkId: string
  /** The hidden reviewer's first mark in the session. */
  firstMarkId: string
}

/** Makes a blind world in an empty database. */
export async function makeBlindWorld(database: Database): Promise<BlindWorld> {
  const world = await makeWorld(database)
  const { workspaceId } = world
  const hidden = await createMember(database, { workspaceId, name: 'Hanna Hidden' })
  const reviewer = await createMember(database, { workspaceId, name: 'Rita Reviewer' })
  const leading = await createMember(database, { workspaceId, role: 'lead', name: 'Lars Leading' })
  const document = await createDocument(database, { workspaceId, title: 'The pier', text })
  const reviewers = [hidden, reviewer, leading]
  const { id: sessionId } = await createSession(database, {
    workspaceId,
    state: 'active',
    documents: [document],
    reviewers,
    adjudicators: [world.members.lead],
  })
  const assign = (member: Actor) => createAssignment(database, { sessionId, documentId: document.id, member })
  const [hiddenAssignment, own, leadingOwn] = [await assign(hidden), await assign(reviewer), await assign(leading)]
  const openMark = await createAnnotation(database, {
    author: hidden,
    document,
    words: 'until 1950',
    note: 'Read before the session.',
  })
  const tagId = makeId()
  await database.write.tag.create({ data: { id: tagId, workspaceId, folded: 'harbour', createdAt: factoryTime } })
  await database.write.documentTag.create({ data: { workspaceId, documentId: document.id, tagId, name: 'Harbour' } })
  const made: BlindWorld = {
    world,
    document,
    sessionId,
    hidden,
    asHidden: await sessionOf(hidden),
    hiddenAssignmentId: hiddenAssignment.id,
    onlookers: {
      reviewer: { actor: reviewer, as: await sessionOf(reviewer), assignmentId: own.id },
      'leading reviewer': { actor: leading, as: await sessionOf(leading), assignmentId: leadingOwn.id },
      lead: { actor: world.members.lead, as: world.sessions.lead, assignmentId: hiddenAssignment.id },
      viewer: { actor: world.members.viewer, as: world.sessions.viewer, assignmentId: hiddenAssignment.id },
    },
    knownReference: await createReference(database, { workspaceId, title: 'Harbour almanac 1950' }),
    openMarkId: openMark.id,
    firstMarkId: makeId(),
  }
  await markAs(made, 'The lamps were gas', { id: made.firstMarkId, note: 'Flibbertine, to begin with.' })
  return made
}

async function succeed(request: Call): Promise<Answer> {
  const answer = await call(request)
  if (answer.status >= 300) throw new Error(`${request.method} ${request.path} answered ${answer.text}`)
  return answer
}

async function markAs(
  { document, asHidden }: Pick<BlindWorld, 'document' | 'asHidden'>,
  words: string,
  { id, ...more }: { id: string; rating?: string; note?: string; tags?: string[]; citations?: object[] },
): Promise<void> {
  const start = document.text.indexOf(words)
  const json = { start, end: start + words.length, rating: 'unsourced', revisionId: document.revisionId, ...more }
  await succeed({ method: 'put', path: `/annotations/${id}`, as: asHidden, json })
}

/** The ids of the hidden reviewer's work. */
export interface HiddenWork {
  annotationIds: string[]
  decisionIds: string[]
  citationIds: string[]
  referenceIds: string[]
  threadIds: string[]
  commentIds: string[]
}

/** Threads on a mark, on the document and on a passage of it, with comments that mention members, an edit and a deletion. */
async function discussInHiding(
  { document, asHidden: as }: BlindWorld,
  annotationId: string,
): Promise<Pick<HiddenWork, 'threadIds' | 'commentIds'>> {
  const [onMark, onDocument, onPassage] = [makeId(), makeId(), makeId()]
  const [first, second, third, fourth] = [makeId(), makeId(), makeId(), makeId()]
  const path = `/documents/${document.id}/threads`
  const body = 'Brambleworth, says @Rita Reviewer. @Lars Leading, Quillfeather?'
  await succeed({ method: 'post', path, as, json: { id: onMark, annotationId, comment: { id: first, body } } })
  await succeed({ method: 'post', path, as, json: { id: onDocument, comment: { id: second, body: 'Flibbertine.' } } })
  const start = document.text.indexOf('Nobody has')
  const passage = { revisionId: document.revisionId, start, end: start + 'Nobody has'.length }
  await succeed({ method: 'post', path, as, json: { id: onPassage, passage, comment: { id: fourth, body } } })
  const comments = `/threads/${onMark}/comments`
  await succeed({ method: 'post', path: comments, as, json: { id: third, body: 'Zyzzogeton.' } })
  await succeed({ method: 'patch', path: `/comments/${third}`, as, json: { body: 'Zyzzogeton!' }, version: 1 })
  await succeed({ method: 'delete', path: `/comments/${second}`, as, version: 1 })
  return { threadIds: [onMark, onDocument, onPassage], commentIds: [first, second, third, fourth] }
}

/** Does the hidden reviewer's work through the API: marks of every kind, old and new evidence, discussions with mentions, changes, deletions. */
export async function workInHiding(blind: BlindWorld): Promise<HiddenWork> {
  const { document, asHidden, knownReference } = blind
  const [opened, paid, dropped] = [makeId(), makeId(), makeId()]
  const [decided, again] = [makeId(), makeId()]
  const [fresh, unused, cited, known] = [makeId(), makeId(), makeId(), makeId()]
  const reference = (id: string, title: string) =>
    succeed({
      method: 'post',
      path: '/references',
      as: asHidden,
      json: {
        id,
        csl: { type: 'book', title, URL: `https://${title.split(' ')[0] ?? ''}.example/` },
        snapshotText: title,
      },
    })
  await reference(fresh, 'Zyzzogeton ledger of 1931')
  await reference(unused, 'Brambleworth papers')
  await markAs(blind, 'opened in 1931', {
    id: opened,
    rating: 'contradicted',
    note: 'Quillfeather says otherwise.',
    tags: ['Quillfeather', 'HARBOUR'],
    citations: [
      { id: cited, referenceId: fresh, stance: 'contradicts', quote: 'Zyzzogeton ledger' },
      { id: known, referenceId: knownReference.id, stance: 'contradicts', quote: 'Ostrobogulous almanac' },
    ],
  })
  await markAs(blind, 'The council paid for it.', {
    id: paid,
    rating: 'unsourced',
    note: 'Flibbertine, first thought.',
    tags: ['Flibbertine', 'HARBOUR'],
  })
  await markAs(blind, 'two thousand people', { id: dropped, rating: 'unsourced', note: 'Flibbertine, dropped.' })
  await succeed({
    method: 'patch',
    path: `/annotations/${paid}`,
    as: asHidden,
    json: { note: 'Flibbertine, second thought.', disputed: true, tags: ['HARBOUR', 'Brambleworth'] },
    version: 1,
  })
  await succeed({ method: 'delete', path: `/annotations/${dropped}`, as: asHidden, version: 1 })
  const sentence = {
    start: document.text.indexOf('Nobody'),
    end: document.text.indexOf('Nobody') + 'Nobody has counted since.'.length,
  }
  const decisions = `/revisions/${document.revisionId}/sentence-decisions`
  await succeed({ method: 'post', path: decisions, as: asHidden, json: { id: decided, ...sentence } })
  await succeed({ method: 'delete', path: `/sentence-decisions/${decided}`, as: asHidden })
  await succeed({ method: 'post', path: decisions, as: asHidden, json: { id: again, ...sentence } })
  return {
    annotationIds: [blind.firstMarkId, opened, paid, dropped],
    decisionIds: [decided, again],
    citationIds: [cited, known],
    referenceIds: [fresh, unused],
    ...(await discussInHiding(blind, opened)),
  }
}
