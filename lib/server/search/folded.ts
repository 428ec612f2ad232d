import { setImmediate as pause } from 'node:timers/promises'
import { foldForSearch } from '@/lib/domain/search/fold'
import { database, type Database } from '../db/client'
import { logger } from '../log'

/** The most short texts whose folding is kept in memory; what a text is folded to never changes. */
const maxKept = 20_000
const kept = new Map<string, string>()

/** `foldForSearch` of a name or another short text, of which a list has the same at each search. */
export function foldKept(text: string): string {
  const known = kept.get(text)
  if (known !== undefined) return known
  const folded = foldForSearch(text)
  if (kept.size >= maxKept) kept.clear()
  kept.set(text, folded)
  return folded
}

/**
 * Stores the folded text of revisions that have none, as those of older versions: until then each search folds them. Several processes may do so at
 * once. Gives the number of revisions that were folded.
 */
export async function foldRevisions({ read, write }: Database): Promise<number> {
  let count = 0
  for (;;) {
    const [revision] = await read.revision.findMany({
      where: { folded: null },
      select: { id: true, text: true },
      take: 1,
    })
    if (revision === undefined) return count
    const { id, text } = revision
    await write.revision.updateMany({ where: { id, folded: null }, data: { folded: foldForSearch(text) } })
    count += 1
    await pause()
  }
}

/** `foldRevisions` for the database of this process, beside everything else. */
export function foldOldRevisions(): void {
  database()
    .then(foldRevisions)
    .catch((error: unknown) => {
      logger().error({ err: error }, 'The texts of older revisions could not be prepared for searching')
    })
}
