'use server'

import { revalidatePath } from 'next/cache'
import { uuidv7 } from 'uuidv7'
import { idSchema } from '@/lib/domain/fields'
import { newTokenSchema } from '@/lib/domain/members/schema'
import { permit } from '@/lib/server/access/gate'
import { requireCaller } from '@/lib/server/auth/current'
import { checkForm, textOf, valuesOf, formStateOf, type FormState } from '@/lib/server/forms'
import { createToken as create, revokeMemberToken as revokeOther, revokeToken as revoke } from '@/lib/server/me/tokens'

const day = 24 * 60 * 60 * 1000

/** The form's state after a token was made: the token itself, shown only once. */
export interface TokenState extends FormState {
  made?: { name: string; secret: string }
}

/** Makes a token with the form's `name`, `scopes`, and `days` until it expires (0: never). */
export async function createToken(_before: TokenState, form: FormData): Promise<TokenState> {
  const values = { name: textOf(form, 'name') }
  try {
    const actor = await requireCaller()
    const days = Number(textOf(form, 'days'))
    const wish = checkForm(newTokenSchema, {
      ...values,
      id: uuidv7(),
      scopes: valuesOf(form, 'scopes'),
      expiresAt: days > 0 && days <= 3660 ? new Date(Date.now() + days * day).toISOString() : null,
    })
    const { row, secret } = await create(permit(actor, 'token.create'), wish)
    revalidatePath('/settings/tokens')
    return { made: { name: row.name, secret } }
  } catch (error) {
    return formStateOf(error, values)
  }
}

/** Revokes one of the user's own tokens. */
export async function revokeToken(tokenId: string): Promise<FormState> {
  try {
    const actor = await requireCaller()
    await revoke(permit(actor, 'token.revoke'), checkForm(idSchema, tokenId))
  } catch (error) {
    return formStateOf(error)
  }
  revalidatePath('/settings/tokens')
  return {}
}

/** Revokes a token of another member. */
export async function revokeMemberToken(tokenId: string): Promise<FormState> {
  try {
    const actor = await requireCaller()
    await revokeOther(permit(actor, 'member-token.revoke'), checkForm(idSchema, tokenId))
  } catch (error) {
    return formStateOf(error)
  }
  revalidatePath('/settings/tokens')
  return {}
}
