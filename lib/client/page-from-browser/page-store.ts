import type { DBSchema } from 'idb'
import { openInTime } from '../open-database'

/** A page that waits to be looked at. `at` in ms since 1970. */
interface WaitingPage {
  id: string
  name: string
  html: string
  at: number
}

interface Schema extends DBSchema {
  pages: { key: string; value: WaitingPage }
}

/** How long a page waits for someone to sign in, in ms. */
const longestWait = 60 * 60 * 1000

async function withPages<T>(use: (pages: Awaited<ReturnType<typeof open>>) => Promise<T>): Promise<T> {
  const database = await open()
  try {
    return await use(database)
  } finally {
    database.close()
  }
}

function open() {
  return openInTime<Schema>('sourcemark-pages', {
    version: 1,
    upgrade: (database) => {
      database.createObjectStore('pages', { keyPath: 'id' })
    },
  })
}

/** Keeps a page on this device for the import page, and drops those that nobody came for. @throws when the device refuses. */
export async function keepPage(page: WaitingPage): Promise<void> {
  await withPages(async (database) => {
    const change = database.transaction('pages', 'readwrite')
    for (const { id, at } of await change.store.getAll()) if (at < page.at - longestWait) await change.store.delete(id)
    await change.store.put(page)
    await change.done
  })
}

/** Takes a page that waits, once; null when there is none. @throws when the device refuses. */
export async function takePage(id: string): Promise<File | null> {
  return withPages(async (database) => {
    const change = database.transaction('pages', 'readwrite')
    const page = await change.store.get(id)
    await change.store.delete(id)
    await change.done
    return page === undefined ? null : new File([page.html], page.name, { type: 'text/html;charset=utf-8' })
  })
}
