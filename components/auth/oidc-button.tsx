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
      const csrf = (await (await fetch('/api/auth/csrf')).json()) as { csrfToken: string }
      const response = await fetch('/api/auth/signin/oidc', {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({
          csrfToken: csrf.csrfToken,
          callbackUrl: withFragment(next, fragment),
          json: 'true',
        }),
      })
      const { url } = (await response.json()) as { url: string }
      window.location.assign(url)
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
