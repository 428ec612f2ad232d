'use client'

import { useState, useTransition } from 'react'
import { FormMessage } from '@/components/auth/form-message'
import { type FormState, runAction } from '@/components/auth/use-form'
import { Button } from '@/components/ui/controls/button'
import { RadioGroup } from '@/components/ui/controls/choices'
import { Cell, HeadCell, Table } from '@/components/ui/layout/table'
import { AlertDialog, Dialog } from '@/components/ui/overlays/dialog'
import { LocalTime } from '@/components/ui/text/local-time'
import { Tag } from '@/components/ui/text/tag'
import type { Role } from '@/lib/domain/access/policy'
import type { MemberChange, MemberView } from '@/lib/domain/members/schema'

/** The roles, ordered by how much they may do, each with its purpose. */
export const roleOptions: readonly { value: Role; label: string; hint: string }[] = [
  { value: 'owner', label: 'Owner', hint: 'Everything, including members, invitations and the workspace itself.' },
  { value: 'lead', label: 'Lead', hint: 'Collects sources and documents, reviews, and reads the audit trail.' },
  { value: 'reviewer', label: 'Reviewer', hint: 'Reads, highlights, rates and cites.' },
  { value: 'viewer', label: 'Viewer', hint: 'Reads documents and reports.' },
]

/** The label of a role. */
export function roleName(role: Role): string {
  return roleOptions.find(({ value }) => value === role)?.label ?? role
}

type ChangeMember = (memberId: string, change: MemberChange, version: number) => Promise<FormState>

/** The members. Those with the right to can change a role, suspend and reinstate. */
export function MemberList({
  members,
  ownId,
  onChange,
}: {
  members: readonly MemberView[]
  ownId: string
  onChange: ChangeMember
}) {
  const [open, setOpen] = useState<{ member: MemberView; what: 'role' | 'status' } | null>(null)
  const [message, setMessage] = useState<string>()
  const [pending, startTransition] = useTransition()
  const mayChange = members.some(({ can }) => can.includes('member.update'))
  const close = () => {
    setOpen(null)
  }
  const change = (member: MemberView, wish: MemberChange) => {
    startTransition(async () => {
      const { message: problem } = await runAction(() => onChange(member.id, wish, member.version))
      setMessage(problem)
      setOpen(null)
    })
  }
  return (
    <div className="grid gap-3">
      <FormMessage>{message}</FormMessage>
      <Table caption="Members of the workspace">
        <thead>
          <tr>
            <HeadCell>Name</HeadCell>
            <HeadCell>Role</HeadCell>
            <HeadCell className="max-md:hidden">Joined</HeadCell>
            {mayChange && (
              <HeadCell>
                <span className="sr-only">What can be done</span>
              </HeadCell>
            )}
          </tr>
        </thead>
        <tbody>
          {members.map((member) => (
            <tr key={member.id}>
              <Cell>
                <span dir="auto" className="block min-w-28 font-medium [overflow-wrap:anywhere]">
                  {member.name}
                  {member.id === ownId && <span className="font-normal text-ink-3"> (you)</span>}
                </span>
                <span dir="ltr" className="text-sm text-ink-3 [overflow-wrap:anywhere]">
                  {member.email}
                </span>
              </Cell>
              <Cell>
                <span className="flex flex-wrap items-center gap-1.5">
                  {roleName(member.role)}
                  {member.status === 'suspended' && <Tag tone="danger">Suspended</Tag>}
                </span>
              </Cell>
              <Cell className="whitespace-nowrap text-ink-2 max-md:hidden">
                <LocalTime instant={member.createdAt} />
              </Cell>
              {mayChange && (
                <Cell className="text-end max-md:px-1">
                  <span className="inline-flex max-md:flex-col">
                    <Button
                      size="small"
                      variant="quiet"
                      aria-label={`Change the role of ${member.name}`}
                      onClick={() => {
                        setOpen({ member, what: 'role' })
                      }}
                    >
                      Change role
                    </Button>
                    <Button
                      size="small"
                      variant="quiet"
                      aria-label={`${member.status === 'active' ? 'Suspend' : 'Reinstate'} ${member.name}`}
                      onClick={() => {
                        setOpen({ member, what: 'status' })
                      }}
                    >
                      {member.status === 'active' ? 'Suspend' : 'Reinstate'}
                    </Button>
                  </span>
                </Cell>
              )}
            </tr>
          ))}
        </tbody>
      </Table>
      {open?.what === 'role' && <RoleDialog member={open.member} busy={pending} onClose={close} onSave={change} />}
      {open?.what === 'status' && (
        <StatusDialog member={open.member} busy={pending} onClose={close} onConfirm={change} />
      )}
    </div>
  )
}

function RoleDialog({
  member,
  busy,
  onClose,
  onSave,
}: {
  member: MemberView
  busy: boolean
  onClose: () => void
  onSave: (member: MemberView, change: MemberChange) => void
}) {
  const [role, setRole] = useState<Role>(member.role)
  return (
    <Dialog
      open
      onClose={onClose}
      title={`The role of ${member.name}`}
      description="A new role applies at once, and signs the person out everywhere."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            busy={busy}
            onClick={() => {
              if (role === member.role) onClose()
              else onSave(member, { role })
            }}
          >
            Save the role
          </Button>
        </>
      }
    >
      <RadioGroup legend="Role" name="role" options={roleOptions} value={role} onChange={setRole} hideLegend />
    </Dialog>
  )
}

function StatusDialog({
  member,
  busy,
  onClose,
  onConfirm,
}: {
  member: MemberView
  busy: boolean
  onClose: () => void
  onConfirm: (member: MemberView, change: MemberChange) => void
}) {
  const suspends = member.status === 'active'
  return (
    <AlertDialog
      open
      title={suspends ? `Suspend ${member.name}?` : `Reinstate ${member.name}?`}
      description={
        suspends
          ? 'They are signed out at once, and neither they nor their tokens can enter this workspace. What they did stays. You can reinstate them at any time.'
          : 'They can sign in and work again, with the role they had.'
      }
      confirmLabel={suspends ? 'Suspend' : 'Reinstate'}
      tone={suspends ? 'danger' : 'plain'}
      busy={busy}
      onCancel={onClose}
      onConfirm={() => {
        onConfirm(member, { status: suspends ? 'suspended' : 'active' })
      }}
    />
  )
}
