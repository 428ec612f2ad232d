/**
 * Whether a write failed because a unique value is taken: what a check before the write cannot rule out on PostgreSQL, where another
 * transaction may commit in between. P2002 is Prisma's code for it.
 */
export function isTaken(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'P2002'
}
