import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { z } from 'zod'
import { annotationInputSchema, type AnnotationInput } from '@/lib/domain/annotations/schema'
import { checkSpan } from '@/lib/domain/annotations/span'
import { DomainError } from '@/lib/domain/errors'
import { idSchema } from '@/lib/domain/fields'
import type { FileItem, ForeignAnnotation, ForeignCitation } from '@/lib/domain/interchange/foreign-annotation'
import { placeFinder, type Located } from '@/lib/domain/interchange/locate'
import { readAnnotationFile } from '@/lib/domain/interchange/read-file'
import type { AnnotationImport, ImportedItem, ImportRefusal, ImportReport } from '@/lib/domain/interchange/schema'
import type { Permit } from '../access/gate'
import { createAnnotation } from '../annotations/mutations'
import { database } from '../db/client'
import { revisionFacts } from '../marking/revision-facts'
import { readMergedInto } from '../references/merge'
import { viewerOf } from '../visibility/marks'
import { readHiddenReferences } from '../visibility/references'

/** An item of a file with its entry in the report so far; `input` is null when it was refused. */
interface PreparedItem {
  entry: ImportedItem
  /** The item's own id when it has the form of our ids, else null. */
  ownId: string | null
  /** The id derived from the item, always the same for the same item. */
  derivedId: string
  input: AnnotationInput | null
}

/** The most time spent finding items before other requests have their turn, and altogether; both in ms. */
const [mostAtOnce, mostSearching] = [10, 20_000]
/** How many items are stored together. */
const itemsAtOnce = 50

/**
 * Imports a file of annotations onto a revision, as the acting member's own. Each is made as by hand, under the same rules and with its own event;
 * one that cannot be made is reported with the reason, and the others are made. Importing the same file again makes nothing new.
 * @throws DomainError `not-found` for the revision, `invalid` for a file that cannot be read or has too many items, `unavailable` or `out-of-space`
 * when the disk fails; what was made until then stays.
 */
export async function importAnnotations(
  permit: Permit<'annotation.create'>,
  { revisionId, input }: { revisionId: string; input: AnnotationImport },
): Promise<ImportReport> {
  const { text } = await revisionFacts(permit, revisionId)
  const file = readAnnotationFile(input.content)
  if (!file.ok) throw refuseFile(file.message)
  const findReference = await findCitedReferences(
    permit,
    file.items.flatMap((item) => (item.ok ? item.annotation.citations : [])),
  )
  const find = placeFinder(text, createHash('sha256').update(text, 'utf8').digest('hex'))
  const prepared: PreparedItem[] = []
  let [searched, sincePause] = [0, 0]
  for (const [index, item] of file.items.entries()) {
    const begun = performance.now()
    const located = item.ok && searched < mostSearching ? find(item.annotation.place) : null
    prepared.push(prepareItem(item, { permit, revisionId, text, located, findReference, index, ...input }))
    const taken = performance.now() - begun
    searched += taken
    sincePause += taken
    if (sincePause < mostAtOnce) continue
    sincePause = 0
    await setImmediate()
  }
  if (!input.preview) await storeAll(permit, revisionId, prepared)
  const items = prepared.map(({ entry }) => entry)
  const count = (outcome: ImportedItem['outcome']) => items.filter((item) => item.outcome === outcome).length
  const counts = { attached: count('attached'), present: count('present'), refused: count('refused') }
  return { form: file.form, preview: input.preview, counts, items }
}

function refuseFile(message: string): DomainError {
  return new DomainError('invalid', message, { fields: [{ path: 'content', message }] })
}

interface Preparation extends Pick<AnnotationImport, 'defaultRating'> {
  permit: Permit
  revisionId: string
  text: string
  located: Located | null
  findReference: ReferenceFinder
  index: number
}

function prepareItem(item: FileItem, given: Preparation): PreparedItem {
  const id = item.ok ? item.annotation.id : item.id
  const entry: ImportedItem = {
    index: given.index,
    id,
    outcome: 'refused',
    annotationId: null,
    start: null,
    end: null,
    exact: null,
    attachment: null,
    differences: [],
    leftOut: [],
    refusal: null,
    reason: null,
  }
  const ownId = idSchema.safeParse(id).data ?? null
  const derivedId = item.ok ? deriveId(given, item.annotation) : ''
  const refuse = (refusal: ImportRefusal, reason: string): PreparedItem => ({
    entry: { ...entry, refusal, reason },
    ownId,
    derivedId,
    input: null,
  })
  if (!item.ok) return refuse(item.refusal, item.reason)
  const { annotation } = item
  const { located, text } = given
  if (located === null)
    return refuse('not-searched', 'Finding the earlier items took too long. Send the rest in another file.')
  if (!located.ok) return refuse(located.refusal, located.reason)
  const { start, end, attachment, differences } = located
  const span = checkSpan(text, { start, end })
  if (!span.ok) return refuse('not-attachable', span.problem.message)
  const rating = annotation.rating ?? given.defaultRating
  if (rating === undefined)
    return refuse(
      'no-rating',
      'It has no rating. Send "defaultRating" for such items, or give it one: as its "rating", or as a tag such as unsourced.',
    )
  const { citations, leftOut } = citationsOf(annotation, given.findReference)
  const { disputed, partial, note, tags } = annotation
  const candidate = { start, end, exact: span.exact, rating, disputed, partial, note, tags, citations }
  const input = annotationInputSchema.safeParse(candidate)
  if (!input.success) {
    const [issue] = input.error.issues
    return refuse('malformed', `${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'it does not fit.'}`)
  }
  const place = { start, end, exact: span.exact, attachment, differences }
  return { entry: { ...entry, ...place, outcome: 'attached', leftOut }, ownId, derivedId, input: input.data }
}

