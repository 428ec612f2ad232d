'use client'

import { useState, useTransition } from 'react'
import { FormMessage } from '@/components/auth/form-message'
import type { FormState } from '@/components/auth/form-state'
import { AlertDialog } from '@/components/ui/alert-dialog'
import { Button } from '@/components/ui/button'
import { LocalTime } from '@/components/ui/local-time'
import { Cell, HeadCell, Table } from '@/components/ui/table'
import type { TokenView } from '@/lib/domain/members/schema'

/** The person's own tokens, and the way to revoke one. */
export function TokenList({
  tokens,
  onRevoke,
}: {
  tokens: readonly TokenView[]
  onRevoke: (id: string) => Promise<FormState>
}) {
  const [asking, setAsking] = useState<TokenView | null>(null)
  const [message, setMessage] = useState<string>()
  const [pending, startTransition] = useTransition()
  if (tokens.length === 0) return <p className="text-ink-3">You have no tokens.</p>
  return (
    <div className="grid gap-3">
      <FormMessage>{message}</FormMessage>
      <Table caption="Your tokens">
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
                {token.expiresAt === null ? 'You revoke it' : <LocalTime instant={token.expiresAt} />}
              </Cell>
              <Cell className="text-end max-md:px-1">
                <Button
                  size="small"
                  variant="quiet"
                  aria-label={`Revoke ${token.name}`}
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
        description="Whatever uses it is refused from now on. This cannot be undone."
        confirmLabel="Revoke"
        busy={pending}
        onCancel={() => {
          setAsking(null)
        }}
        onConfirm={() => {
          if (asking === null) return
          startTransition(async () => {
            setMessage((await onRevoke(asking.id)).message)
            setAsking(null)
          })
        }}
      />
    </div>
  )
}
