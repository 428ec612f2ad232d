import type { PlainLine } from './lines'

const pageNumber =
  /^(?:[-–—]\s?)?(?:(?:page|seite|p\.|pag\.|página|стр\.)\s?)?(\d{1,4})(?:\s?(?:of|\/|von|de|из)\s?\d{1,4})?(?:\s?[-–—])?$/i
const startsLower = /^["'“‘«(]?\p{Ll}/u
const finished = /[.!?…:]["'”’)\]»]*$/u
/** How many lines lie at least between two page numbers. */
const leastPage = 8
/** How far from a page number a running head stands, in lines. */
const near = 2

/**
 * Marks the page numbers and running heads that come with text copied from pages: page numbers by their order, three or more that count up by one
 * with a page's lines between them, and running heads as lines next to them that come again on most pages, regardless of figures in them. They must
 * interrupt a sentence at least once in four times: numbered chapters never do.
 */
export function markRunningLines(lines: readonly PlainLine[]): PlainLine[] {
  const numbers = findPageNumbers(lines)
  if (numbers.length < 3) return [...lines]
  const isNumber = new Set(numbers)
  const running = new Set(numbers)
  const byText = new Map<string, number[]>()
  for (const at of numbers) {
    for (let other = at - near; other <= at + near; other += 1) {
      const line = lines[other]
      if (!line || isNumber.has(other) || line.text.length > 100 || line.fixed || startsLower.test(line.text)) continue
      const key = line.text.replace(/\d+/g, '#').replace(/\s+/g, ' ').toLowerCase()
      byText.set(key, [...(byText.get(key) ?? []), other])
    }
  }
  for (const found of byText.values())
    if (found.length >= Math.max(2, numbers.length * 0.4)) for (const at of found) running.add(at)
  const interrupting = numbers.filter((at) => interrupts(lines, running, at)).length
  if (interrupting * 4 < numbers.length) return [...lines]
  return lines.map((line, at) => (running.has(at) ? { ...line, running: true } : line))
}

/** The longest series of lines that are page numbers, counting up. */
function findPageNumbers(lines: readonly PlainLine[]): number[] {
  const found: { at: number; number: number }[] = []
  lines.forEach(({ text, fixed }, at) => {
    const number = fixed || text.length > 24 ? undefined : pageNumber.exec(text)?.[1]
    if (number !== undefined) found.push({ at, number: Number(number) })
  })
  const series = new Map<number, number[]>()
  for (const { at, number } of found) {
    const before = series.get(number - 1)
    const last = before?.at(-1)
    const next = before && last !== undefined && at - last >= leastPage ? [...before, at] : [at]
    if (next.length >= (series.get(number)?.length ?? 0)) series.set(number, next)
  }
  return [...series.values()].reduce<number[]>((best, one) => (one.length > best.length ? one : best), [])
}

function interrupts(lines: readonly PlainLine[], running: ReadonlySet<number>, at: number): boolean {
  let before = at - 1
  let behind = at + 1
  while (running.has(before)) before -= 1
  while (running.has(behind)) behind += 1
  const [above, below] = [lines[before]?.text, lines[behind]?.text]
  return above !== undefined && below !== undefined && !finished.test(above) && startsLower.test(below)
}
