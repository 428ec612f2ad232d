import type { Prisma } from './generated/sqlite/client'

/** Types plain data for Prisma's JSON columns. Their type requires an index signature, which interfaces lack; an `object` is accepted. */
export function asJson(value: object): Prisma.InputJsonObject {
  return value
}

/** The most rows or ids in one statement. */
const chunk = 1_000

/** Processes a long list in parts, in order: a statement has a limited number of parameters. No call for an empty list. */
export async function inChunks<T>(items: readonly T[], act: (some: T[]) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < items.length; from += chunk) await act(items.slice(from, from + chunk))
}
