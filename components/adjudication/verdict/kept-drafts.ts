import { z } from 'zod'
import { ratings } from '@/lib/domain/annotations/rating'
import { evidenceViewSchema } from '@/lib/domain/claims/schema'
import { verdictReasonCodes } from '@/lib/domain/claims/verdict'
import type { Draft } from './draft'
import type { DBSchema } from 'idb'
import { openInTime } from '@/lib/client/open-database'

interface ShelfSchema extends DBSchema {
  /** By group, then by what the draft is for. Values of other versions of the program may lie among them. */
  drafts: { key: [string, string]; value: { group: string; key: string; value: unknown } }
}

/** The name of the database in the browser. */
const shelfName = 'sourcemark-drafts'

/** Drafts of one group on this device. */
export interface DraftShelf<T> {
  load: () => Promise<Map<string, T>>
  /** Puts all of it on the device or nothing; null takes a draft off. */
  write: (drafts: ReadonlyMap<string, T | null>) => Promise<void>
}

/**
 * Opens the drafts of a group in IndexedDB: what someone has begun and not sent, to be found again after a reload or a crash. Drafts are not changes:
 * nothing sends them.
 * @param group whose and of what, such as a member's id with a session's
 * @param given.read what lies there as a draft; null for a value that is not one, such as a draft of an older version, which is left aside
 * @throws when the browser has no IndexedDB, refuses it, or does not answer in time.
 */
export async function openDraftShelf<T>(
  group: string,
  { read, name = shelfName }: { read: (value: unknown) => T | null; name?: string },
): Promise<DraftShelf<T>> {
  const database = await openInTime<ShelfSchema>(name, {
    version: 1,
    upgrade: (empty) => {
      empty.createObjectStore('drafts', { keyPath: ['group', 'key'] })
    },
  })
  return {
    load: async () => {
      // A list sorts after every text, so that this spans all keys of the group.
      const rows = await database.getAll('drafts', IDBKeyRange.bound([group], [group, []]))
      const drafts = new Map<string, T>()
      for (const { key, value } of rows) {
        const draft = read(value)
        if (draft !== null) drafts.set(key, draft)
      }
      return drafts
    },
    write: async (drafts) => {
      const tx = database.transaction('drafts', 'readwrite', { durability: 'strict' })
      for (const [key, value] of drafts) {
        if (value === null) void tx.store.delete([group, key])
        else void tx.store.put({ group, key, value })
      }
      await tx.done
    },
  }
}

const draftSchema = z.object({
  base: z.number().int(),
  rating: z.enum(ratings).nullable().optional(),
  disputed: z.boolean(),
  partial: z.boolean(),
  reason: z.enum(verdictReasonCodes).nullable(),
  words: z.string(),
  citations: z.array(evidenceViewSchema),
})

function readDraft(value: unknown): Draft | null {
  const parsed = draftSchema.safeParse(value)
  return parsed.success ? { ...parsed.data, rating: parsed.data.rating } : null
}

/** Opens the verdicts being made of a group on this device. A module of its own, because the page comes before what is kept. @throws when the browser keeps nothing. */
export function openKeptDrafts(group: string): Promise<DraftShelf<Draft>> {
  return openDraftShelf(group, { read: readDraft })
}
