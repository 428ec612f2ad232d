import type { Metadata } from 'next'
import { AuthFrame, DeadLink } from '@/components/auth/auth-frame'
import { SetUpForm } from '@/components/auth/link-forms'
import { loadSetupLink } from '@/lib/server/setup/loaders'
import { setUp } from '../../actions'

export const metadata: Metadata = { title: 'Set up' }

export default async function SetUpPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  const link = await loadSetupLink(token)
  if ('problem' in link) return <DeadLink title="This link does not work" problem={link.problem} />
  return (
    <AuthFrame
      title="Set up Sourcemark"
      intro="You become the first owner: you can invite your team and decide who may do what."
    >
      <SetUpForm action={setUp} token={token} />
    </AuthFrame>
  )
}
