import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { DomainError } from '@/lib/domain/errors'
import type { Actor } from '../access/gate'

/** The most texts a member may have read in a minute: reading takes the server's time, not the caller's. */
const imports = new RateLimiterMemory({ points: 600, duration: 60 })

/** The most pages a member may have fetched in a minute, to protect other sites from overload through this server. */
const fetches = new RateLimiterMemory({ points: 60, duration: 60 })

/** The most comparisons of two texts that a member may ask for in a minute: long texts occupy a process for seconds. */
const comparisons = new RateLimiterMemory({ points: 120, duration: 60 })

/** Counts a comparison of two texts. @throws DomainError `too-many-requests` with the seconds to wait. */
export async function limitComparisons(actor: Actor): Promise<void> {
  await consume(comparisons, { actor, count: 1, what: '120 comparisons of texts are made' })
}

/** Counts texts before they are read. @throws DomainError `too-many-requests` with the seconds to wait. */
export async function limitImports(actor: Actor, count: number): Promise<void> {
  await consume(imports, { actor, count, what: '600 texts are read' })
}

/** Counts a text before it is read, and its page when it is fetched. @throws DomainError `too-many-requests` with the seconds to wait. */
export async function limitSubmission(actor: Actor, { address }: { address?: string | undefined }): Promise<void> {
  await limitImports(actor, 1)
  if (address !== undefined) await consume(fetches, { actor, count: 1, what: '60 pages are fetched' })
}

async function consume(
  limiter: RateLimiterMemory,
  { actor, count, what }: { actor: Actor; count: number; what: string },
): Promise<void> {
  try {
    await limiter.consume(actor.memberId, count)
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused
    const retryAfter = Math.max(1, Math.ceil(refused.msBeforeNext / 1000))
    throw new DomainError('too-many-requests', `At most ${what} in a minute. Go on in ${retryAfter} seconds.`, {
      retryAfter,
    })
  }
}
