'use client'

import { createContext, useContext, type ReactNode } from 'react'
import { defaultTimeZone } from '@/lib/domain/time/time-zone'

const WorkspaceZone = createContext(defaultTimeZone)

/** Tells everything below which time zone (IANA name) the workspace's due days end in. */
export function WorkspaceZoneProvider({ timeZone, children }: { timeZone: string; children: ReactNode }) {
  return <WorkspaceZone value={timeZone}>{children}</WorkspaceZone>
}

/** The time zone (IANA name) of the workspace on the screen. */
export function useWorkspaceZone(): string {
  return useContext(WorkspaceZone)
}
