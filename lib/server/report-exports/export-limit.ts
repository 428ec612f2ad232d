import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { DomainError } from '@/lib/domain/errors'

/** Exports of one member, or from one address, in a minute. */
const exportsOfOne = new RateLimiterMemory({ points: 60, duration: 60 })

/** Counts an export. @throws DomainError `too-many-requests` with the seconds to wait. */
export async function limitExports(caller: string): Promise<void> {
  try {
    await exportsOfOne.consume(caller)
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused
    const retryAfter = Math.max(1, Math.ceil(refused.msBeforeNext / 1000))
    throw new DomainError('too-many-requests', `Too many exports. Come back in ${String(retryAfter)} seconds.`, {
      retryAfter,
    })
  }
}
