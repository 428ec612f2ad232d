import type { Metadata } from 'next'
import { SettingsSection } from '@/components/settings/settings-section'
import { WorkspaceForm } from '@/components/settings/workspace-form'
import { timeZoneNames } from '@/lib/domain/time/time-zone'
import { requireActor } from '@/lib/server/auth/current'
import { loadWorkspace } from '@/lib/server/workspaces/loaders'
import { changeWorkspace } from './actions'

export const metadata: Metadata = { title: 'Workspace' }

export default async function WorkspacePage() {
  const workspace = await loadWorkspace(await requireActor('/settings/workspace'))
  return (
    <SettingsSection title="Workspace" intro="The name your whole team sees, and where its due days end.">
      {workspace.can.includes('workspace.update') ? (
        <WorkspaceForm
          action={changeWorkspace}
          name={workspace.name}
          timeZone={workspace.timeZone}
          timeZones={timeZoneNames(workspace.timeZone)}
          version={workspace.version}
        />
      ) : (
        <div className="grid gap-1">
          <p dir="auto" className="font-medium [overflow-wrap:anywhere]">
            {workspace.name}
          </p>
          <p>Due days end at midnight in {workspace.timeZone.replaceAll('_', ' ')}.</p>
          <p className="text-ink-3">An owner can change both.</p>
        </div>
      )}
    </SettingsSection>
  )
}
