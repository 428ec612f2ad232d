import type { MailTiming } from './schema'

/** How long what is to be mailed at once waits for more of the same minute, in ms. */
export const groupingPause = 20_000
/** Older ones are not mailed any more, in ms: after a long trouble with the mail server nobody wants them all. They stay in the inbox. */
export const mailHorizon = 3 * 86_400_000

/** The last moment at or before `now` when daily messages went out: `hour` o'clock UTC. */
export function lastDigest(now: Date, hour: number): Date {
  const today = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate(), hour)
  return new Date(today <= now.getTime() ? today : today - 86_400_000)
}

/**
 * Which of a member's unread and unmailed notifications go out now, in one message: at once all of them as soon as the oldest has waited a little;
 * daily those from before the last digest; never none. Those past the horizon are left out.
 */
export function dueForMail<T extends { createdAt: Date }>(
  waiting: readonly T[],
  { timing, now, digestHour }: { timing: MailTiming; now: Date; digestHour: number },
): T[] {
  const fresh = waiting.filter(({ createdAt }) => createdAt.getTime() >= now.getTime() - mailHorizon)
  if (timing === 'never') return []
  if (timing === 'daily') {
    const digest = lastDigest(now, digestHour)
    return fresh.filter(({ createdAt }) => createdAt < digest)
  }
  return fresh.some(({ createdAt }) => now.getTime() - createdAt.getTime() >= groupingPause) ? fresh : []
}

/** How long to wait after so many failures in a row, in ms: half a minute, doubled each time up to an hour. */
export function retryPause(failures: number): number {
  return Math.min(30_000 * 2 ** Math.max(0, failures - 1), 3_600_000)
}
