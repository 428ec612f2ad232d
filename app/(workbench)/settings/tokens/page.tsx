import type { Metadata } from 'next'
import { SettingsSection } from '@/components/settings/settings-section'
import { TokenForm } from '@/components/settings/token-form'
import { TokenList } from '@/components/settings/token-list'
import { requireActor } from '@/lib/server/auth/current'
import { loadTokens } from '@/lib/server/tokens/loaders'
import { createToken, revokeToken } from './actions'

export const metadata: Metadata = { title: 'Tokens' }

export default async function TokensPage() {
  const tokens = await loadTokens(await requireActor('/settings/tokens'))
  return (
    <>
      <SettingsSection
        title="Your tokens"
        intro={
          <>
            A token lets a program use the{' '}
            <a href="/docs/api" className="underline decoration-line-strong underline-offset-2 hover:decoration-ink">
              API
            </a>{' '}
            as you, in this workspace. Whoever has it can do what it may: keep it like a password.
          </>
        }
      >
        <TokenList tokens={tokens} onRevoke={revokeToken} />
      </SettingsSection>
      <SettingsSection title="New token">
        <TokenForm action={createToken} />
      </SettingsSection>
    </>
  )
}
