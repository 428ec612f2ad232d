'use server'

import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { safeNextPath } from '@/lib/domain/access/next-path'
import { DomainError } from '@/lib/domain/errors'
import { passwordProblem } from '@/lib/domain/members/password'
import { emailSchema, nameSchema } from '@/lib/domain/members/schema'
import { timeZoneSchema } from '@/lib/domain/time/schema'
import { defaultTimeZone } from '@/lib/domain/time/time-zone'
import { callerOf } from '@/lib/server/auth/address'
import { deviceCookieName } from '@/lib/server/auth/cookies'
import { currentSession } from '@/lib/server/auth/current'
import { checkForm, textOf, formStateOf, type FormState } from '@/lib/server/forms'
import { byLink } from '@/lib/server/auth/link'
import { hashPassword } from '@/lib/server/auth/passwords'
import { endCurrentSession, rememberWorkspace, startSession } from '@/lib/server/auth/session/sessions'
import { signInWithPassword } from '@/lib/server/auth/sign-in'
import { beginPasswordMail } from '@/lib/server/auth/throttle'
import { acceptInvitation } from '@/lib/server/invitations/accept'
import { readOpenInvitation } from '@/lib/server/invitations/data'
import { logger } from '@/lib/server/log'
import { mailIsOn, sendMail, passwordResetMessage } from '@/lib/server/mail'
import { createPasswordResetLink, resetPassword } from '@/lib/server/me/password-resets'
import { checkSetupLink, setUpWorkspace } from '@/lib/server/setup/mutations'

/** Checks a new password; a refusal names the field. */
function assertPassword(password: string, context: { email: string; name: string; words?: string[] }): void {
  const message = passwordProblem(password, context)
  if (message !== null) throw new DomainError('invalid', message, { fields: [{ path: 'password', message }] })
}

/** Signs in with the form's `email` and `password`, then goes to `next`. */
export async function signIn(_before: FormState, form: FormData): Promise<FormState> {
  const email = textOf(form, 'email')
  try {
    const user = await signInWithPassword({
      email,
      password: textOf(form, 'password'),
      caller: callerOf(await headers()),
      device: (await cookies()).get(deviceCookieName())?.value,
    })
    await startSession(user)
  } catch (error) {
    return formStateOf(error, { email })
  }
  redirect(safeNextPath(textOf(form, 'next')))
}

/** Signs this browser out, and comes back to `next`. */
export async function signOutHere(form: FormData): Promise<void> {
  await endCurrentSession()
  const next = safeNextPath(textOf(form, 'next'))
  redirect(next === '/' ? '/sign-in' : next)
}

const firstOwnerSchema = z.object({
  workspaceName: nameSchema,
  name: nameSchema,
  email: emailSchema,
  // The time zone that the browser reports. An unknown zone is no reason to refuse the form.
  timeZone: timeZoneSchema.catch(defaultTimeZone),
  password: z.string(),
})

/** Sets Sourcemark up with the link's `token`, and signs its first owner in. */
export async function setUp(_before: FormState, form: FormData): Promise<FormState> {
  const values = {
    workspaceName: textOf(form, 'workspaceName'),
    name: textOf(form, 'name'),
    email: textOf(form, 'email'),
    timeZone: textOf(form, 'timeZone'),
  }
  const token = textOf(form, 'token')
  try {
    await byLink(() => checkSetupLink(token, new Date()))
    const owner = checkForm(firstOwnerSchema, { ...values, password: textOf(form, 'password') })
    assertPassword(owner.password, { email: owner.email, name: owner.name, words: [owner.workspaceName] })
    const user = await byLink(() => setUpWorkspace(token, owner))
    await startSession(user)
    await rememberWorkspace(user.workspaceId)
  } catch (error) {
    return formStateOf(error, values)
  }
  redirect('/')
}

/** Accepts an invitation as someone new: makes the account and signs in. */
export async function joinAsNew(_before: FormState, form: FormData): Promise<FormState> {
  const values = { name: textOf(form, 'name') }
  const token = textOf(form, 'token')
  try {
    const invitation = await byLink(() => readOpenInvitation(token, new Date()))
    const { name } = checkForm(z.object({ name: nameSchema }), values)
    const password = textOf(form, 'password')
    assertPassword(password, { email: invitation.email, name, words: [invitation.workspaceName] })
    const user = await acceptInvitation(token, { name, passwordHash: await hashPassword(password) })
    await startSession(user)
    await rememberWorkspace(user.workspaceId)
  } catch (error) {
    return formStateOf(error, values)
  }
  redirect('/')
}

/** Accepts an invitation with the account that is signed in. */
export async function joinAsMe(_before: FormState, form: FormData): Promise<FormState> {
  const token = textOf(form, 'token')
  try {
    const session = await currentSession()
    if (session === null)
      throw new DomainError('unauthenticated', 'You were signed out in the meantime. Sign in again.')
    const user = await byLink(() => acceptInvitation(token, { userId: session.claims.sub }))
    await rememberWorkspace(user.workspaceId)
  } catch (error) {
    return formStateOf(error)
  }
  redirect('/')
}

/** The page's answer to a request for a link; the same whether or not an account has the address. */
export interface ForgottenState extends FormState {
  sent?: boolean
}

/** Mails a link to choose a new password, when a mail server is set. */
export async function sendPasswordLink(_before: ForgottenState, form: FormData): Promise<ForgottenState> {
  const email = textOf(form, 'email')
  try {
    if (!mailIsOn())
      throw new DomainError('unavailable', 'No mail server is set. Ask the server’s administrator for a link.')
    const { email: address } = checkForm(z.object({ email: emailSchema }), { email })
    beginPasswordMail(address, callerOf(await headers()))
    // Not awaited: the time it takes would reveal whether an account has the address.
    void mailPasswordLink(address)
    return { sent: true, values: { email } }
  } catch (error) {
    return formStateOf(error, { email })
  }
}

async function mailPasswordLink(email: string): Promise<void> {
  try {
    const link = await createPasswordResetLink(email)
    await sendMail(link.email, passwordResetMessage(link))
  } catch (error) {
    if (!(error instanceof DomainError)) logger().error({ err: error }, 'A password link could not be made')
  }
}

/** Sets the new password with the link's `token`, and signs in. */
export async function choosePassword(_before: FormState, form: FormData): Promise<FormState> {
  try {
    const user = await byLink(() => resetPassword(textOf(form, 'token'), textOf(form, 'password')))
    await startSession(user)
  } catch (error) {
    return formStateOf(error)
  }
  redirect('/')
}
