'use client'

import { useActionState } from 'react'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/text-field'
import { FormMessage } from './form-message'
import type { FormAction } from './form-state'
import { PasswordField } from './password-field'

/** What a good password is, said beside every field for a new one. */
export const passwordHint = 'At least 12 characters. Four or five unrelated words work well.'

/** Makes the workspace and its first owner. */
export function SetUpForm({ action, token }: { action: FormAction; token: string }) {
  const [state, submit, pending] = useActionState(action, {})
  return (
    <form action={submit} className="grid gap-4">
      <FormMessage>{state.message}</FormMessage>
      <input type="hidden" name="token" value={token} />
      <TextField
        label="Name of the workspace"
        hint="Your newsroom or team. It can be changed later."
        name="workspaceName"
        autoComplete="organization"
        required
        maxLength={120}
        defaultValue={state.values?.['workspaceName']}
        error={state.fields?.['workspaceName']}
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
      <TextField
        label="Your e-mail address"
        type="email"
        name="email"
        autoComplete="username"
        dir="ltr"
        required
        maxLength={254}
        defaultValue={state.values?.['email']}
        error={state.fields?.['email']}
      />
      <PasswordField
        label="Password"
        name="password"
        autoComplete="new-password"
        hint={passwordHint}
        error={state.fields?.['password']}
      />
      <Button type="submit" variant="primary" busy={pending}>
        Create the workspace
      </Button>
    </form>
  )
}