function citationsOf({ citations, leftOut }: ForeignAnnotation, find: ReferenceFinder) {
  const missing = [...leftOut]
  const found = citations.flatMap((citation) => {
    const referenceId = find(citation)
    const { stance, quote, locator, quoteStart, title, url } = citation
    if (referenceId !== null)
      return [{ referenceId, stance, quote, locator, ...(quoteStart === null ? {} : { quoteStart }) }]
    missing.push(
      `the citation of ${[title, url, citation.referenceId ?? '', 'an unnamed reference'].find((name) => name !== '') ?? ''}, which is not in this library`,
    )
    return []
  })
  return { citations: found, leftOut: missing }
}

/**
 * Derives an id that is the same each time a member imports the same item onto a revision: a UUID (version 8) of a hash. Short ids of a file, such as
 * line numbers, are not distinctive enough; with them the item's content is hashed, too.
 */
function deriveId({ permit, revisionId }: Preparation, annotation: ForeignAnnotation): string {
  const { id } = annotation
  const isTelling = id !== null && (id.includes(':') || id.length >= 16)
  const key = isTelling ? id : JSON.stringify(annotation)
  const parts = [permit.workspaceId, permit.actor.memberId, revisionId, key]
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex')
  const variant = ((Number.parseInt(hash.charAt(16), 16) & 3) | 8).toString(16)
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-${variant}${hash.slice(17, 20)}-${hash.slice(20, 32)}`
}

/** Makes the annotations; the first on its own, because it may start an assignment. */
async function storeAll(
  permit: Permit<'annotation.create'>,
  revisionId: string,
  prepared: readonly PreparedItem[],
): Promise<void> {
  const wanted = prepared.filter(({ input }) => input !== null)
  let at = 0
  while (at < wanted.length) {
    const some = wanted.slice(at, at === 0 ? 1 : at + itemsAtOnce)
    await Promise.all(some.map((item) => storeItem(permit, revisionId, item)))
    at += some.length
  }
}

const takenBySchema = z.object({ id: idSchema, revisionId: idSchema })

async function storeItem(permit: Permit<'annotation.create'>, revisionId: string, item: PreparedItem): Promise<void> {
  const { entry, ownId, derivedId, input } = item
  if (input === null) return
  for (const id of ownId === null ? [derivedId] : [ownId, derivedId]) {
    try {
      const { annotation, created } = await createAnnotation(permit, { revisionId, input: { ...input, id } })
      entry.outcome = created ? 'attached' : 'present'
      entry.annotationId = annotation.id
      return
    } catch (error) {
      if (!(error instanceof DomainError) || !['conflict', 'invalid', 'gone'].includes(error.code)) throw error
      const taken = takenBySchema.safeParse(error.details.current).data
      if (taken?.revisionId === revisionId) {
        entry.outcome = 'present'
        entry.annotationId = taken.id
        entry.reason = 'It already exists here with other content or from another member, and was left unchanged.'
        return
      }
      entry.outcome = 'refused'
      entry.refusal = 'not-stored'
      entry.reason = error.message
    }
  }
}

/** The library reference that a citation of a file means; null when there is none that the member may see. */
type ReferenceFinder = (citation: ForeignCitation) => string | null

/** How many values one query compares. */
const maxCompared = 1_000

/**
 * Finds the references that the citations of a file point to, with queries for all of them together: the reference with their id, or the one it was
 * merged into, else the one with their address.
 */
async function findCitedReferences(permit: Permit, citations: readonly ForeignCitation[]): Promise<ReferenceFinder> {
  const { read } = await database()
  const { workspaceId } = permit
  const ids = new Set<string>()
  const urls = new Set<string>()
  for (const { referenceId, url } of citations) {
    if (referenceId !== null && idSchema.safeParse(referenceId).success) ids.add(referenceId)
    if (url !== '') for (const spelling of spellingsOf(url)) urls.add(spelling)
  }
  const merged = new Map<string, string>()
  for (const some of inParts([...ids]))
    for (const [id, into] of await readMergedInto(read, { workspaceId, ids: some })) merged.set(id, into)
  const known = new Map<string, string>()
  const add = async (where: { id: { in: string[] } } | { url: { in: string[] } }) => {
    const rows = await read.reference.findMany({
      where: { workspaceId, deletedAt: null, ...where },
      orderBy: { id: 'asc' },
      select: { id: true, url: true },
    })
    if (rows.length === 0) return
    const among = rows.map(({ id }) => id)
    const hidden = new Set(await readHiddenReferences(read, viewerOf(permit), among))
    for (const { id, url } of rows) {
      if (hidden.has(id)) continue
      known.set(id, id)
      if (url !== '' && !known.has(url)) known.set(url, id)
    }
  }
  for (const some of inParts([...ids].map((id) => merged.get(id) ?? id))) await add({ id: { in: some } })
  for (const some of inParts([...urls])) await add({ url: { in: some } })
  return ({ referenceId, url }) => {
    const byId = referenceId === null ? undefined : known.get(merged.get(referenceId) ?? referenceId)
    return byId ?? spellingsOf(url).flatMap((spelling) => known.get(spelling) ?? [])[0] ?? null
  }
}

/** An address with and without the slash that browsers add. */
function spellingsOf(url: string): string[] {
  if (url === '') return []
  return url.endsWith('/') ? [url, url.slice(0, -1)] : [url]
}

function inParts(values: readonly string[]): string[][] {
  const parts: string[][] = []
  for (let at = 0; at < values.length; at += maxCompared) parts.push(values.slice(at, at + maxCompared))
  return parts
}
