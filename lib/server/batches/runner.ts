import { batchChoicesSchema, batchItemSchema, type BatchChoices, type BatchItem } from '@/lib/domain/batches/schema'
import type { SourceChoice } from '@/lib/domain/documents/schema'
import { DomainError } from '@/lib/domain/errors'
import { isWebAddress } from '@/lib/domain/fields'
import type { JobResult, Likeness } from '@/lib/domain/jobs/schema'
import { permit, type Actor } from '../access/gate'
import { actorOfMember } from '../auth/actor-of-member'
import { database } from '../db/client'
import { createDocument } from '../documents/create'
import { findLike } from '../documents/likeness'
import { suggestSource } from '../documents/published-by'
import { readAddress } from '../documents/read-address'
import { originOf, readImport } from '../documents/read-import'
import { createRevision } from '../documents/revise'
import type { HeldItem, ItemWork, JobRunner, JobRunners, Settlement } from '../jobs/runner'
import type { StorableDocument } from '../reading/storable-document'

interface Import {
  actor: Actor
  choices: BatchChoices
  input: BatchItem
  imported: StorableDocument
}

/** Reads one file or page, and stores it as a document, as a revision of one, or not at all. */
const importItem: JobRunner = {
  async run(item, work) {
    const actor = await actorOfMember(item)
    if (actor === null)
      throw new DomainError('forbidden', 'The member who started this is suspended. Another lead can try it again.')
    const pass = permit(actor, 'document.create')
    const choices = batchChoicesSchema.parse(item.choices)
    const input = batchItemSchema.parse(item.input)
    const imported = await read(item, { actor, choices, input }, work.signal)
    const like = await findLike(pass, imported)
    const settlement = input.decision === 'import' ? null : settleLike(like, { actor, choices, input, imported })
    if (settlement === null) return store(item, { actor, choices, input, imported }, work)
    if (settlement !== 'revise') return settlement
    return revise({ actor, choices, input, imported }, { documentId: input.reviseId ?? like?.id ?? '', work })
  },
}

/** The runners of all kinds of jobs. */
export const runners: JobRunners = { import: importItem }

async function read(
  item: HeldItem,
  { actor, choices, input }: Omit<Import, 'imported'>,
  signal: AbortSignal,
): Promise<StorableDocument> {
  const { language, encoding } = choices
  // Apart from what the member reads at the moment: a batch never takes the readers that a person waits for.
  const how = { caller: `batches of ${actor.memberId}`, signal, language, encoding }
  if (input.address !== undefined) return readAddress(input.address, {}, how)
  const { read } = await database()
  const file = await read.jobItemFile.findUnique({ where: { itemId: item.id }, select: { bytes: true } })
  if (file === null) throw new DomainError('gone', 'Its file is not here any more. Send it again.')
  return readImport({ bytes: file.bytes, fileName: input.fileName, mediaType: input.mediaType }, how)
}

/** What becomes of a text by what it is like and what was chosen: null when it is a document of its own. */
function settleLike(like: Likeness | null, { choices, input }: Import): Settlement | 'revise' | null {
  if (input.decision === 'revise' && input.reviseId !== undefined) return 'revise'
  if (like === null) return null
  const result: JobResult = { found: { id: like.id, likeness: like.likeness, share: like.share } }
  if (like.likeness !== 'near') return choices.onSame === 'import' ? null : { state: 'skipped', result }
  if (choices.onSimilar === 'import') return null
  if (choices.onSimilar === 'revise') return 'revise'
  return { state: choices.onSimilar === 'skip' ? 'skipped' : 'undecided', result }
}

async function sourceOf({ actor, choices, input, imported }: Import): Promise<SourceChoice> {
  if (input.source !== undefined) return input.source
  const named = choices.sourceOfText ? await suggestSource(permit(actor, 'document.create'), imported) : null
  return named === null ? choices.source : { name: named.name }
}

async function store(item: HeldItem, given: Import, { settle }: ItemWork): Promise<Settlement | 'settled'> {
  const { actor, choices, input, imported } = given
  const { author, publishedOn, language } = choices
  try {
    await createDocument(permit(actor, 'document.create'), {
      source: await sourceOf(given),
      imported,
      overrides: { author, publishedOn, language },
      origin: originOf(actor, input.address === undefined ? 'file' : 'address'),
      allowDuplicate: choices.onSame === 'import' || input.decision === 'import',
      alongside: ({ tx, now }, documentId) => settle(tx, now, { state: 'done', result: { documentId } }),
    })
    return 'settled'
  } catch (error) {
    // The same text came in at this moment, as another item may have.
    if (!(error instanceof DomainError) || error.code !== 'conflict') throw error
    const like = await findLike(permit(actor, 'document.create'), imported)
    if (like === null) throw error
    return { state: 'skipped', result: { found: { id: like.id, likeness: like.likeness, share: like.share } } }
  }
}

async function revise(
  { actor, input, imported }: Import,
  { documentId, work }: { documentId: string; work: ItemWork },
): Promise<Settlement | 'settled'> {
  const result: JobResult = { documentId, asRevision: true }
  const { created } = await createRevision(permit(actor, 'revision.create'), {
    documentId,
    imported,
    origin: originOf(actor, input.address === undefined ? 'file' : 'address'),
    alongside: ({ tx, now }) => work.settle(tx, now, { state: 'done', result }),
  })
  if (created) return 'settled'
  return {
    state: 'skipped',
    message: 'The latest revision of the document has this text already.',
    result: { found: { id: documentId, likeness: 'text', share: 1 } },
  }
}

/** The host of an address, as its site is asked for one page at a time. */
export function hostOf(address: string): string {
  return isWebAddress(address) ? new URL(address).host : ''
}
