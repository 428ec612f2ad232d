import type { ScopeChangeView } from '@/lib/domain/documents/schema'

/** The columns a scope change is presented from. */
export const scopeChangeColumns = {
  id: true,
  start: true,
  end: true,
  inScope: true,
  reason: true,
  createdAt: true,
  member: { select: { id: true, user: { select: { name: true } } } },
} as const

/** A row read with `scopeChangeColumns`. */
export interface ScopeChangeRow {
  id: string
  start: number
  end: number
  inScope: boolean
  reason: string
  createdAt: Date
  member: { id: string; user: { name: string } }
}

/** A scope change as answers show it. */
export function presentScopeChange({ member, createdAt, ...row }: ScopeChangeRow): ScopeChangeView {
  const { id, start, end, inScope, reason } = row
  return {
    id,
    start,
    end,
    inScope,
    reason,
    member: { id: member.id, name: member.user.name },
    createdAt: createdAt.toISOString(),
  }
}
