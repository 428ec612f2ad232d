/**
 * Makes complete and valid rows for tests from as few arguments as possible. They go straight to the database, past the gate: the subject of a test
 * goes through the code under test, its surroundings come from here.
 */
import { createHash } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import type { Role, TokenScope } from '@/lib/domain/access/policy'
import type { Rating } from '@/lib/domain/annotations/rating'
import type { DocumentContent } from '@/lib/domain/text/model'
import { checkableSentences } from '@/lib/domain/text/scope'
import { findSentences, packSentences } from '@/lib/domain/text/sentences'
import { buildTextIndex } from '@/lib/domain/text/text-index'
import { countWords } from '@/lib/domain/text/words'
import type { Actor } from '@/lib/server/access/gate'
import { hashSecret, makeSecret } from '@/lib/server/auth/token-secret'
import type { Database } from '@/lib/server/db/client'
import type { Prisma } from '@/lib/server/db/generated/sqlite/client'

/** The time at which factories make rows. */
export const factoryTime = new Date('2026-01-02T03:04:05.678Z')
const stamps = { createdAt: factoryTime, updatedAt: factoryTime }

let counter = 0
/** A number that is unique in this test file, for names. */
function nextNumber(): number {
  counter += 1
  return counter
}

/** A fresh id, as a client makes it. */
export function makeId(): string {
  return uuidv7()
}

export async function createWorkspace(
  database: Database,
  given: { name?: string } = {},
): Promise<{ id: string; name: string }> {
  const data = { id: makeId(), name: given.name ?? `Workspace ${String(nextNumber())}`, ...stamps }
  return database.write.workspace.create({ data, select: { id: true, name: true } })
}

export interface GivenMember {
  workspaceId: string
  role?: Role
  name?: string
  email?: string
  passwordHash?: string
}

/**
 * Makes a user with a membership.
 * @returns the actor for the gate
 */
export async function createMember(database: Database, given: GivenMember): Promise<Actor> {
  const { workspaceId, role = 'reviewer' } = given
  const number = String(nextNumber())
  const userId = makeId()
  const memberId = makeId()
  const name = given.name ?? `Person ${number}`
  const email = given.email ?? `person${number}@example.org`
  await database.write.user.create({
    data: { id: userId, name, email, passwordHash: given.passwordHash ?? null, ...stamps },
  })
  await database.write.member.create({ data: { id: memberId, workspaceId, userId, role, ...stamps } })
  return { workspaceId, memberId, userId, name, role, via: 'session', scopes: 'all' }
}

export async function createSource(
  database: Database,
  given: { workspaceId: string; name?: string },
): Promise<{ id: string; name: string }> {
  const { workspaceId, name = `Source ${String(nextNumber())}` } = given
  return database.write.source.create({
    data: { id: makeId(), workspaceId, name, ...stamps },
    select: { id: true, name: true },
  })
}

export interface GivenDocument {
  workspaceId: string
  /** Made by default. */
  sourceId?: string
  title?: string
  language?: string
  /** Paragraphs, separated by an empty line. */
  text?: string
  /** The structured content, in place of `text`. */
  content?: DocumentContent
}

/** Makes a document with its first revision, as an import would store it. */
export interface MadeDocument {
  id: string
  sourceId: string
  revisionId: string
  /** The canonical text. */
  text: string
}

export async function createDocument(database: Database, given: GivenDocument): Promise<MadeDocument> {
  const { workspaceId, language = 'en' } = given
  const sourceId = given.sourceId ?? (await createSource(database, { workspaceId })).id
  const content = given.content ?? paragraphs(given.text ?? 'Sales rose by 12% in May. The mayor was glad.')
  const index = buildTextIndex(content)
  const sentences = findSentences(index, language)
  const bytes = Buffer.from(index.text, 'utf8')
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const id = makeId()
  const revisionId = makeId()
  const title = given.title ?? `Document ${String(nextNumber())}`
  await database.write.document.create({ data: { id, workspaceId, sourceId, title, language, ...stamps } })
  await database.write.revision.create({
    data: {
      id: revisionId,
      workspaceId,
      documentId: id,
      number: 1,
      content: content as unknown as Prisma.InputJsonObject,
      text: index.text,
      sha256,
      sentences: packSentences(sentences),
      wordCount: countWords(index.text),
      sentenceCount: sentences.length,
      checkableCount: checkableSentences(sentences, []).length,
      origin: 'paste',
      createdById: makeId(),
      createdAt: factoryTime,
    },
  })
  await database.write.revisionOriginal.create({
    data: { revisionId, bytes, sha256, mediaType: 'text/plain', encoding: 'utf-8' },
  })
  return { id, sourceId, revisionId, text: index.text }
}

function paragraphs(text: string): DocumentContent {
  const content = text
    .split('\n\n')
    .map((part) => ({ type: 'paragraph' as const, content: [{ type: 'text' as const, text: part }] }))
  return { type: 'doc', content }
}

export interface GivenAnnotation {
  author: Actor
  document: MadeDocument
  /** Words of the document. Their first occurrence is annotated. */
  words?: string
  rating?: Rating
  note?: string
}

export async function createAnnotation(
  database: Database,
  { author, document, words = document.text.slice(0, 10), rating = 'unsourced', note = '' }: GivenAnnotation,
): Promise<{ id: string; start: number; end: number; exact: string }> {
  const start = document.text.indexOf(words)
  if (start < 0) throw new Error(`The document does not hold "${words}".`)
  const data = {
    id: makeId(),
    workspaceId: author.workspaceId,
    revisionId: document.revisionId,
    authorId: author.memberId,
    start,
    end: start + words.length,
    exact: words,
    rating,
    note,
    ...stamps,
  }
  return database.write.annotation.create({ data, select: { id: true, start: true, end: true, exact: true } })
}

export async function createReference(
  database: Database,
  given: { workspaceId: string; title?: string; url?: string; snapshotText?: string },
): Promise<{ id: string; title: string }> {
  const { workspaceId, title = `Reference ${String(nextNumber())}`, url = '', snapshotText } = given
  const id = makeId()
  const snapshot =
    snapshotText === undefined
      ? {}
      : {
          snapshotText,
          snapshotSha256: createHash('sha256').update(snapshotText).digest('hex'),
          snapshotAt: stamps.createdAt,
        }
  const csl = { type: 'webpage', title, ...(url === '' ? {} : { URL: url }) }
  return database.write.reference.create({
    data: { id, workspaceId, type: 'webpage', title, url, csl, ...snapshot, ...stamps },
    select: { id: true, title: true },
  })
}

/** Makes a personal token of a member, in the form in which it is sent. */
export async function createToken(
  database: Database,
  { workspaceId, memberId, scopes }: { workspaceId: string; memberId: string; scopes: readonly TokenScope[] },
): Promise<string> {
  const token = makeSecret('smk_')
  const secret = { tokenHash: hashSecret(token), hint: token.slice(-4) }
  await database.write.apiToken.create({
    data: {
      id: makeId(),
      workspaceId,
      memberId,
      name: 'Test',
      ...secret,
      scopes: scopes.join(' '),
      createdAt: factoryTime,
    },
    select: { id: true },
  })
  return token
}
