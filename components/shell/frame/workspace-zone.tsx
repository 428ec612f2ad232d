'use client'

import { createContext, useContext, type ReactNode } from 'react'
import { defaultTimeZone } from '@/lib/domain/time/time-zone'

const WorkspaceZone = createContext(defaultTimeZone)

/** Provides the time zone (IANA name) in which the workspace's due days end. */
export function WorkspaceZoneProvider({ timeZone, children }: { timeZone: string; children: ReactNode }) {
  return <WorkspaceZone value={timeZone}>{children}</WorkspaceZone>
}

/** The time zone (IANA name) of the present workspace. */
export function useWorkspaceZone(): string {
  return useContext(WorkspaceZone)
}
