import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { AuthFrame, OrLine } from '@/components/auth/auth-frame'
import { FormMessage } from '@/components/auth/form-message'
import { SignInForm, OidcButton } from '@/components/auth/sign-in-form'
import { Button } from '@/components/ui/controls/button'
import { safeNextPath } from '@/lib/domain/access/next-path'
import { currentActor, currentSession } from '@/lib/server/auth/current'
import { oidcSettings } from '@/lib/server/auth/oidc'
import { loadIsUnclaimed } from '@/lib/server/setup/loaders'
import { mailIsOn } from '@/lib/server/mail'
import { signIn, signOutHere } from '../actions'

const unusable = 'Signing in did not work. Try again; if it happens once more, tell the server’s administrator.'

const problems: Record<string, string> = {
  CredentialsSignin: 'This e-mail address and password do not belong together. Check both.',
  SessionRequired: 'Sign in to see this page.',
  AccessDenied: 'You were not let in. Ask an owner of the workspace for an invitation.',
  OAuthSignin: 'The single sign-on provider cannot be reached. Try again later, or sign in with a password.',
  OAuthCallback: 'Signing in at the provider was cancelled, took too long, or could not be verified. Start again here.',
  Callback: 'Signing in at the provider could not be finished. Start again here.',
  'oidc-email-missing':
    'The provider did not send your e-mail address. Ask its administrator to release it to Sourcemark.',
  'oidc-email-unverified': 'The provider has not verified your e-mail address yet. Verify it there, then start again.',
  'oidc-not-invited':
    'Nobody has invited this account. Ask an owner of the workspace to invite the e-mail address you use at the provider.',
}

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

/** Shown to someone who is signed in and is an active member of no workspace, for instance because they were suspended. */
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

function Command({ children }: { children: string }) {
  return (
    <code dir="ltr" className="rounded-md bg-sunken px-3 py-2 font-mono text-sm [overflow-wrap:anywhere]">
      {children}
    </code>
  )
}

/** Takes the place of the sign-in form on a server without accounts: says where to find the setup link. Contains no secret. */
function NotSetUp() {
  return (
    <AuthFrame title="Not set up yet" intro="Nobody has an account on this server, so there is nothing to sign in to.">
      <div className="grid gap-3">
        <p>
          When the server started it printed a one-time link in its log. The person who opens the link within 24 hours
          becomes the first owner, and can invite the others.
        </p>
        <p>If the link is lost or has expired, print a new one on the server, in Sourcemark’s folder:</p>
        <Command>npm run sourcemark -- setup-link</Command>
      </div>
    </AuthFrame>
  )
}

/** The message for the `error` that sign-in redirected with; undefined when there was no error. */
function signInProblem(error: string | undefined): string | undefined {
  if (error === undefined || error === '') return undefined
  return Object.hasOwn(problems, error) ? problems[error] : unusable
}
