import { headers } from 'next/headers'
import { DomainError } from '@/lib/domain/errors'
import { callerOf } from './address'
import { countWrongSecret } from './throttle'

/** What a link led to: what was asked for, or why not, in words for its page. */
export type LinkOutcome<T> = { value: T } | { problem: string }

/** Reads what stands behind a link for its page. A link that nobody made counts against the address it came from. */
export async function openLink<T>(work: () => Promise<T>): Promise<LinkOutcome<T>> {
  try {
    return { value: await byLink(work) }
  } catch (error) {
    if (error instanceof DomainError) return { problem: error.message }
    throw error
  }
}

/** Runs the work behind a link, counting one that nobody made. @throws DomainError what `work` throws, or `too-many-requests`. */
export async function byLink<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof DomainError && error.code === 'not-found') countWrongSecret('link', callerOf(await headers()))
    throw error
  }
}
