'use client'

import { useState, useTransition } from 'react'
import { FormMessage } from '@/components/auth/form-message'
import { runAction } from '@/components/auth/use-form'
import type { FormState } from '@/components/auth/form-state'
import { Button } from '@/components/ui/controls/button'
import { LocalTime } from '@/components/ui/text/local-time'
import { Cell, HeadCell, Table } from '@/components/ui/layout/table'
import { Tag } from '@/components/ui/text/tag'
import type { InvitationState, InvitationView } from '@/lib/domain/members/schema'
import { roleName } from './role-words'

const states: Record<InvitationState, string> = {
  pending: 'Open',
  accepted: 'Accepted',
  revoked: 'Withdrawn',
  expired: 'Over',
}

/** The invitations of the last months, and the way to withdraw an open one. */
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
