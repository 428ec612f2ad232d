'use client'

import { useIsLocal } from '@/components/ui/text/local-time'
import { TextField } from '@/components/ui/controls/text-field'
import { EmailField, NameField, NewPasswordField } from './account-fields'
import type { FormAction } from './form-state'
import { LinkForm } from './link-form'

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
