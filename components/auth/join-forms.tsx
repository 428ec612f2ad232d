'use client'

import { useActionState } from 'react'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/text-field'
import { FormMessage } from './form-message'
import type { FormAction } from './form-state'
import { PasswordField } from './password-field'
import { passwordHint } from './set-up-form'

/** Accepts an invitation as somebody new: a name and a password for the invited address. */
export function JoinAsNewForm({ action, token, email }: { action: FormAction; token: string; email: string }) {
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
      <TextField
        label="Your name"
        name="name"
        autoComplete="name"
        required
        maxLength={120}
        defaultValue={state.values?.['name']}
        error={state.fields?.['name']}
      />
      <PasswordField
        label="Choose a password"
        name="password"
        autoComplete="new-password"
        hint={passwordHint}
        error={state.fields?.['password']}
      />
      <Button type="submit" variant="primary" busy={pending}>
        Join
      </Button>
    </form>
  )
}

/** Accepts an invitation with the account that is signed in. */
export function JoinAsMeForm({ action, token }: { action: FormAction; token: string }) {
  const [state, submit, pending] = useActionState(action, {})
  return (
    <form action={submit} className="grid gap-4">
      <FormMessage>{state.message}</FormMessage>
      <input type="hidden" name="token" value={token} />
      <Button type="submit" variant="primary" busy={pending}>
        Join with this account
      </Button>
    </form>
  )
}
