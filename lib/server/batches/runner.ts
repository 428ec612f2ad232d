import { batchChoicesSchema, batchItemSchema, type BatchChoices, type BatchItem } from '@/lib/domain/batches/schema'
import type { SourceChoice } from '@/lib/domain/documents/schema'
import { DomainError } from '@/lib/domain/errors'
import { isWebAddress } from '@/lib/domain/fields'
import type { JobResult } from '@/lib/domain/jobs/schema'
import type { Likeness } from '@/lib/domain/likeness/schema'
import { permit, type Actor } from '../access/gate'
import { actorOfMember } from '../auth/session/check'
import { database } from '../db/client'
import { createDocument } from '../documents/create'
import { readAddress } from '../documents/read-address'
import { originOf, suggestSource } from '../documents/read-import'
import { createRevision } from '../documents/revise'
import type { KnownRobots } from '../fetching/fetch-page'
import type { HeldItem, ItemWork, JobRunner, JobRunners, Settlement } from '../jobs/lease'
import { findLike } from '../likeness/find'
import { perProcess } from '../per-process'
import { readImport } from '../reading/read-submitted'
import type { StorableDocument } from '../reading/storable-document'

interface Import {
  actor: Actor
  choices: BatchChoices
  input: BatchItem
  imported: StorableDocument
}

/** Reads one file or page, and stores it as a document, as a revision of an existing one, or not at all. */
const importItem: JobRunner = {
  async run(item, work) {
    const actor = await actorOfMember(item)
    if (actor === null)
      throw new DomainError('forbidden', 'The member who started this is suspended. Another lead can try it again.')
    const pass = permit(actor, 'document.create')
    const choices = batchChoicesSchema.parse(item.choices)
    const input = batchItemSchema.parse(item.input)
    const imported = await read(item, { actor, choices, input }, work.signal)
    const { read: reader } = await database()
    const like = await findLike(reader, pass, { imported })
    const settlement = settleLike(like, { actor, choices, input, imported })
    if (settlement === null) return store({ actor, choices, input, imported }, work)
    if (settlement !== 'revise') return settlement
    return revise({ actor, choices, input, imported }, { documentId: input.reviseId ?? like?.id ?? '', work })
  },
}

/** The runners of all kinds of jobs. */
export const runners: JobRunners = { import: importItem }

/** How long a site's robots.txt is cached, in ms, so that it is not fetched again for each page. */
const robotsMemory = 10 * 60 * 1000

const memory = perProcess('robots of batches', (): { robots: KnownRobots; since: number } => ({
  robots: new Map(),
  since: 0,
}))

function knownRobots(): KnownRobots {
  const now = Date.now()
  if (now - memory.since > robotsMemory) Object.assign(memory, { robots: new Map(), since: now })
  return memory.robots
}

async function read(
  item: HeldItem,
  { actor, choices, input }: Omit<Import, 'imported'>,
  signal: AbortSignal,
): Promise<StorableDocument> {
  const { language, encoding } = choices
  // Queues separately from what the member reads in the meantime: a batch never takes the readers that a person waits for.
  const how = { caller: `batches of ${actor.memberId}`, signal, language, encoding }
  if (input.address !== undefined) return readAddress(input.address, {}, { ...how, robots: knownRobots() })
  const { read } = await database()
  const file = await read.jobItemFile.findUnique({ where: { itemId: item.id }, select: { bytes: true } })
  if (file === null) throw new DomainError('gone', 'Its file has been deleted. Send it again.')
  return readImport({ bytes: file.bytes, fileName: input.fileName, mediaType: input.mediaType }, how)
}

/** Settles an item whose text is like an existing document, by the member's choices. Null when it becomes a document of its own. */
function settleLike(like: Likeness | null, { choices, input }: Import): Settlement | 'revise' | null {
  if (input.decision === 'revise' && input.reviseId !== undefined) return 'revise'
  if (like === null || input.decision === 'import') return null
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

/** Undoes a write whose text is much like one stored while it was read, for example by another item of the batch. */
class FoundLike extends Error {
  readonly settlement: Settlement

  constructor(settlement: Settlement) {
    super('The text is like one that was stored a moment ago')
    this.settlement = settlement
  }
}

async function store(given: Import, { settle }: ItemWork): Promise<Settlement | 'settled'> {
  const { actor, choices, input, imported } = given
  const { author, publishedOn, language } = choices
  const pass = permit(actor, 'document.create')
  try {
    await createDocument(pass, {
      source: await sourceOf(given),
      imported,
      overrides: { author, publishedOn, language },
      origin: originOf(actor, input.address === undefined ? 'file' : 'address'),
      allowDuplicate: true,
      alongside: async ({ tx, now }, documentId) => {
        const like = input.decision === 'import' ? null : await findLike(tx, pass, { imported, except: documentId })
        const settlement = settleLike(like, given)
        if (settlement === 'revise')
          throw new DomainError('unavailable', 'A text like this was imported at the same moment.', { retryAfter: 1 })
        if (settlement !== null) throw new FoundLike(settlement)
        await settle(tx, now, { state: 'done', result: { documentId } })
      },
    })
    return 'settled'
  } catch (error) {
    if (error instanceof FoundLike) return error.settlement
    throw error
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

/** The host of an address: each site is asked for one page at a time. */
export function hostOf(address: string): string {
  return isWebAddress(address) ? new URL(address).host : ''
}
