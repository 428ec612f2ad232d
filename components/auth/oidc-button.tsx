'use client'

import { useState } from 'react'
import { withFragment } from '@/lib/domain/access/next-path'
import { Button } from '@/components/ui/controls/button'
import { FormMessage } from './form-message'
import { useFragment } from './use-fragment'

/** Starts signing in at the OpenID Connect provider, and comes back to `next`. */
export function OidcButton({ name, next }: { name: string; next: string }) {
  const fragment = useFragment()
  const [busy, setBusy] = useState(false)
  const [message, setMessage] = useState<string>()
  const start = async () => {
    setBusy(true)
    setMessage(undefined)
    try {
      const csrfToken = await readText(await fetch('/api/auth/csrf'), 'csrfToken')
      const response = await fetch('/api/auth/signin/oidc', {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({
          csrfToken,
          callbackUrl: withFragment(next, fragment),
          json: 'true',
        }),
      })
      window.location.assign(await readText(response, 'url'))
    } catch {
      setMessage('The server did not answer. Check the connection and try again.')
      setBusy(false)
    }
  }
  return (
    <div className="grid gap-3">
      <FormMessage>{message}</FormMessage>
      <Button busy={busy} onClick={() => void start()}>
        Continue with {name}
      </Button>
    </div>
  )
}

/** A text that an answer's body holds under a name. @throws when it holds none there, or is not JSON */
async function readText(response: Response, name: string): Promise<string> {
  const body: unknown = await response.json()
  const text: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined
  if (typeof text !== 'string') throw new TypeError(`The answer has no ${name}.`)
  return text
}
