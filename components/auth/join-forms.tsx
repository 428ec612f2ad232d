'use client'

import { useIsLocal } from '@/components/ui/text/local-time'
import { TextField } from '@/components/ui/controls/field'
import { GivenEmailField, NameField, NewPasswordField, EmailField } from './account-fields'
import type { FormAction } from './form-state'
import { LinkForm } from './link-form'

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

/** Makes the workspace, in the time zone of this browser, and its first owner. */
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
