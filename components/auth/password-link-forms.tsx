'use client'

import { useActionState } from 'react'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/text-field'
import { FormMessage } from './form-message'
import type { FormAction, FormState } from './form-state'
import { PasswordField } from './password-field'
import { passwordHint } from './set-up-form'

interface ForgottenState extends FormState {
  sent?: boolean
}

/** Asks for a link to choose a new password. */
export function ForgottenPasswordForm({ action }: { action: FormAction<ForgottenState> }) {
  const [state, submit, pending] = useActionState(action, {})
  return (
    <form action={submit} className="grid gap-4">
      <FormMessage tone={state.sent === true ? 'plain' : 'problem'}>
        {state.sent === true
          ? 'If somebody here has this address, a message with a link is on its way. It works for an hour.'
          : state.message}
      </FormMessage>
      <TextField
        label="E-mail address"
        type="email"
        name="email"
        autoComplete="username"
        dir="ltr"
        required
        maxLength={254}
        defaultValue={state.values?.['email']}
        error={state.fields?.['email']}
      />
      <Button type="submit" variant="primary" busy={pending}>
        Send a link
      </Button>
    </form>
  )
}

/** Sets a new password with a link. */
export function NewPasswordForm({ action, token, email }: { action: FormAction; token: string; email: string }) {
  const [state, submit, pending] = useActionState(action, {})
  return (
    <form action={submit} className="grid gap-4">
      <FormMessage>{state.message}</FormMessage>
      <input type="hidden" name="token" value={token} />
      <TextField
        label="E-mail address"
        type="email"
        name="email"
        autoComplete="username"
        dir="ltr"
        readOnly
        className="bg-sunken text-ink-2"
        value={email}
      />
      <PasswordField
        label="New password"
        name="password"
        autoComplete="new-password"
        hint={passwordHint}
        error={state.fields?.['password']}
      />
      <Button type="submit" variant="primary" busy={pending}>
        Set the password and sign in
      </Button>
    </form>
  )
}
