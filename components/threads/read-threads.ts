import { readQuietly } from '@/lib/client/api/call'
import type { ThreadView } from '@/lib/domain/threads/schema'

/**
 * Reads the discussions of a document that the person may see, oldest first; null when they could not be loaded. `filter` is a part of the query,
 * such as `&claim=…`.
 */
export async function readThreads(documentId: string, filter = ''): Promise<ThreadView[] | null> {
  const threads: ThreadView[] = []
  let cursor = ''
  for (;;) {
    const path = `/api/v1/documents/${documentId}/threads?limit=200${filter}${cursor}`
    const page = await readQuietly<{ items: ThreadView[]; next: string | null }>(path)
    if (page === null) return null
    threads.push(...page.items)
    if (page.next === null) return threads
    cursor = `&cursor=${page.next}`
  }
}

/** Whether an event may change the comments, or who may read them. */
export function concernsThreads(type: string): boolean {
  return /^(thread|comment|review-session|assignment)\./.test(type)
}
