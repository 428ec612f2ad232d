'use client'

import { useActionState } from 'react'
import { Button } from '@/components/ui/controls/button'
import { EmailField, GivenEmailField, NewPasswordField } from './account-fields'
import { FormMessage } from './form-message'
import type { FormAction, FormState } from './form-state'
import { LinkForm } from './link-form'

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
          ? 'If an account has this address, a message with a link is on its way. It works for an hour.'
          : state.message}
      </FormMessage>
      <EmailField label="E-mail address" state={state} />
      <Button type="submit" variant="primary" busy={pending}>
        Send a link
      </Button>
    </form>
  )
}

/** Sets a new password with a link. */
export function NewPasswordForm({ action, token, email }: { action: FormAction; token: string; email: string }) {
  return (
    <LinkForm action={action} token={token} submitLabel="Set the password and sign in">
      {(state) => (
        <>
          <GivenEmailField email={email} />
          <NewPasswordField label="New password" state={state} />
        </>
      )}
    </LinkForm>
  )
}
