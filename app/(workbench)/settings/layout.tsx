import type { ReactNode } from 'react'
import { SettingsNav } from '@/components/settings/settings-nav'
import { PageHeader } from '@/components/ui/layout/page-header'
import { currentActor } from '@/lib/server/auth/current'

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  // The page itself redirects to sign-in.
  if ((await currentActor()) === null) return children
  return (
    <div className="page-column">
      <PageHeader title="Settings" />
      <SettingsNav />
      <div>{children}</div>
    </div>
  )
}
