import { openDB, type DBSchema, type IDBPDatabase } from 'idb'

/** How long to wait for a database, in ms, before working without it: some browsers never answer in private windows. */
const patience = 4_000

/**
 * Opens the first version of a database of this browser. When a newer program in another tab needs it, that one may have it, and what this tab
 * writes from then on fails.
 * @param make what a new database holds
 * @throws when the browser has no IndexedDB, refuses it, or does not answer in time.
 */
export async function openInTime<S extends DBSchema>(
  name: string,
  make: (database: IDBPDatabase<S>) => void,
): Promise<IDBPDatabase<S>> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const opening = openDB<S>(name, 1, {
    upgrade: make,
    blocking: (_current, _blocked, event) => {
      ;(event.target as IDBDatabase).close()
    },
  })
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error('The browser did not open its database in time.'))
    }, patience)
  })
  return Promise.race([opening, late]).finally(() => {
    clearTimeout(timer)
  })
}
