/** The day of a due date as a date field takes it; empty for none. Days are in UTC, as the workbench writes them everywhere. */
export function dayOf(dueAt: string | null): string {
  return dueAt?.slice(0, 10) ?? ''
}

/** The end of a day, in UTC, as a due date; null for an empty or unfinished field. */
export function endOfDay(day: string): string | null {
  return /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day)) ? `${day}T23:59:59.000Z` : null
}
