import type { Rating } from '@/lib/domain/annotations/rating'

/** What a rating is called in the interface. */
export const ratingNames: Record<Rating, string> = {
  sourced: 'Sourced',
  unsourced: 'Unsourced',
  contradicted: 'Contradicted',
  not_checkable: 'Not checkable',
}

/** A share as whole per cent, never rounding something to nothing or nearly all to all. */
export function percent(share: number): string {
  const value = share * 100
  if (value > 0 && value < 1) return '<1'
  if (value < 100 && value > 99) return '>99'
  return String(Math.round(value))
}

/** A partial date (YYYY, YYYY-MM or YYYY-MM-DD) in words; empty for none; anything else as it stands. */
export function dateInWords(date: string | null): string {
  if (date === null) return ''
  if (!/^\d{4}(-(0[1-9]|1[0-2])(-\d{2})?)?$/.test(date)) return date
  const [year = '', month, day] = date.split('-')
  if (month === undefined) return year
  const name = new Intl.DateTimeFormat('en-GB', { month: 'long', timeZone: 'UTC' }).format(
    new Date(`${year}-${month}-01T00:00:00Z`),
  )
  return day === undefined ? `${name} ${year}` : `${Number(day)} ${name} ${year}`
}
