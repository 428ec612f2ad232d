'use client'

import { useState, useTransition } from 'react'
import { FormMessage } from '@/components/auth/form-message'
import { runAction, useForm, type FormState, type FormAction } from '@/components/auth/use-form'
import { AlertDialog } from '@/components/ui/overlays/dialog'
import { Button } from '@/components/ui/controls/button'
import { LocalTime } from '@/components/ui/text/local-time'
import { Cell, HeadCell, Table } from '@/components/ui/layout/table'
import type { MemberTokenView, TokenView } from '@/lib/domain/members/schema'
import { Checkbox } from '@/components/ui/controls/choices'
import { TextField, Select } from '@/components/ui/controls/field'
import type { TokenScope } from '@/lib/domain/access/policy'
import { CopyOnce } from '@/components/ui/controls/copy-words'

interface TokenState extends FormState {
  made?: { name: string; secret: string }
}

const scopes: readonly { value: TokenScope; label: string; hint: string }[] = [
  { value: 'read', label: 'Read', hint: 'Documents, annotations, references, reports.' },
  { value: 'annotate', label: 'Annotate', hint: 'Highlights, ratings, citations and references.' },
  { value: 'manage', label: 'Manage', hint: 'Sources and documents, such as an import.' },
  { value: 'administer', label: 'Administer', hint: 'Members, invitations, tokens and the workspace.' },
]

const lives = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'One year' },
  { value: '0', label: 'Until revoked' },
]

/** A list of tokens, each with its owner unless it is the user's own, and a button that revokes it. */
export function TokenList({
  caption,
  none,
  tokens,
  onRevoke,
}: {
  caption: string
  /** The text shown when there are none. */
  none: string
  tokens: readonly (TokenView | MemberTokenView)[]
  onRevoke: (id: string) => Promise<FormState>
}) {
  const [asking, setAsking] = useState<TokenView | null>(null)
  const [message, setMessage] = useState<string>()
  const [pending, startTransition] = useTransition()
  if (tokens.length === 0) return <p className="text-ink-3">{none}</p>
  return (
    <div className="grid gap-3">
      <FormMessage>{message}</FormMessage>
      <Table caption={caption}>
        <thead>
          <tr>
            <HeadCell>Name</HeadCell>
            <HeadCell>May</HeadCell>
            <HeadCell className="max-md:hidden">Last used</HeadCell>
            <HeadCell className="max-md:hidden">Works until</HeadCell>
            <HeadCell>
              <span className="sr-only">What can be done</span>
            </HeadCell>
          </tr>
        </thead>
        <tbody>
          {tokens.map((token) => (
            <TokenRow
              key={token.id}
              token={token}
              onRevoke={() => {
                setAsking(token)
              }}
            />
          ))}
        </tbody>
      </Table>
      <AlertDialog
        open={asking !== null}
        title={`Revoke ${asking?.name ?? ''}?`}
        description="Requests with this token are refused from now on, and so are tokens that it made. This cannot be undone."
        confirmLabel="Revoke"
        busy={pending}
        onCancel={() => {
          setAsking(null)
        }}
        onConfirm={() => {
          if (asking === null) return
          startTransition(async () => {
            setMessage((await runAction(() => onRevoke(asking.id))).message)
            setAsking(null)
          })
        }}
      />
    </div>
  )
}

function TokenRow({ token, onRevoke }: { token: TokenView | MemberTokenView; onRevoke: () => void }) {
  return (
    <tr>
      <Cell>
        <span dir="auto" className="block font-medium [overflow-wrap:anywhere]">
          {token.name}
        </span>
        <span dir="ltr" className="font-mono text-sm text-ink-3">
          smk_…{token.hint}
        </span>
        {'member' in token && (
          <span className="block text-sm text-ink-2 [overflow-wrap:anywhere]">
            of <bdi>{token.member.name}</bdi>
          </span>
        )}
        <span className="block text-sm text-ink-3 md:hidden">
          {token.lastUsedAt === null ? (
            'Never used'
          ) : (
            <>
              Last used on <LocalTime instant={token.lastUsedAt} />
            </>
          )}
          {token.expiresAt !== null && (
            <>
              , works until <LocalTime instant={token.expiresAt} />
            </>
          )}
        </span>
      </Cell>
      <Cell>{token.scopes.join(', ')}</Cell>
      <Cell className="whitespace-nowrap text-ink-2 max-md:hidden">
        {token.lastUsedAt === null ? 'Never' : <LocalTime instant={token.lastUsedAt} />}
      </Cell>
      <Cell className="whitespace-nowrap text-ink-2 max-md:hidden">
        {token.expiresAt === null ? 'It is revoked' : <LocalTime instant={token.expiresAt} />}
      </Cell>
      <Cell className="text-end max-md:px-1">
        <Button
          size="small"
          variant="quiet"
          aria-label={'member' in token ? `Revoke ${token.name} of ${token.member.name}` : `Revoke ${token.name}`}
          onClick={onRevoke}
        >
          Revoke
        </Button>
      </Cell>
    </tr>
  )
}

/** Makes a personal token, and shows it only once. */
export function TokenForm({ action }: { action: FormAction<TokenState> }) {
  const { state, props, pending } = useForm(action, {})
  return (
    <div className="grid max-w-2xl gap-4">
      {state.made !== undefined && (
        <div className="grid gap-3 rounded-lg border border-line bg-surface p-4">
          <FormMessage tone="plain">{`“${state.made.name}” is made. Copy it now: it is not shown again.`}</FormMessage>
          <CopyOnce label="Your new token" value={state.made.secret} />
        </div>
      )}
      <form {...props} className="grid gap-4">
        <FormMessage>{state.message}</FormMessage>
        <div className="grid items-start gap-3 sm:grid-cols-[1fr_10rem]">
          <TextField
            label="Name"
            hint="What it is for, such as: nightly import."
            name="name"
            autoComplete="off"
            required
            maxLength={120}
            defaultValue={state.values?.['name']}
            error={state.fields?.['name']}
          />
          <Select label="Works for" name="days" options={lives} defaultValue="90" />
        </div>
        <fieldset className="grid gap-2">
          <legend className="mb-1.5 text-sm font-medium">What it may do, within your role</legend>
          {scopes.map(({ value, label, hint }) => (
            <Checkbox
              key={value}
              name="scopes"
              value={value}
              label={label}
              hint={hint}
              defaultChecked={value === 'read'}
            />
          ))}
          {state.fields?.['scopes'] !== undefined && <p className="text-sm text-danger">{state.fields['scopes']}</p>}
        </fieldset>
        <div>
          <Button type="submit" variant="primary" busy={pending}>
            Make the token
          </Button>
        </div>
      </form>
    </div>
  )
}
