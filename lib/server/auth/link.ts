import { headers } from 'next/headers'
import { DomainError } from '@/lib/domain/errors'
import { callerOf } from './address'
import { countWrongSecret } from './throttle'

/** What a link gives access to, or why it is refused, in words for its page. */
export type LinkOutcome<T> = { value: T } | { problem: string }

/** Reads for its page what a link gives access to. An unknown link counts against the address it came from. */
export async function openLink<T>(work: () => Promise<T>): Promise<LinkOutcome<T>> {
  try {
    return { value: await byLink(work) }
  } catch (error) {
    if (error instanceof DomainError) return { problem: error.message }
    throw error
  }
}

/** Runs the work behind a link and counts an unknown one. @throws DomainError of `work`, or `too-many-requests`. */
export async function byLink<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof DomainError && error.code === 'not-found') countWrongSecret('link', callerOf(await headers()))
    throw error
  }
}
