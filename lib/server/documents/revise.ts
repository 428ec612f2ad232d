import { uuidv7 } from 'uuidv7'
import type { BlockChange } from '@/lib/domain/anchoring/diff-revisions'
import { DomainError, notFound } from '@/lib/domain/errors'
import type { AnchorCounts, CreatedRevision, RevisionChanges, RevisionPreview } from '@/lib/domain/revisions/schema'
import { unpackSentences } from '@/lib/domain/text/sentences'
import { buildTextIndex } from '@/lib/domain/text/text-index'
import type { Permit } from '../access/gate'
import { countCandidates, countStates, placeCandidates, storePlaced } from '../carried-annotations/carry'
import { countDecisions, placeDecisions, storeDecisions } from '../carried-annotations/mutations'
import { database, type Reader, type Transaction } from '../db/client'
import type { RevisionOrigin } from '../db/generated/sqlite/client'
import { write, type WriteContext } from '../db/write'
import { storedContent } from '../marking/revision-facts'
import { diffApart } from '../reading/read-apart'
import type { StorableDocument } from '../reading/storable-document'
import { presentRevisionSummary, readOriginalSizes, revisionSummaryColumns } from '../revisions/data'
import { insertRevision } from '../revisions/insert'
import { viewerOf } from '../visibility/marks'

type Revise = Permit<'revision.create'>

const diffColumns = { ...revisionSummaryColumns, content: true, text: true } as const

/** The latest revision of a document. @throws DomainError `not-found` when the document is unknown or deleted. */
async function latestOf(reader: Reader | Transaction, permit: Permit, documentId: string) {
  const row = await reader.revision.findFirst({
    where: { workspaceId: permit.workspaceId, documentId, document: { deletedAt: null } },
    orderBy: { number: 'desc' },
    select: diffColumns,
  })
  if (row === null) throw notFound('document')
  return row
}

/**
 * The language whose rules divide a document's next revision into sentences: the document's own, undefined when it is unknown.
 * @throws DomainError `not-found` when the document is unknown or deleted.
 */
export async function readLanguage(permit: Revise, documentId: string): Promise<string | undefined> {
  const { read } = await database()
  const row = await read.document.findFirst({
    where: { id: documentId, workspaceId: permit.workspaceId, deletedAt: null },
    select: { language: true },
  })
  if (row === null) throw notFound('document')
  return row.language === 'und' ? undefined : row.language
}

function changesBetween(
  { actor }: Permit,
  before: { content: unknown; text: string },
  after: { content: unknown; text: string },
): Promise<BlockChange[]> {
  const blocksOf = ({ content, text }: { content: unknown; text: string }) => ({
    text,
    blocks: buildTextIndex(storedContent(content)).blocks,
  })
  return diffApart(blocksOf(before), blocksOf(after), actor.memberId)
}

/**
 * Previews storing a text as a document's next revision; stores nothing. Counts annotations that the member may see.
 * @throws DomainError `not-found` for the document.
 */
export async function previewRevision(
  permit: Revise,
  { documentId, imported }: { documentId: string; imported: StorableDocument },
): Promise<RevisionPreview> {
  const { read } = await database()
  const latest = await latestOf(read, permit, documentId)
  const { text, sha256, wordCount, content } = imported
  const target = { revisionId: '', documentId, number: latest.number + 1, text }
  const placed = await placeCandidates(read, permit, target)
  const sentences = unpackSentences(imported.sentences)
  const decisions = await placeDecisions(read, permit, { before: latest, target, sentences })
  return {
    sha256,
    wordCount,
    isSame: sha256 === latest.sha256,
    annotations: countStates(placed),
    decisions: countDecisions(decisions),
    blocks: await changesBetween(permit, latest, { content, text }),
  }
}

/** A text to be stored as a document's next revision. */
export interface NewRevision {
  documentId: string
  imported: StorableDocument
  origin: RevisionOrigin
  /** Runs in the same transaction after the revision is stored; not called when nothing is stored. */
  alongside?: ((context: WriteContext) => Promise<void>) | undefined
}

/** The stored revision, or the latest one when it already has this text. */
export interface StoredRevision {
  stored: CreatedRevision
  created: boolean
}

/**
 * Stores a text as a document's next revision and carries annotations of earlier ones over: those whose words are the same in their place at once,
 * while the others wait for a person. Sessions keep the revision that they began with. When the latest revision already has the text, nothing is
 * stored.
 * @throws DomainError `not-found` for the document, `conflict` when another revision was stored in the meantime.
 */
