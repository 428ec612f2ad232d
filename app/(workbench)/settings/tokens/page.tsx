import type { Metadata } from 'next'
import { SettingsSection } from '@/components/settings/settings-section'
import { TokenList, TokenForm } from '@/components/settings/tokens'
import { requireActor } from '@/lib/server/auth/current'
import { loadOthersTokens, loadTokens } from '@/lib/server/me/loaders'
import { createToken, revokeMemberToken, revokeToken } from './actions'

export const metadata: Metadata = { title: 'Tokens' }

export default async function TokensPage() {
  const actor = await requireActor('/settings/tokens')
  const [tokens, others] = await Promise.all([loadTokens(actor), loadOthersTokens(actor)])
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
            as you, in this workspace. Anyone who has it can do what it allows: keep it like a password.
          </>
        }
      >
        <TokenList caption="Your tokens" none="You have no tokens." tokens={tokens} onRevoke={revokeToken} />
      </SettingsSection>
      <SettingsSection title="New token">
        <TokenForm action={createToken} />
      </SettingsSection>
      {others !== null && (
        <SettingsSection
          title="Tokens of other members"
          intro="As an owner you see which tokens work in this workspace, and can revoke them."
        >
          <TokenList
            caption="Tokens of other members"
            none="Nobody else has a token."
            tokens={others}
            onRevoke={revokeMemberToken}
          />
        </SettingsSection>
      )}
    </>
  )
}
