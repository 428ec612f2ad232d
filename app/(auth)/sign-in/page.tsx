import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { AuthFrame } from '@/components/auth/auth-frame'
import { FormMessage } from '@/components/auth/form-message'
import { OidcButton } from '@/components/auth/oidc-button'
import { OrLine } from '@/components/auth/or-line'
import { SignInForm } from '@/components/auth/sign-in-form'
import { signInProblem } from '@/components/auth/sign-in-problem'
import { Button } from '@/components/ui/controls/button'
import { safeNextPath } from '@/lib/domain/access/next-path'
import { currentActor, currentSession } from '@/lib/server/auth/current'
import { oidcSettings } from '@/lib/server/auth/oidc'
import { loadIsUnclaimed } from '@/lib/server/setup/loaders'
import { mailIsOn } from '@/lib/server/mail/send'
import { NotSetUp } from '@/components/auth/not-set-up'
import { signIn, signOutHere } from '../actions'

export const metadata: Metadata = { title: 'Sign in' }

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

function first(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value
}

export default async function SignInPage({ searchParams }: Props) {
  const query = await searchParams
  const next = safeNextPath(first(query['next']) ?? first(query['callbackUrl']))
  const error = signInProblem(first(query['error']))
  if ((await currentActor()) !== null) redirect(next)
  if ((await currentSession()) !== null) return <NoMembership />
  if (await loadIsUnclaimed()) return <NotSetUp />
  const oidc = oidcSettings()
  return (
    <AuthFrame title="Sign in">
      <SignInForm action={signIn} next={next} notice={error} canMail={mailIsOn()} />
      {oidc !== null && (
        <>
          <OrLine />
          <OidcButton name={oidc.name} next={next} />
        </>
      )}
    </AuthFrame>
  )
}

/** Someone who is signed in but may work nowhere: suspended, for instance. */
function NoMembership() {
  return (
    <AuthFrame title="No workspace to go to">
      <FormMessage tone="plain">
        You are signed in, but you are not an active member of any workspace. If you were suspended, ask an owner to
        reinstate you; if you have an invitation, open its link.
      </FormMessage>
      <form action={signOutHere}>
        <Button type="submit">Sign out</Button>
      </form>
    </AuthFrame>
  )
}
