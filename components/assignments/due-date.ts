import { dayIn, endOfDayIn } from '@/lib/domain/time/due-day'

/** The day of a due date in a time zone (IANA name) as a date field takes it; empty for none. */
export function dayOf(dueAt: string | null, timeZone: string): string {
  return dueAt === null ? '' : dayIn(Date.parse(dueAt), timeZone)
}

/** The end of a day in a time zone (IANA name) as a due date; null for an empty or unfinished field. */
export function endOfDay(day: string, timeZone: string): string | null {
  const end = endOfDayIn(day, timeZone)
  return end === null ? null : new Date(end).toISOString()
}
