import type { MailTiming } from './schema'

/** How long a notification to be mailed at once waits for others to join it in one message, in ms. */
export const groupingPause = 20_000
/** Older notifications are no longer mailed, in ms: after a long failure of the mail server they would be too many. They stay in the inbox. */
export const mailHorizon = 3 * 86_400_000

/** The last moment at or before `now` at which daily messages were sent: `hour` o'clock UTC. */
export function lastDigest(now: Date, hour: number): Date {
  const today = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate(), hour)
  return new Date(today <= now.getTime() ? today : today - 86_400_000)
}

/**
 * The unread and unmailed notifications of a member to send now, in one message. At once: all of them when the oldest has waited `groupingPause`;
 * daily: those from before the last digest; never: none. Those past the horizon are left out.
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

/** How long to wait after a number of failures in a row, in ms: half a minute, doubled each time up to an hour. */
export function retryPause(failures: number): number {
  return Math.min(30_000 * 2 ** Math.max(0, failures - 1), 3_600_000)
}
