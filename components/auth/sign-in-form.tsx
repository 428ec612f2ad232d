'use client'

import { Link } from '@/components/ui/controls/link'
import { useActionState } from 'react'
import { withFragment } from '@/lib/domain/access/next-path'
import { Button } from '@/components/ui/controls/button'
import { EmailField } from './account-fields'
import { FormMessage } from './form-message'
import type { FormAction } from './form-state'
import { PasswordField } from './password-field'
import { useFragment } from './use-fragment'

export interface SignInFormProps {
  action: FormAction
  next: string
  /** Said before anything was sent, such as why another way in did not work. */
  notice?: string | undefined
  /** Filled in when the address is known already. */
  email?: string | undefined
  /** Whether a link for a forgotten password can be mailed. */
  canMail: boolean
}

/** Signing in by e-mail address and password. Works before any script has loaded. */
export function SignInForm({ action, next, notice, email, canMail }: SignInFormProps) {
  const [state, submit, pending] = useActionState(action, {})
  const fragment = useFragment()
  return (
    <form action={submit} className="grid gap-4">
      <FormMessage>{state.message ?? notice}</FormMessage>
      <input type="hidden" name="next" value={withFragment(next, fragment)} />
      <EmailField label="E-mail address" state={state} known={email} />
      <PasswordField label="Password" name="password" autoComplete="current-password" />
      <Button type="submit" variant="primary" busy={pending}>
        Sign in
      </Button>
      {canMail ? (
        <Link href="/forgot-password" className="text-sm text-accent underline underline-offset-2">
          Forgot your password?
        </Link>
      ) : (
        <p className="text-sm text-ink-3">
          Forgot your password? The server’s administrator can make a link to choose a new one.
        </p>
      )}
    </form>
  )
}
