import { DomainError, notFound } from '@/lib/domain/errors'
import type { NewToken } from '@/lib/domain/members/schema'
import type { Permit } from '../access/gate'
import { tokenPrefix } from '../auth/api-token'
import { hashSecret, makeSecret } from '../auth/secrets'
import { write } from '../db/write'
import { tokenColumns, type TokenRow } from './data'

/** The most tokens one member keeps at a time. */
const mostTokens = 100

/**
 * Makes a personal token for the actor; `secret` is the token itself, known only here and now.
 * @throws DomainError `invalid` for a time that is over, `forbidden` when a token asks for more than it may do itself, `conflict` for an id
 * that is taken.
 */
export async function createToken(
  permit: Permit<'token.create'>,
  token: NewToken,
): Promise<{ row: TokenRow; secret: string }> {
  const { actor, workspaceId } = permit
  const { scopes } = actor
  const beyond = scopes === 'all' ? [] : token.scopes.filter((scope) => !scopes.includes(scope))
  if (beyond.length > 0) {
    throw new DomainError(
      'forbidden',
      `A token cannot make one that may do more than itself. Leave out: ${beyond.join(', ')}.`,
    )
  }
  const secret = makeSecret(tokenPrefix)
  const row = await write(permit, async ({ tx, now, record }) => {
    const expiresAt = token.expiresAt === null ? null : new Date(token.expiresAt)
    if (expiresAt !== null && expiresAt <= now) {
      throw new DomainError('invalid', 'The token would be over already.', {
        fields: [{ path: 'expiresAt', message: 'Choose a time to come, or none.' }],
      })
    }
    if ((await tx.apiToken.count({ where: { id: token.id } })) > 0) {
      throw new DomainError(
        'conflict',
        'There is a token with this id already; it is shown only once. Make another with a new id.',
      )
    }
    const kept = await tx.apiToken.count({ where: { workspaceId, memberId: actor.memberId, revokedAt: null } })
    if (kept >= mostTokens)
      throw new DomainError('conflict', `At most ${mostTokens} tokens can be kept. Revoke one that is no longer used.`)
    const made = await tx.apiToken.create({
      data: {
        id: token.id,
        workspaceId,
        memberId: actor.memberId,
        name: token.name,
        tokenHash: hashSecret(secret),
        hint: secret.slice(-4),
        scopes: token.scopes.join(' '),
        createdAt: now,
        expiresAt,
      },
      select: tokenColumns,
    })
    record({
      type: 'token.created',
      subjectId: made.id,
      data: { name: made.name, scopes: token.scopes, expiresAt: token.expiresAt },
    })
    return made
  })
  return { row, secret }
}

/** Revokes one of the actor's own tokens, at once. Revoking twice is once. @throws DomainError `not-found`. */
export async function revokeToken(permit: Permit<'token.revoke'>, tokenId: string): Promise<void> {
  await write(permit, async ({ tx, now, record }) => {
    const where = { id: tokenId, workspaceId: permit.workspaceId, memberId: permit.actor.memberId }
    const token = await tx.apiToken.findFirst({ where, select: { name: true, revokedAt: true } })
    if (token === null) throw notFound('token')
    if (token.revokedAt !== null) return
    await tx.apiToken.updateMany({ where, data: { revokedAt: now } })
    record({ type: 'token.revoked', subjectId: tokenId, data: { name: token.name } })
  })
}
