import type { Prisma } from './generated/sqlite/client'

/** Plain data as Prisma’s JSON columns take it. An interface has no index signature, which their type asks for; as an `object` it passes. */
export function asJson(value: object): Prisma.InputJsonObject {
  return value
}

/** How many rows or ids one statement takes at most. */
const chunk = 1_000

/** Does something with a long list, a part at a time and in order: a statement takes only so many parameters. An empty list does nothing. */
export async function inChunks<T>(items: readonly T[], act: (some: T[]) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < items.length; from += chunk) await act(items.slice(from, from + chunk))
}
