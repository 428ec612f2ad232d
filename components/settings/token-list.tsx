'use client'

import { useState, useTransition } from 'react'
import { FormMessage } from '@/components/auth/form-message'
import { runAction } from '@/components/auth/use-form'
import type { FormState } from '@/components/auth/form-state'
import { AlertDialog } from '@/components/ui/overlays/alert-dialog'
import { Button } from '@/components/ui/controls/button'
import { LocalTime } from '@/components/ui/text/local-time'
import { Cell, HeadCell, Table } from '@/components/ui/layout/table'
import type { MemberTokenView, TokenView } from '@/lib/domain/members/schema'

/** Tokens, with whose they are where it is not the person's own, and the way to revoke one. */
export function TokenList({
  caption,
  none,
  tokens,
  onRevoke,
}: {
  caption: string
  /** What is said when there are none. */
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
            <tr key={token.id}>
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
                  aria-label={
                    'member' in token ? `Revoke ${token.name} of ${token.member.name}` : `Revoke ${token.name}`
                  }
                  onClick={() => {
                    setAsking(token)
                  }}
                >
                  Revoke
                </Button>
              </Cell>
            </tr>
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
