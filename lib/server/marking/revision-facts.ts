import { z } from 'zod'
import { notFound } from '@/lib/domain/errors'
import { fitContent } from '@/lib/domain/text/fit-content'
import { makePlaceOf } from '@/lib/domain/text/sentence-numbers'
import { unpackSentences, type SentenceSpan } from '@/lib/domain/text/sentences'
import { outOfScopeReasons, type DocumentContent, type OutOfScopeReason } from '@/lib/domain/text/model'
import type { ScriptRun } from '@/lib/domain/text/quotation'
import { buildTextIndex, type TextIndex } from '@/lib/domain/text/text-index'
import type { Permit } from '../access/gate'
import { database } from '../db/client'

/** What never changes about a revision and every mark on it needs. */
export interface RevisionFacts {
  id: string
  workspaceId: string
  documentId: string
  text: string
  /** What is raised or lowered in the text. */
  scripts: readonly ScriptRun[]
  /** The stored sentences by their start. */
  sentenceAt: ReadonlyMap<number, SentenceSpan>
  /** Where a range stands, in words. */
  placeOf: ReturnType<typeof makePlaceOf>
}

/** The most UTF-16 code units of text that are kept in memory, over all revisions. */
const maxKept = 32 * 1024 * 1024
const kept = new Map<string, RevisionFacts>()
let keptLength = 0

const packedSchema = z.array(z.number().int())
const reasonSchema = z.enum(outOfScopeReasons).catch('boilerplate')

/** Keeps the facts of a revision, and forgets those that were not asked for longest. */
function keep(facts: RevisionFacts): void {
  kept.set(facts.id, facts)
  keptLength += facts.text.length
  for (const [id, { text }] of kept) {
    if (keptLength <= maxKept || id === facts.id) return
    kept.delete(id)
    keptLength -= text.length
  }
}

/** The structured document that a revision stores. It is not checked again: only what was read by this program is ever stored. */
export function storedContent(json: unknown): DocumentContent {
  return json as DocumentContent
}

/** Why a part does not count, as a change of scope stores it; a reason that this version does not know is `boilerplate`. */
export function storedReason(reason: string): OutOfScopeReason {
  return reasonSchema.parse(reason)
}

/** The sentences of a revision, as it stores them. */
export function storedSentences(json: unknown): SentenceSpan[] {
  return unpackSentences(packedSchema.parse(json))
}

/** What is raised or lowered in a stored document; nothing in one that this version cannot read, whose text can be marked all the same. */
function scriptsOf(content: unknown): readonly ScriptRun[] {
  try {
    return buildTextIndex(storedContent(content)).scripts
  } catch {
    return []
  }
}

async function loadFacts(id: string): Promise<RevisionFacts | null> {
  const known = kept.get(id)
  if (known !== undefined) {
    kept.delete(id)
    kept.set(id, known)
    return known
  }
  const { read } = await database()
  const row = await read.revision.findUnique({
    where: { id },
    select: { id: true, workspaceId: true, documentId: true, text: true, content: true, sentences: true },
  })
  if (row === null) return null
  const { sentences, content, ...rest } = row
  const spans = storedSentences(sentences)
  const facts = {
    ...rest,
    scripts: scriptsOf(content),
    sentenceAt: new Map(spans.map((span) => [span.start, span])),
    placeOf: makePlaceOf(spans),
  }
  if (!kept.has(id)) keep(facts)
  return facts
}

/** What is raised or lowered in revisions that the caller has from the database, by their id. */
export async function readScripts(ids: readonly string[]): Promise<ReadonlyMap<string, readonly ScriptRun[]>> {
  const scripts = new Map<string, readonly ScriptRun[]>()
  for (const id of new Set(ids)) scripts.set(id, (await loadFacts(id))?.scripts ?? [])
  return scripts
}

/** What says where a range stands in revisions that the caller has from the database, by their id. */
export async function readPlaces(ids: readonly string[]): Promise<ReadonlyMap<string, RevisionFacts['placeOf']>> {
  const places = new Map<string, RevisionFacts['placeOf']>()
  for (const id of new Set(ids)) {
    const facts = await loadFacts(id)
    if (facts !== null) places.set(id, facts.placeOf)
  }
  return places
}

/** A revision's structured document with the places of its text. */
export interface RevisionStructure {
  content: DocumentContent
  index: TextIndex
}

/** How many structured documents are kept in memory. */
const maxStructures = 16
const structures = new Map<string, Promise<RevisionStructure | null>>()

async function readStructure(id: string): Promise<RevisionStructure | null> {
  const { read } = await database()
  const row = await read.revision.findUnique({ where: { id }, select: { content: true, text: true } })
  if (row === null) return null
  const { content } = fitContent(row.content, row.text)
  return { content, index: buildTextIndex(content) }
}

/**
 * The structured document of a revision as this version can show it, whether its document was deleted since or not. The last few are kept.
 * @throws DomainError `not-found` when the revision is unknown or another workspace's.
 */
export async function knownStructure(permit: Permit, id: string): Promise<RevisionStructure> {
  await knownRevision(permit, id)
  const structure = structures.get(id) ?? readStructure(id)
  structures.delete(id)
  structures.set(id, structure)
  const [oldest] = structures.keys()
  if (structures.size > maxStructures && oldest !== undefined) structures.delete(oldest)
  try {
    const known = await structure
    if (known === null) throw notFound('revision')
    return known
  } catch (error) {
    structures.delete(id)
    throw error
  }
}

/**
 * The facts of a revision of the permit's workspace, without asking whether its document was deleted since: for callers that ask that with a
 * query of their own.
 * @throws DomainError `not-found` when the revision is unknown or another workspace's.
 */
export async function knownRevision(permit: Permit, id: string): Promise<RevisionFacts> {
  const facts = await loadFacts(id)
  if (facts?.workspaceId !== permit.workspaceId) throw notFound('revision')
  return facts
}

/**
 * The facts of a revision of the permit's workspace. The text comes from memory after the first time; whether its document is still there is
 * asked each time.
 * @throws DomainError `not-found` when the revision is unknown, another workspace's, or its document was deleted.
 */
export async function revisionFacts(permit: Permit, id: string): Promise<RevisionFacts> {
  const facts = await knownRevision(permit, id)
  const { read } = await database()
  const live = await read.$queryRaw<
    unknown[]
  >`SELECT 1 AS live FROM "Document" WHERE "workspaceId" = ${permit.workspaceId} AND "id" = ${facts.documentId} AND "deletedAt" IS NULL`
  if (live.length === 0) throw notFound('revision')
  return facts
}
