'use client'

import { useState, useTransition } from 'react'
import { FormMessage } from '@/components/auth/form-message'
import { runAction } from '@/components/auth/use-form'
import type { FormState } from '@/components/auth/form-state'
import { Button } from '@/components/ui/controls/button'
import { LocalTime } from '@/components/ui/text/local-time'
import { Cell, HeadCell, Table } from '@/components/ui/layout/table'
import { Tag } from '@/components/ui/text/tag'
import type { SignInView } from '@/lib/domain/members/schema'

/** Where the person is signed in, and the way to sign one device out. */
export function SignInList({
  signIns,
  onEnd,
}: {
  signIns: readonly SignInView[]
  onEnd: (id: string) => Promise<FormState>
}) {
  const [message, setMessage] = useState<string>()
  const [pending, startTransition] = useTransition()
  return (
    <div className="grid max-w-2xl gap-3">
      <FormMessage>{message}</FormMessage>
      <Table caption="Where you are signed in">
        <thead>
          <tr>
            <HeadCell>Device</HeadCell>
            <HeadCell className="max-md:hidden">Since</HeadCell>
            <HeadCell className="max-md:hidden">Last used</HeadCell>
            <HeadCell>
              <span className="sr-only">What can be done</span>
            </HeadCell>
          </tr>
        </thead>
        <tbody>
          {signIns.map(({ id, device, startedAt, lastUsedAt, current }) => (
            <tr key={id}>
              <Cell>
                {device === '' ? 'Unknown device' : device}
                <span className="block text-sm text-ink-3 md:hidden">
                  Since <LocalTime instant={startedAt} />, last used on <LocalTime instant={lastUsedAt} />
                </span>
              </Cell>
              <Cell className="whitespace-nowrap text-ink-2 max-md:hidden">
                <LocalTime instant={startedAt} />
              </Cell>
              <Cell className="whitespace-nowrap text-ink-2 max-md:hidden">
                <LocalTime instant={lastUsedAt} />
              </Cell>
              <Cell className="text-end max-md:px-1">
                {current ? (
                  <Tag tone="accent">This one</Tag>
                ) : (
                  <Button
                    size="small"
                    variant="quiet"
                    busy={pending}
                    aria-label={`Sign out ${device === '' ? 'an unknown device' : device}`}
                    onClick={() => {
                      startTransition(async () => {
                        setMessage((await runAction(() => onEnd(id))).message)
                      })
                    }}
                  >
                    Sign out
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
