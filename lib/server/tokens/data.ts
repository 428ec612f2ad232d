import type { Permit } from '../access/gate'
import { database } from '../db/client'

/** The columns of a token that may be shown. */
export const tokenColumns = {
  id: true,
  name: true,
  hint: true,
  scopes: true,
  createdAt: true,
  expiresAt: true,
  lastUsedAt: true,
} as const

/** A token as the database holds it, without its hash. */
export interface TokenRow {
  id: string
  name: string
  hint: string
  scopes: string
  createdAt: Date
  expiresAt: Date | null
  lastUsedAt: Date | null
}

/** The actor's own tokens in this workspace that were not revoked, newest first. */
export async function listTokens(permit: Permit<'token.list'>): Promise<TokenRow[]> {
  const { read } = await database()
  return read.apiToken.findMany({
    where: { workspaceId: permit.workspaceId, memberId: permit.actor.memberId, revokedAt: null },
    select: tokenColumns,
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  })
}
