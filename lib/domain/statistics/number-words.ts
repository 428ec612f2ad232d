const small = [
  'no',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
] as const

/** A whole number as running text writes it: words from one to twelve, else digits with separators. */
export function spelled(count: number): string {
  return count > 0 ? (small[count] ?? String(count).replace(/\B(?=(?:\d{3})+$)/g, ',')) : String(count)
}

/** A number with its noun, such as "six documents"; "no documents" for none. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count === 0 ? small[0] : spelled(count)} ${count === 1 ? one : many}`
}

/** A share as a whole percentage: "<1" in place of 0 for a share above 0, and ">99" in place of 100 for a share below 1. */
export function percent(share: number): string {
  const value = share * 100
  if (value > 0 && value < 1) return '<1'
  if (value < 100 && value > 99) return '>99'
  return String(Math.round(value))
}
