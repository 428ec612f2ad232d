'use client'

import { useActionState, useState, useSyncExternalStore } from 'react'
import { Button } from '@/components/ui/controls/button'
import { Link } from '@/components/ui/controls/link'
import { withFragment } from '@/lib/domain/access/next-path'
import { EmailField, PasswordField } from './account-fields'
import { FormMessage } from './form-message'
import type { FormAction } from './use-form'

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener)
  return () => {
    window.removeEventListener('hashchange', listener)
  }
}

/** The fragment of this page's address, including `#`: browsers keep it when the server redirects to sign-in. Empty during server rendering. */
function useFragment(): string {
  return useSyncExternalStore(
    subscribe,
    () => window.location.hash,
    () => '',
  )
}

export interface SignInFormProps {
  action: FormAction
  next: string
  /** A message shown before the first submission, such as why single sign-on did not work. */
  notice?: string | undefined
  /** Filled in when the address is already known. */
  email?: string | undefined
  /** Whether the server can mail a link for a forgotten password. */
  canMail: boolean
}

/** Signing in by e-mail address and password. Works before any script has loaded. */
export function SignInForm({ action, next, notice, email, canMail }: SignInFormProps) {
  const [state, submit, pending] = useActionState(action, {})
  const fragment = useFragment()
  return (
    <form action={submit} className="grid gap-4">
      <FormMessage>{state.message ?? notice}</FormMessage>
      <input type="hidden" name="next" value={withFragment(next, fragment)} />
      <EmailField label="E-mail address" state={state} known={email} />
      <PasswordField label="Password" name="password" autoComplete="current-password" />
      <Button type="submit" variant="primary" busy={pending}>
        Sign in
      </Button>
      {canMail ? (
        <Link href="/forgot-password" className="text-sm text-accent underline underline-offset-2">
          Forgot your password?
        </Link>
      ) : (
        <p className="text-sm text-ink-3">
          Forgot your password? The server’s administrator can make a link to choose a new one.
        </p>
      )}
    </form>
  )
}

/** Starts sign-in at the OpenID Connect provider, which returns to `next`. */
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

/** Reads the text under a key of an answer's JSON body. @throws when the body is not JSON or has no text there */
async function readText(response: Response, name: string): Promise<string> {
  const body: unknown = await response.json()
  const text: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined
  if (typeof text !== 'string') throw new TypeError(`The answer has no ${name}.`)
  return text
}
