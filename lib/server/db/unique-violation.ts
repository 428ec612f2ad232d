/**
 * Whether a write failed because a unique value is taken: what a check before the write cannot rule out on PostgreSQL, where another
 * transaction may commit in between. P2002 is Prisma's code for it.
 */
export function isUniqueViolation(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'P2002'
}

/**
 * Whether a write failed because another instance's was committed in the meantime, so that it may work, or say more, when it is run again: a unique value
 * is taken, or the database broke a deadlock (P2034).
 */
export function isOvertaken(error: unknown): boolean {
  return (
    isUniqueViolation(error) ||
    (typeof error === 'object' && error !== null && 'code' in error && error.code === 'P2034')
  )
}