export async function createRevision(
  permit: Revise,
  { documentId, imported, origin, alongside }: NewRevision,
): Promise<StoredRevision> {
  const { read } = await database()
  const { workspaceId } = permit
  const latest = await latestOf(read, permit, documentId)
  const { sha256, text } = imported
  if (latest.sha256 === sha256)
    return {
      stored: {
        revision: await presentSummary(read, latest),
        annotations: countStates([]),
        decisions: countDecisions([]),
      },
      created: false,
    }
  const id = uuidv7()
  const target = { revisionId: id, documentId, number: latest.number + 1, text }
  const placed = await placeCandidates(read, permit, target)
  const annotations = countStates(placed)
  const sentences = unpackSentences(imported.sentences)
  const placedDecisions = await placeDecisions(read, permit, { before: latest, target, sentences })
  const decisions = countDecisions(placedDecisions)
  return write(permit, async (context) => {
    const { tx, record } = context
    await assertLatest(tx, await latestOf(tx, permit, documentId), latest)
    await insertRevision(context, permit, { id, documentId, number: target.number, imported, origin })
    record({
      type: 'revision.created',
      subjectId: id,
      documentId,
      data: { after: { documentId, number: target.number, sha256, origin } },
    })
    await storePlaced(context, { workspaceId, target }, placed)
    await storeDecisions(context, { workspaceId, target }, placedDecisions)
    await alongside?.(context)
    const row = await latestOf(tx, permit, documentId)
    return { stored: { revision: await presentSummary(tx, row), annotations, decisions }, created: true }
  })
}

async function presentSummary(
  reader: Reader | Transaction,
  { content: _content, text: _text, ...row }: Awaited<ReturnType<typeof latestOf>>,
): Promise<CreatedRevision['revision']> {
  const sizes = await readOriginalSizes(reader, [row.id])
  return presentRevisionSummary(row, sizes.get(row.id) ?? 0)
}

/** @throws DomainError `conflict` when the latest revision is no longer the one that was read. */
async function assertLatest(
  reader: Transaction,
  current: Awaited<ReturnType<typeof latestOf>>,
  seen: { id: string },
): Promise<void> {
  if (current.id === seen.id) return
  throw new DomainError('conflict', 'Another revision was stored in the meantime. Look at it, and do this again.', {
    current: await presentSummary(reader, current),
  })
}

/**
 * Carries annotations over to a document's latest revision that could not be carried over earlier because their session was still open. Idempotent.
 * @throws DomainError `not-found` for the document, `conflict` when another revision was stored in the meantime.
 */
export async function carryOver(permit: Revise, documentId: string): Promise<AnchorCounts> {
  const { read } = await database()
  const { workspaceId } = permit
  const latest = await latestOf(read, permit, documentId)
  const { id, number, text } = latest
  const target = { revisionId: id, documentId, number, text }
  const placed = await placeCandidates(read, permit, target)
  if (placed.length === 0) return countStates(placed)
  await write(permit, async (context) => {
    await assertLatest(context.tx, await latestOf(context.tx, permit, documentId), latest)
    await storePlaced(context, { workspaceId, target }, placed)
  })
  return countStates(placed)
}

/** Counts the annotations that `carryOver` would place, of those the member may see. */
export async function countLeftBehind(
  permit: Revise,
  document: { id: string; revision: { id: string; number: number } },
): Promise<number> {
  const { read } = await database()
  const { id, number } = document.revision
  return countCandidates(read, {
    target: { revisionId: id, documentId: document.id, number },
    viewer: viewerOf(permit),
  })
}

/**
 * The differences between the texts of two revisions of a document.
 * @throws DomainError `not-found` for the document or a number that it has no revision of.
 */
export async function readChanges(
  permit: Permit<'document.read'>,
  { documentId, from, to }: { documentId: string; from: number; to: number },
): Promise<RevisionChanges> {
  const { read } = await database()
  const rows = await read.revision.findMany({
    where: { workspaceId: permit.workspaceId, documentId, number: { in: [from, to] }, document: { deletedAt: null } },
    select: diffColumns,
  })
  const [before, after] = [from, to].map((number) => rows.find((row) => row.number === number))
  if (before === undefined || after === undefined) throw notFound('revision')
  return {
    from: await presentSummary(read, before),
    to: await presentSummary(read, after),
    blocks: await changesBetween(permit, before, after),
  }
}
