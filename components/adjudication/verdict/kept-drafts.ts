import { z } from 'zod'
import { ratings } from '@/lib/domain/annotations/rating'
import { evidenceViewSchema } from '@/lib/domain/claims/schema'
import { verdictReasonCodes } from '@/lib/domain/claims/verdict'
import type { Draft } from './draft'
import type { DBSchema } from 'idb'
import { openInTime } from '@/lib/client/open-database'

interface ShelfSchema extends DBSchema {
  /** Keyed by group, then by the draft's subject. Values written by other versions of the program may be among them. */
  drafts: { key: [string, string]; value: { group: string; key: string; value: unknown } }
}

/** The name of the database in the browser. */
const shelfName = 'sourcemark-drafts'

/** Drafts of one group on this device. */
export interface DraftShelf<T> {
  load: () => Promise<Map<string, T>>
  /** Stores all drafts on the device or none; null removes a draft. */
  write: (drafts: ReadonlyMap<string, T | null>) => Promise<void>
}

/**
 * Opens the drafts of a group in IndexedDB. They are work begun and not sent, kept over a reload or a crash. Drafts are not changes: nothing sends
 * them.
 * @param group the owner and kind of the drafts, such as a member's id with a session's
 * @param given.read parses a stored value; null for a value that is not a draft of this version, which is ignored
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
      // An array sorts after every string, so this range spans all keys of the group.
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

/**
 * Opens the drafts of verdicts of a group on this device. A module of its own, because it is loaded after the page. @throws when the browser keeps
 * nothing.
 */
export function openKeptDrafts(group: string): Promise<DraftShelf<Draft>> {
  return openDraftShelf(group, { read: readDraft })
}
