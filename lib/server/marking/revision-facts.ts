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

/** The immutable facts of a revision that every mark on it needs. */
export interface RevisionFacts {
  id: string
  workspaceId: string
  documentId: string
  text: string
  /** Superscripts and subscripts in the text. */
  scripts: readonly ScriptRun[]
  /** The stored sentences, by start offset. */
  sentenceAt: ReadonlyMap<number, SentenceSpan>
  /** Describes the place of a range in words. */
  placeOf: ReturnType<typeof makePlaceOf>
}

/** The most UTF-16 code units of text kept in memory, over all revisions. */
const maxKept = 32 * 1024 * 1024
const kept = new Map<string, RevisionFacts>()
let keptLength = 0

const packedSchema = z.array(z.number().int())
const reasonSchema = z.enum(outOfScopeReasons).catch('boilerplate')

/** Caches the facts of a revision, and drops the least recently used ones. */
function keep(facts: RevisionFacts): void {
  kept.set(facts.id, facts)
  keptLength += facts.text.length
  for (const [id, { text }] of kept) {
    if (keptLength <= maxKept || id === facts.id) return
    kept.delete(id)
    keptLength -= text.length
  }
}

/** The structured document that a revision stores. It is not validated again, because only output of this program is ever stored. */
export function storedContent(json: unknown): DocumentContent {
  return json as DocumentContent
}

/** Why a part is out of scope, as a change of scope stores it; a reason that this version does not know is read as `boilerplate`. */
export function storedReason(reason: string): OutOfScopeReason {
  return reasonSchema.parse(reason)
}

/** The sentences of a revision, as stored. */
export function storedSentences(json: unknown): SentenceSpan[] {
  return unpackSentences(packedSchema.parse(json))
}

/** Superscripts and subscripts in a stored document; empty for one that this version cannot read, whose text can still be marked. */
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

/** Superscripts and subscripts in revisions, by id. The caller has read the ids from the database. */
export async function readScripts(ids: readonly string[]): Promise<ReadonlyMap<string, readonly ScriptRun[]>> {
  const scripts = new Map<string, readonly ScriptRun[]>()
  for (const id of new Set(ids)) scripts.set(id, (await loadFacts(id))?.scripts ?? [])
  return scripts
}

/** Functions that describe the place of a range in revisions, by id. The caller has read the ids from the database. */
export async function readPlaces(ids: readonly string[]): Promise<ReadonlyMap<string, RevisionFacts['placeOf']>> {
  const places = new Map<string, RevisionFacts['placeOf']>()
  for (const id of new Set(ids)) {
    const facts = await loadFacts(id)
    if (facts !== null) places.set(id, facts.placeOf)
  }
  return places
}

/** A revision's structured document with its text offsets. */
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
 * The structured document of a revision as this version can show it, even when its document was deleted. The last few are cached.
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
 * The facts of a revision of the permit's workspace, even when its document was deleted: for callers that check that with a query of their own.
 * @throws DomainError `not-found` when the revision is unknown or another workspace's.
 */
export async function knownRevision(permit: Permit, id: string): Promise<RevisionFacts> {
  const facts = await loadFacts(id)
  if (facts?.workspaceId !== permit.workspaceId) throw notFound('revision')
  return facts
}

/**
 * The facts of a revision of the permit's workspace. The text is cached after the first read; each call checks that the document still exists.
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
