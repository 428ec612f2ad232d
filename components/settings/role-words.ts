import type { Role } from '@/lib/domain/access/policy'

/** The roles in the order of what they may do, with what each is for. */
export const roleOptions: readonly { value: Role; label: string; hint: string }[] = [
  { value: 'owner', label: 'Owner', hint: 'Everything, including members, invitations and the workspace itself.' },
  { value: 'lead', label: 'Lead', hint: 'Collects sources and documents, reviews, and reads the audit trail.' },
  { value: 'reviewer', label: 'Reviewer', hint: 'Reads, highlights, rates and cites.' },
  { value: 'viewer', label: 'Viewer', hint: 'Reads documents and reports.' },
]

/** A role's name as it is shown. */
export function roleName(role: Role): string {
  return roleOptions.find(({ value }) => value === role)?.label ?? role
}
