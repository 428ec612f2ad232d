import { randomBytes } from 'node:crypto'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { DomainError } from '@/lib/domain/errors'
import type { Caller } from '../auth/address'
import { perProcess } from '../per-process'

/** Readings of published reports from one address in a minute, and where many people share one. */
const ofOne = new RateLimiterMemory({ points: 120, duration: 60 })
/** See `ofOne`. */
const ofMany = new RateLimiterMemory({ points: 3_000, duration: 60 })

// Between the server in front and the page that it has rendered: a header whose name nobody outside this process knows.
const counted = perProcess('counted-reading', () => ({ header: `x-counted-${randomBytes(16).toString('hex')}` }))

/** Notes in the headers of a request that its reading was counted, so that the page does not count it again. */
export function noteCounted(headers: Record<string, unknown>): void {
  headers[counted.header] = '1'
}

/** Whether the reading behind these headers was counted already. */
export function isCounted(headers: { get(name: string): string | null }): boolean {
  return headers.get(counted.header) !== null
}

/** Counts a reading of a published report or its bundle. @throws DomainError `too-many-requests` with the seconds to wait. */
export async function limitPublicReading({ address, isShared }: Caller): Promise<void> {
  try {
    await (isShared ? ofMany : ofOne).consume(address)
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused
    const retryAfter = Math.max(1, Math.ceil(refused.msBeforeNext / 1000))
    throw new DomainError(
      'too-many-requests',
      `Too many readings from your address. Come back in ${String(retryAfter)} seconds.`,
      { retryAfter },
    )
  }
}
