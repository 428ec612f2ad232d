import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import {
  MailTimingForm,
  PasswordForm,
  ProfileForm,
  SignOutEverywhere,
  AppearanceForm,
  SignInList,
} from '@/components/settings/account-forms'
import { SettingsSection } from '@/components/settings/settings-section'
import { readAppearance } from '@/components/shell/frame/appearance'
import { requireActor } from '@/lib/server/auth/current'
import { loadMe, loadSignIns } from '@/lib/server/me/loaders'
import { loadNotificationPreferences } from '@/lib/server/notifications/loaders'
import { changePassword, endSignIn, renameMe, signOutEverywhere } from './account-actions'

export const metadata: Metadata = { title: 'Account' }

export default async function AccountPage() {
  const actor = await requireActor('/settings')
  const [me, preferences, signIns] = await Promise.all([
    loadMe(actor),
    loadNotificationPreferences(actor),
    loadSignIns(actor),
  ])
  const jar = await cookies()
  return (
    <>
      <SettingsSection
        title="Profile"
        intro="Your name is shown beside everything you do in every workspace you belong to."
      >
        <ProfileForm action={renameMe} name={me.name} email={me.email} />
      </SettingsSection>
      <SettingsSection
        title="Password"
        {...(me.hasPassword
          ? {}
          : {
              intro:
                'You sign in with single sign-on and have no password here. The server’s administrator can make a link to choose one.',
            })}
      >
        {me.hasPassword && <PasswordForm action={changePassword} email={me.email} />}
      </SettingsSection>
      <SettingsSection
        title="Notifications"
        anchor="notifications"
        intro="Your inbox shows new assignments, returned work and mentions of you. Mail says what happened and where, never what was written."
      >
        <MailTimingForm preferences={preferences} />
      </SettingsSection>
      <SettingsSection title="Appearance" intro="Kept in this browser.">
        <AppearanceForm appearance={readAppearance((name) => jar.get(name)?.value)} />
      </SettingsSection>
      <SettingsSection
        title="Where you are signed in"
        intro="A device that is not used for a week is signed out, and every device after 30 days."
      >
        <SignInList signIns={signIns} onEnd={endSignIn} />
        <SignOutEverywhere onConfirm={signOutEverywhere} />
      </SettingsSection>
    </>
  )
}
