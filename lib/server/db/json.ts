import type { Prisma } from './generated/sqlite/client'

/** Plain data as Prisma’s JSON columns take it. An interface has no index signature, which their type asks for; as an `object` it passes. */
export function asJson(value: object): Prisma.InputJsonObject {
  return value
}
