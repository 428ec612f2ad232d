import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { AuthFrame, DeadLink, OrLine } from '@/components/auth/auth-frame'
import { JoinAsMeForm, JoinAsNewForm } from '@/components/auth/link-forms'
import { SignInForm, OidcButton } from '@/components/auth/sign-in-form'
import { Button } from '@/components/ui/controls/button'
import { currentSession } from '@/lib/server/auth/current'
import { oidcSettings } from '@/lib/server/auth/oidc'
import { loadHasJoined, loadOpenInvitation, type LinkedInvitation } from '@/lib/server/members/loaders'
import { mailIsOn } from '@/lib/server/mail'
import { loadUserName } from '@/lib/server/me/loaders'
import { joinAsMe, joinAsNew, signIn, signOutHere } from '../../actions'

export const metadata: Metadata = { title: 'Invitation' }

const titles = { owner: 'an owner', lead: 'a lead', reviewer: 'a reviewer', viewer: 'a viewer' } as const

export default async function InvitePage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  const session = await currentSession()
  // Single sign-on accepts by the verified address and returns to this link.
  if (session !== null && (await loadHasJoined(token, session.claims.sub))) redirect('/')
  const link = await loadOpenInvitation(token)
  if ('problem' in link) return <DeadLink title="This invitation does not work" problem={link.problem} />
  const invitation = link.value
  return (
    <AuthFrame
      title={`Join ${invitation.workspaceName}`}
      intro={`You are invited to check facts on Sourcemark as ${titles[invitation.role]}.`}
    >
      {session === null ? (
        <JoinSignedOut invitation={invitation} token={token} />
      ) : (
        <JoinSignedIn name={await loadUserName(session.claims.sub)} token={token} />
      )}
    </AuthFrame>
  )
}

function JoinSignedOut({ invitation, token }: { invitation: LinkedInvitation; token: string }) {
  const oidc = oidcSettings()
  const here = `/invite/${token}`
  return (
    <>
      {invitation.hasUser ? (
        <>
          <p className="text-ink-2">There is an account with your address already. Sign in to join with it.</p>
          <SignInForm action={signIn} next={here} email={invitation.email} canMail={mailIsOn()} />
        </>
      ) : (
        <JoinAsNewForm action={joinAsNew} token={token} email={invitation.email} />
      )}
      {oidc !== null && (
        <>
          <OrLine />
          <OidcButton name={oidc.name} next={here} />
        </>
      )}
    </>
  )
}

function JoinSignedIn({ name, token }: { name: string; token: string }) {
  return (
    <>
      <p className="text-ink-2">
        You are signed in as{' '}
        <span dir="auto" className="font-medium text-ink">
          {name}
        </span>
        .
      </p>
      <JoinAsMeForm action={joinAsMe} token={token} />
      <form action={signOutHere}>
        <input type="hidden" name="next" value={`/invite/${token}`} />
        <Button type="submit" variant="quiet">
          Use another account
        </Button>
      </form>
    </>
  )
}
