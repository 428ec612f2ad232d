'use client'

import { GivenEmailField, NameField, NewPasswordField } from './account-fields'
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
