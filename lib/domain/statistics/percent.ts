/** A share as whole per cent, never rounding something to nothing or nearly all to all. */
export function percent(share: number): string {
  const value = share * 100
  if (value > 0 && value < 1) return '<1'
  if (value < 100 && value > 99) return '>99'
  return String(Math.round(value))
}
