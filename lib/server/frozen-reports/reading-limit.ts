import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { DomainError } from '@/lib/domain/errors'
import type { Caller } from '../auth/address'

/** Readings of published reports from one address in a minute, and where many people share one. */
const ofOne = new RateLimiterMemory({ points: 120, duration: 60 })
/** See `ofOne`. */
const ofMany = new RateLimiterMemory({ points: 3_000, duration: 60 })

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
