import { dayIn } from '../time/due-day'
import { zoneInWords } from '../time/time-zone'
import type { NotificationData, NotificationType, NotificationView } from './schema'

const sentences: Record<NotificationType, (who: string, what: string) => string> = {
  'assignment-given': (who, what) => `${who} gave you ${what} to review`,
  'assignment-returned': (who, what) => `${who} returned your review of ${what}`,
  'assignment-accepted': (who, what) => `${who} accepted your review of ${what}`,
  'assignment-withdrawn': (who, what) => `${who} took ${what} back from you`,
  'assignment-extended': (who, what) => `${who} changed the due date of ${what}`,
  'assignment-reminder': (who, what) => `${who} reminds you of ${what}`,
  'submission-received': (who, what) => `${who} submitted ${what}`,
  'adjudication-started': (_who, what) => `Claims of ${what} can be settled`,
  'session-closed': (_who, what) => `${what} is closed`,
  mention: (who, what) => `${who} mentioned you in a discussion of ${what}`,
  question: (who, what) => `${who} has a question about ${what}`,
  reply: (who, what) => `${who} wrote in your discussion of ${what}`,
}

const dueWords: Partial<Record<NotificationType, string>> = {
  'assignment-given': ', due',
  'assignment-reminder': ', due',
  'assignment-extended': ' to',
}

function dayInWords(dueAt: string, timeZone: string): string {
  const day = new Date(`${dayIn(Date.parse(dueAt), timeZone)}T00:00:00Z`)
  const words = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
  return `${words.format(day)} (${zoneInWords(timeZone)})`
}

/**
 * A notification in one sentence without its full stop: who did what in which document or session and, for new work, its due day in the workspace's
 * time zone (IANA name). Never the words of a comment or mark.
 */
export function notificationInWords(
  type: NotificationType,
  { actorName = '', title = '', place, dueAt = null }: NotificationData,
  timeZone: string,
): string {
  const what = title === '' ? 'a document' : `“${title}”`
  const where = place === undefined ? what : `${place} of ${what}`
  const words = sentences[type](actorName === '' ? 'A member' : actorName, where)
  const due = dueWords[type]
  const when = dueAt === null || due === undefined ? '' : `${due} ${dayInWords(dueAt, timeZone)}`
  return words.charAt(0).toUpperCase() + words.slice(1) + when
}

/** The path, with its fragment, of the page that a notification leads to. */
export function notificationPath(type: NotificationType, data: NotificationData): string {
  const { documentId, threadId, sessionId, claimId } = data
  if (claimId !== undefined && sessionId !== undefined)
    return `/review-sessions/${sessionId}/adjudication?claim=${claimId}`
  if (threadId !== undefined && documentId !== undefined) return `/documents/${documentId}#thread-${threadId}`
  const isOfSession = type === 'submission-received' || type === 'session-closed' || type === 'adjudication-started'
  if (sessionId !== undefined && (isOfSession || documentId === undefined)) return `/review-sessions/${sessionId}`
  return documentId === undefined ? '/inbox' : `/documents/${documentId}`
}

/** One notification, or several of the same kind and review session grouped into one. */
export type NotificationEntry =
  { kind: 'one'; notification: NotificationView } | { kind: 'many'; notifications: NotificationView[] }

/** The sentence for many notifications of a kind; kinds without an entry are never grouped. */
const sentencesOfMany: Partial<Record<NotificationType, (who: string, count: string) => string>> = {
  'assignment-given': (who, count) => `${who} gave you ${count} documents to review`,
  'assignment-returned': (who, count) => `${who} returned ${count} of your reviews`,
  'assignment-accepted': (who, count) => `${who} accepted ${count} of your reviews`,
  'assignment-withdrawn': (who, count) => `${who} took ${count} documents back from you`,
  'assignment-extended': (who, count) => `${who} changed the due dates of ${count} documents`,
  'assignment-reminder': (who, count) => `${who} reminds you of ${count} documents`,
  'submission-received': (who, count) => `${who} submitted ${count} reviews`,
}

/** The fewest notifications that are grouped. */
const fewest = 3

function keyOf({ type, data, readAt }: NotificationView): string | null {
  if (sentencesOfMany[type] === undefined || data.sessionId === undefined) return null
  return `${type} ${data.sessionId} ${readAt === null ? 'new' : 'read'}`
}

/**
 * Groups notifications of one kind, session and state (new or read) where three or more follow each other. The order stays: a group takes the place
 * of its newest.
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

/** Says several notifications of one kind in one sentence without its full stop: "Ana and 2 others submitted 26 reviews". */
export function groupInWords(notifications: readonly NotificationView[], timeZone: string): string {
  const [first] = notifications
  if (first === undefined) return ''
  const sentence = sentencesOfMany[first.type]
  if (sentence === undefined) return notificationInWords(first.type, first.data, timeZone)
  const names = notifications.flatMap(({ data: { actorName = '' } }) => (actorName === '' ? [] : [actorName]))
  return sentence(peopleInWords(names), String(notifications.length))
}

/** The path that several notifications of one session lead to. */
export function groupPath(notifications: readonly NotificationView[]): string {
  const [first] = notifications
  return first === undefined ? '/inbox' : notificationPath(first.type, { sessionId: first.data.sessionId })
}
