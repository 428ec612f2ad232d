import type { Metadata } from 'next'
import { SettingsSection } from '@/components/settings/settings-section'
import { WorkspaceForm } from '@/components/settings/workspace-form'
import { requireActor } from '@/lib/server/auth/current'
import { loadWorkspace } from '@/lib/server/workspaces/loaders'
import { renameWorkspace } from './actions'

export const metadata: Metadata = { title: 'Workspace' }

export default async function WorkspacePage() {
  const workspace = await loadWorkspace(await requireActor('/settings/workspace'))
  return (
    <SettingsSection title="Workspace" intro="The name your whole team sees.">
      {workspace.can.includes('workspace.update') ? (
        <WorkspaceForm action={renameWorkspace} name={workspace.name} version={workspace.version} />
      ) : (
        <div className="grid gap-1">
          <p dir="auto" className="font-medium [overflow-wrap:anywhere]">
            {workspace.name}
          </p>
          <p className="text-ink-3">An owner can change it.</p>
        </div>
      )}
    </SettingsSection>
  )
}
