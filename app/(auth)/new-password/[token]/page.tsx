import type { Metadata } from 'next'
import { AuthFrame, DeadLink } from '@/components/auth/auth-frame'
import { NewPasswordForm } from '@/components/auth/link-forms'
import { loadPasswordReset } from '@/lib/server/me/loaders'
import { choosePassword } from '../../actions'

export const metadata: Metadata = { title: 'New password' }

export default async function NewPasswordPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  const link = await loadPasswordReset(token)
  if ('problem' in link) return <DeadLink title="This link does not work" problem={link.problem} />
  return (
    <AuthFrame title="Choose a new password" intro="You are signed out everywhere else when it is set.">
      <NewPasswordForm action={choosePassword} token={token} email={link.value.email} />
    </AuthFrame>
  )
}
