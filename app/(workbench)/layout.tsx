import { cookies } from 'next/headers'
import { Suspense, type ReactNode } from 'react'
import { WaitingBadge } from '@/components/notifications/waiting-badge'
import { AppShell } from '@/components/shell/frame/app-shell'
import { readAppearance } from '@/components/shell/frame/appearance'
import { WorkspaceZoneProvider } from '@/components/shell/frame/workspace-zone'
import { LiveProvider } from '@/lib/client/live/use-live'
import { defaultTimeZone } from '@/lib/domain/time/time-zone'
import type { Actor } from '@/lib/server/access/gate'
import { currentActor } from '@/lib/server/auth/current'
import { loadLiveSequence } from '@/lib/server/live/loaders'
import { loadWaiting } from '@/lib/server/notifications/loaders'
import { loadWorkspaces } from '@/lib/server/workspaces/loaders'
import { chooseWorkspace, signOut } from './actions'

export default async function WorkbenchLayout({ children }: { children: ReactNode }) {
  const actor = await currentActor()
  // The page itself redirects to sign-in, because only it knows the address to return to.
  if (actor === null) return children
  const [workspaces, jar] = await Promise.all([loadWorkspaces(actor), cookies()])
  const workspace = workspaces.find(({ id }) => id === actor.workspaceId)
  return (
    <LiveProvider key={actor.memberId} memberId={actor.memberId}>
      <AppShell
        name={actor.name}
        role={actor.role}
        appearance={readAppearance((name) => jar.get(name)?.value)}
        workspaces={workspaces}
        workspaceId={actor.workspaceId}
        memberId={actor.memberId}
        waiting={
          // The page is sent without waiting for the count.
          <Suspense>
            <Waiting actor={actor} />
          </Suspense>
        }
        workspaceName={workspace?.name ?? ''}
        onChooseWorkspace={chooseWorkspace}
        onSignOut={signOut}
      >
        <WorkspaceZoneProvider timeZone={workspace?.timeZone ?? defaultTimeZone}>{children}</WorkspaceZoneProvider>
      </AppShell>
    </LiveProvider>
  )
}

async function Waiting({ actor }: { actor: Actor }) {
  const since = await loadLiveSequence(actor)
  const { total } = await loadWaiting(actor)
  return <WaitingBadge initial={total} since={since} />
}
