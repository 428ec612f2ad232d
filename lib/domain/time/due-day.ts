const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
  formatters.set(timeZone, made)
  return made
}

/** The calendar day (YYYY-MM-DD) of a moment (ms since 1970) in an IANA time zone. Years 1 to 9999. */
export function dayIn(at: number, timeZone: string): string {
  const parts = new Map(
    formatterOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  )
  const [year = '', month = '', day = ''] = (['year', 'month', 'day'] as const).map((part) => parts.get(part))
  return `${year.padStart(4, '0')}-${month}-${day}`
}

const second = 1000
const hour = 3_600_000
const wholeDay = 24 * hour

/**
 * The last second of a calendar day in an IANA time zone, in ms since 1970; null for an invalid day. Zones reach from 12 hours behind UTC to 14
 * ahead, and the clocks may change at midnight, so bisection finds the second instead of an offset.
 */
export function endOfDayIn(day: string, timeZone: string): number | null {
  const midnight = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN
  if (Number.isNaN(midnight) || !new Date(midnight).toISOString().startsWith(day)) return null
  let inside = midnight + wholeDay - 15 * hour
  let after = midnight + wholeDay + 13 * hour
  while (after - inside > second) {
    const middle = inside + Math.floor((after - inside) / (2 * second)) * second
    if (dayIn(middle, timeZone) <= day) inside = middle
    else after = middle
  }
  return inside
}

/** The number of midnights in an IANA time zone between two moments (ms since 1970); negative when `to` is earlier. */
export function daysBetween({ from, to, timeZone }: { from: number; to: number; timeZone: string }): number {
  return (Date.parse(dayIn(to, timeZone)) - Date.parse(dayIn(from, timeZone))) / wholeDay
}

/** Moves a due moment (ms since 1970) that ends a day in one zone to the end of the same day in another. A due moment at a time of day stays. */
export function moveDueDay(at: number, { from, to }: { from: string; to: string }): number {
  const day = dayIn(at, from)
  return endOfDayIn(day, from) === Math.floor(at / second) * second ? (endOfDayIn(day, to) ?? at) : at
}
