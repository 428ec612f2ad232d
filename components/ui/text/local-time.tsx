'use client'

import { useSyncExternalStore } from 'react'
import { dateInWords } from './wording'

/** How much of a moment the text shows; the tooltip always shows all of it. */
export type TimeShown = 'day' | 'day-and-time' | 'time'

function subscribeToNothing(): () => void {
  return () => undefined
}

const full = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'long' })

function joined(day: string, time: string, shows: TimeShown): string {
  return { day, time, 'day-and-time': `${day}, ${time}` }[shows]
}

/** Formats a moment in UTC, the same on every machine: "14 March 2025", "14 March 2025, 23:59 UTC". */
export function utcInWords(instant: string, shows: TimeShown): string {
  return joined(dateInWords(instant.slice(0, 10)), `${instant.slice(11, 16)} UTC`, shows)
}

/** Formats a moment in this machine's time zone: "15 March 2025", "15 March 2025, 12:44". */
export function localInWords(instant: string, shows: TimeShown): string {
  const at = new Date(instant)
  const two = (value: number) => String(value).padStart(2, '0')
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-')
  return joined(dateInWords(day), `${two(at.getHours())}:${two(at.getMinutes())}`, shows)
}

/** Formats a moment in full, in this machine's time zone: "Saturday, 15 March 2025 at 13:44:59 GMT+13:45". */
export function fullLocalInWords(instant: string): string {
  return full.format(new Date(instant))
}

/** Whether text may depend on this machine: in the browser after hydration, never on the server. */
export function useIsLocal(): boolean {
  return useSyncExternalStore(
    subscribeToNothing,
    () => true,
    () => false,
  )
}

/**
 * A moment (ISO 8601 in UTC) in the reader's own time zone, with the whole local date and time on hover. The server, which does not know that zone,
 * renders UTC; the browser replaces it after hydration, so that both hydrate the same text.
 */
export function LocalTime({
  instant,
  shows = 'day',
  className,
}: {
  instant: string
  shows?: TimeShown
  className?: string
}) {
  const isLocal = useIsLocal()
  return (
    <time
      dateTime={instant}
      title={isLocal ? fullLocalInWords(instant) : utcInWords(instant, 'day-and-time')}
      className={className}
    >
      {isLocal ? localInWords(instant, shows) : utcInWords(instant, shows)}
    </time>
  )
}
