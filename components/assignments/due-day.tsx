'use client'

import { useWorkspaceZone } from '@/components/shell/frame/workspace-zone'
import { dateInWords, countInWords } from '@/components/ui/text/wording'
import { fullLocalInWords, useIsLocal } from '@/components/ui/text/local-time'
import { daysBetween, dayIn, endOfDayIn } from '@/lib/domain/time/due-day'
import { zoneInWords } from '@/lib/domain/time/time-zone'

/** Writes a due moment (ISO 8601) as the day on which it ends in a time zone, with the zone: "28 March 2026 (Honolulu)". */
export function dueDayInWords(dueAt: string, timeZone: string): string {
  return `${dateInWords(dayIn(Date.parse(dueAt), timeZone))} (${zoneInWords(timeZone)})`
}

/** Says how late work is, in days of a time zone's calendar; `now` is in ms since 1970. */
export function latenessInWords(dueAt: string, { now, timeZone }: { now: number; timeZone: string }): string {
  const days = daysBetween({ from: Date.parse(dueAt), to: now, timeZone }) - 1
  return days < 1 ? 'late since today' : `${countInWords(days, 'day')} late`
}

/** The distance to a due date in days of a time zone's calendar: "in 7 days", "today", "3 days ago". */
export function distanceInWords(dueAt: string, { now, timeZone }: { now: number; timeZone: string }): string {
  const days = daysBetween({ from: now, to: Date.parse(dueAt), timeZone })
  if (days === 0) return 'today'
  return days > 0 ? `in ${countInWords(days, 'day')}` : `${countInWords(-days, 'day')} ago`
}

/** The day of a due date in a time zone (IANA name), as the value of a date field; empty for null. */
export function dayOf(dueAt: string | null, timeZone: string): string {
  return dueAt === null ? '' : dayIn(Date.parse(dueAt), timeZone)
}

/** The end of a day in a time zone (IANA name), as a due date; null for an empty or unfinished field. */
export function endOfDay(day: string, timeZone: string): string | null {
  const end = endOfDayIn(day, timeZone)
  return end === null ? null : new Date(end).toISOString()
}

/** The due day in the workspace's time zone; the tooltip gives the moment on the reader's own clock. */
export function DueDay({ dueAt }: { dueAt: string }) {
  const timeZone = useWorkspaceZone()
  const isLocal = useIsLocal()
  const words = dueDayInWords(dueAt, timeZone)
  const title = isLocal
    ? `Until the end of the day in ${timeZone}: ${fullLocalInWords(dueAt)} on your clock`
    : `Until the end of the day in ${timeZone}`
  return (
    <time dateTime={dueAt} title={title}>
      {words}
    </time>
  )
}

/** When work is due, or how late it is; `now` is the server's time, in ms since 1970. */
export function DueLine({ dueAt, overdue, now }: { dueAt: string; overdue: boolean; now: number }) {
  const timeZone = useWorkspaceZone()
  if (!overdue)
    return (
      <>
        due <DueDay dueAt={dueAt} />
      </>
    )
  return (
    <time dateTime={dueAt} title={`Was due ${dueDayInWords(dueAt, timeZone)}`}>
      {latenessInWords(dueAt, { now, timeZone })}
    </time>
  )
}

/** The distance to a due date, in words; `at` is the server's time (ISO 8601). */
export function DueDistance({ dueAt, at }: { dueAt: string; at: string }) {
  const timeZone = useWorkspaceZone()
  return distanceInWords(dueAt, { now: Date.parse(at), timeZone })
}
