import type { Metadata } from 'next'
import { AuthFrame } from '@/components/auth/auth-frame'
import { FormMessage } from '@/components/auth/form-message'
import { ForgottenPasswordForm } from '@/components/auth/link-forms'
import { LinkButton } from '@/components/ui/controls/button'
import { mailIsOn } from '@/lib/server/mail'
import { sendPasswordLink } from '../actions'

export const metadata: Metadata = { title: 'Forgotten password' }

export default function ForgottenPasswordPage() {
  const canMail = mailIsOn()
  return (
    <AuthFrame title="Forgotten password">
      {canMail ? (
        <ForgottenPasswordForm action={sendPasswordLink} />
      ) : (
        <FormMessage tone="plain">
          This server has no mail server, so it cannot send you a link. Ask its administrator to make one on the command
          line: sourcemark reset-password-link followed by your address.
        </FormMessage>
      )}
      <LinkButton href="/sign-in" variant="quiet">
        Back to signing in
      </LinkButton>
    </AuthFrame>
  )
}
