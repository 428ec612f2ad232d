import { idSchema } from '@/lib/domain/fields'
import type { ForeignCitation } from '@/lib/domain/interchange/foreign-annotation'
import type { Permit } from '../access/gate'
import { database } from '../db/client'
import { readMergedInto } from '../references/merge'
import { viewerOf } from '../visibility/marks'
import { readHiddenReferences } from '../visibility/references'

/** The reference of the library that a citation of a file means; null when the member knows none. */
export type ReferenceFinder = (citation: ForeignCitation) => string | null

/** How many values one query compares. */
const maxCompared = 1_000

/**
 * Finds what citations of a file point to: the reference with their id, or what it was merged into, else the one with their address. With queries for
 * all of them together.
 */
export async function findCitedReferences(
  permit: Permit,
  citations: readonly ForeignCitation[],
): Promise<ReferenceFinder> {
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
