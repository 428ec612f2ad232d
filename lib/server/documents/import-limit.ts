import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { DomainError } from '@/lib/domain/errors'
import type { Actor } from '../access/gate'

/** Texts a member may have read in a minute: reading one takes the server's time, not the caller's. */
const imports = new RateLimiterMemory({ points: 600, duration: 60 })

/** Counts texts that are about to be read. @throws DomainError `too-many-requests` with the seconds to wait. */
export async function limitImports(actor: Actor, count: number): Promise<void> {
  try {
    await imports.consume(actor.memberId, count)
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused
    const retryAfter = Math.max(1, Math.ceil(refused.msBeforeNext / 1000))
    throw new DomainError(
      'too-many-requests',
      `At most 600 texts are read in a minute. Go on in ${retryAfter} seconds.`,
      { retryAfter },
    )
  }
}
