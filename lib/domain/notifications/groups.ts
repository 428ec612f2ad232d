import type { NotificationType, NotificationView } from './schema'
import { notificationInWords, notificationPath } from './words'

/** One notification, or several of the same kind in one review session that stand together. */
export type NotificationEntry =
  { kind: 'one'; notification: NotificationView } | { kind: 'many'; notifications: NotificationView[] }

/** What is said of many at once; kinds without an entry stand each for itself. */
const sentences: Partial<Record<NotificationType, (who: string, count: string) => string>> = {
  'assignment-given': (who, count) => `${who} gave you ${count} documents to review`,
  'assignment-returned': (who, count) => `${who} returned ${count} of your reviews`,
  'assignment-accepted': (who, count) => `${who} accepted ${count} of your reviews`,
  'assignment-withdrawn': (who, count) => `${who} took ${count} documents back from you`,
  'assignment-extended': (who, count) => `${who} changed the due dates of ${count} documents`,
  'assignment-reminder': (who, count) => `${who} reminds you of ${count} documents`,
  'submission-received': (who, count) => `${who} submitted ${count} reviews`,
}

/** From how many on they stand as one. */
const fewest = 3

function keyOf({ type, data, readAt }: NotificationView): string | null {
  if (sentences[type] === undefined || data.sessionId === undefined) return null
  return `${type} ${data.sessionId} ${readAt === null ? 'new' : 'read'}`
}

/**
 * Puts notifications of one kind, session and state (new or read) together where three or more of them follow each other. The order stays: a
 * group stands where its newest does.
 */
export function groupNotifications(notifications: readonly NotificationView[]): NotificationEntry[] {
  const runs: NotificationView[][] = []
  for (const notification of notifications) {
    const run = runs.at(-1)
    const [first] = run ?? []
    const key = keyOf(notification)
    if (run !== undefined && first !== undefined && key !== null && key === keyOf(first)) run.push(notification)
    else runs.push([notification])
  }
  return runs.flatMap((run): NotificationEntry[] =>
    run.length >= fewest
      ? [{ kind: 'many', notifications: run }]
      : run.map((notification) => ({ kind: 'one', notification })),
  )
}

function peopleInWords(names: readonly string[]): string {
  const [first = 'A member', second, ...others] = [...new Set(names)]
  if (second === undefined) return first
  return others.length === 0 ? `${first} and ${second}` : `${first} and ${String(others.length + 1)} others`
}

/** Several notifications of one kind in one sentence without its full stop: "Ana and 2 others submitted 26 reviews". */
export function groupInWords(notifications: readonly NotificationView[], timeZone: string): string {
  const [first] = notifications
  if (first === undefined) return ''
  const sentence = sentences[first.type]
  if (sentence === undefined) return notificationInWords(first.type, first.data, timeZone)
  const names = notifications.flatMap(({ data: { actorName = '' } }) => (actorName === '' ? [] : [actorName]))
  return sentence(peopleInWords(names), String(notifications.length))
}

/** The path that several notifications of one session lead to. */
export function groupPath(notifications: readonly NotificationView[]): string {
  const [first] = notifications
  return first === undefined ? '/inbox' : notificationPath(first.type, { sessionId: first.data.sessionId })
}
