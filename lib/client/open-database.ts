import { openDB, type DBSchema, type OpenDBCallbacks } from 'idb'

/** How long to wait for a database, in ms, before working without it: some browsers never answer in private windows. */
const patience = 4_000

/**
 * Opens a database of this browser. When a newer program in another tab needs to upgrade it, this connection closes, and later writes of this tab
 * fail.
 * @param given.upgrade adds what an older version lacks; a new database has version 0
 * @throws when the browser has no IndexedDB, refuses it, holds a newer version, or does not answer in time.
 */
export async function openInTime<S extends DBSchema>(
  name: string,
  given: { version: number; upgrade: NonNullable<OpenDBCallbacks<S>['upgrade']> },
) {
  let timer: ReturnType<typeof setTimeout> | undefined
  const opening = openDB<S>(name, given.version, {
    upgrade: given.upgrade,
    blocking: () => {
      void opening.then((database) => {
        database.close()
      })
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
