'use client'

import { useState, useTransition } from 'react'
import { FormMessage } from '@/components/auth/form-message'
import { runAction, useForm, type FormState, type FormAction } from '@/components/auth/use-form'
import { Button } from '@/components/ui/controls/button'
import { LocalTime } from '@/components/ui/text/local-time'
import { Cell, HeadCell, Table } from '@/components/ui/layout/table'
import { Tag } from '@/components/ui/text/tag'
import type { InvitationState, InvitationView } from '@/lib/domain/members/schema'
import { TextField, Select } from '@/components/ui/controls/field'
import { roleName, roleOptions } from './member-list'
import { CopyOnce } from '@/components/ui/controls/copy-words'

interface InviteState extends FormState {
  delivery?: { email: string; link: string; mail: 'sent' | 'off' | 'failed' }
}

const states: Record<InvitationState, string> = {
  pending: 'Open',
  accepted: 'Accepted',
  revoked: 'Withdrawn',
  expired: 'Over',
}

/** The invitations of recent months, with a button that withdraws an open one. */
export function InvitationList({
  invitations,
  onRevoke,
}: {
  invitations: readonly InvitationView[]
  onRevoke: (id: string) => Promise<FormState>
}) {
  const [message, setMessage] = useState<string>()
  const [pending, startTransition] = useTransition()
  if (invitations.length === 0) return <p className="text-ink-3">Nobody has been invited in the last 90 days.</p>
  return (
    <div className="grid gap-3">
      <FormMessage>{message}</FormMessage>
      <Table caption="Invitations of the last 90 days">
        <thead>
          <tr>
            <HeadCell>Address</HeadCell>
            <HeadCell className="max-md:hidden">Role</HeadCell>
            <HeadCell>State</HeadCell>
            <HeadCell className="max-md:hidden">Until</HeadCell>
            <HeadCell>
              <span className="sr-only">What can be done</span>
            </HeadCell>
          </tr>
        </thead>
        <tbody>
          {invitations.map((invitation) => (
            <tr key={invitation.id}>
              <Cell>
                <span dir="ltr" className="[overflow-wrap:anywhere]">
                  {invitation.email}
                </span>
                <span className="block text-sm text-ink-3 md:hidden">
                  {roleName(invitation.role)}, until <LocalTime instant={invitation.expiresAt} />
                </span>
              </Cell>
              <Cell className="max-md:hidden">{roleName(invitation.role)}</Cell>
              <Cell>
                <Tag tone={invitation.state === 'pending' ? 'accent' : 'neutral'}>{states[invitation.state]}</Tag>
              </Cell>
              <Cell className="whitespace-nowrap text-ink-2 max-md:hidden">
                <LocalTime instant={invitation.expiresAt} />
              </Cell>
              <Cell className="text-end max-md:px-1">
                {invitation.can.includes('invitation.revoke') && (
                  <Button
                    size="small"
                    variant="quiet"
                    busy={pending}
                    aria-label={`Withdraw the invitation of ${invitation.email}`}
                    onClick={() => {
                      startTransition(async () => {
                        setMessage((await runAction(() => onRevoke(invitation.id))).message)
                      })
                    }}
                  >
                    Withdraw
                  </Button>
                )}
              </Cell>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  )
}

/** Invites someone by their address, and shows the link to pass on. */
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
    return `The invitation is on its way to ${email}. You can also pass on the link yourself; it works once within seven days.`
  const hand = 'Copy the link now and pass it on yourself. It is shown only here, and works once within seven days.'
  return mail === 'off'
    ? `No mail server is set, so nothing was sent. ${hand}`
    : `The mail server did not accept the message to ${email}. ${hand}`
}
