import { dayIn } from '../time/due-day'
import { zoneInWords } from '../time/time-zone'
import type { NotificationData, NotificationType } from './schema'

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
 * A notification in one sentence without its full stop: who, what, where in which title, and where work is given or due its due day in the workspace's time
 * zone (IANA name). Never the words of a comment or mark.
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
