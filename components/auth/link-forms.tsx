'use client'

import { type ReactNode, useActionState } from 'react'
import { Button } from '@/components/ui/controls/button'
import { TextField } from '@/components/ui/controls/field'
import { useIsLocal } from '@/components/ui/text/local-time'
import { EmailField, GivenEmailField, NameField, NewPasswordField } from './account-fields'
import { FormMessage } from './form-message'
import type { FormAction, FormState } from './use-form'

export interface LinkFormProps {
  action: FormAction
  /** The secret from the link. */
  token: string
  submitLabel: string
  /** Renders the fields, given the result of the last submission. */
  children?: (state: FormState) => ReactNode
}

/** A form behind a link with a secret: the message, the fields, and the button. */
export function LinkForm({ action, token, submitLabel, children }: LinkFormProps) {
  const [state, submit, pending] = useActionState(action, {})
  return (
    <form action={submit} className="grid gap-4">
      <FormMessage>{state.message}</FormMessage>
      <input type="hidden" name="token" value={token} />
      {children?.(state)}
      <Button type="submit" variant="primary" busy={pending}>
        {submitLabel}
      </Button>
    </form>
  )
}

/** Accepts an invitation as someone new: a name and a password for the invited address. */
export function JoinAsNewForm({ action, token, email }: { action: FormAction; token: string; email: string }) {
  return (
    <LinkForm action={action} token={token} submitLabel="Join">
      {(state) => (
        <>
          <GivenEmailField email={email} />
          <NameField state={state} />
          <NewPasswordField label="Choose a password" state={state} />
        </>
      )}
    </LinkForm>
  )
}

/** Accepts an invitation with the account that is signed in. */
export function JoinAsMeForm({ action, token }: { action: FormAction; token: string }) {
  return <LinkForm action={action} token={token} submitLabel="Join with this account" />
}

/** Creates the workspace, in the time zone of this browser, and its first owner. */
export function SetUpForm({ action, token }: { action: FormAction; token: string }) {
  const isLocal = useIsLocal()
  return (
    <LinkForm action={action} token={token} submitLabel="Create the workspace">
      {(state) => (
        <>
          <input
            type="hidden"
            name="timeZone"
            value={isLocal ? new Intl.DateTimeFormat().resolvedOptions().timeZone : ''}
          />
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
          <NameField state={state} />
          <EmailField label="Your e-mail address" state={state} />
          <NewPasswordField label="Password" state={state} />
        </>
      )}
    </LinkForm>
  )
}

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
