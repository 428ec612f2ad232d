'use client'

import { FormMessage } from '@/components/auth/form-message'
import type { FormAction, FormState } from '@/components/auth/form-state'
import { useForm } from '@/components/auth/use-form'
import { Button } from '@/components/ui/controls/button'
import { Select } from '@/components/ui/controls/select'
import { TextField } from '@/components/ui/controls/text-field'
import { CopyOnce } from './copy-once'
import { roleOptions } from './role-words'

interface InviteState extends FormState {
  delivery?: { email: string; link: string; mail: 'sent' | 'off' | 'failed' }
}

/** Invites someone by their address, and shows the link to hand on. */
export function InviteForm({ action }: { action: FormAction<InviteState> }) {
  const { state, props, pending } = useForm(action, {})
  return (
    <div className="grid max-w-2xl gap-4">
      <form {...props} className="grid items-start gap-3 sm:grid-cols-[1fr_10rem_auto]">
        <TextField
          label="E-mail address"
          type="email"
          name="email"
          dir="ltr"
          autoComplete="off"
          required
          maxLength={254}
          defaultValue={state.values?.['email']}
          error={state.fields?.['email']}
        />
        <Select
          label="Role"
          name="role"
          options={roleOptions}
          key={state.values?.['role']}
          defaultValue={state.values?.['role'] ?? 'reviewer'}
          error={state.fields?.['role']}
        />
        <Button type="submit" variant="primary" busy={pending} className="sm:mt-6.5">
          Invite
        </Button>
      </form>
      <FormMessage>{state.message}</FormMessage>
      {state.delivery !== undefined && (
        <div className="grid gap-3 rounded-lg border border-line bg-surface p-4">
          <FormMessage tone="plain">{said(state.delivery)}</FormMessage>
          <CopyOnce label={`Link for ${state.delivery.email}`} value={state.delivery.link} />
        </div>
      )}
    </div>
  )
}

function said({ email, mail }: { email: string; mail: 'sent' | 'off' | 'failed' }): string {
  if (mail === 'sent')
    return `The invitation is on its way to ${email}. You can also hand on the link yourself; it works once, for seven days.`
  const hand = 'Copy the link now and hand it on yourself; it is shown only here, and works once, for seven days.'
  return mail === 'off'
    ? `No mail server is set, so nothing was sent. ${hand}`
    : `The mail server did not take the message to ${email}. ${hand}`
}
