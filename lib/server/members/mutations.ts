import { DomainError } from '@/lib/domain/errors'
import { losesLastOwner } from '@/lib/domain/members/rules'
import type { MemberChange } from '@/lib/domain/members/schema'
import type { Permit } from '../access/gate'
import { endSessionsOf } from '../auth/session/sessions'
import { write } from '../db/write'
import { readMember, type MemberRow } from './data'
import { lockWorkspace } from '../workspaces/data'

/**
 * Changes a member's role or status. A new role and a suspension end the person's sessions at once.
 * @param edit.version the version the caller saw; left out by a caller that has just read the row.
 * @throws DomainError `not-found`, `version-mismatch`, or `conflict` when the workspace would be left without an active owner.
 */
export async function changeMember(
  permit: Permit<'member.update'>,
  edit: { memberId: string; change: MemberChange; version?: number },
): Promise<MemberRow> {
  return write(permit, async ({ tx, now, record }) => {
    // Locked, because two owners who demote each other at the same moment would each still see the other.
    await lockWorkspace(tx, permit.workspaceId)
    const before = await readMember(permit, edit.memberId, tx)
    if (edit.version !== undefined && edit.version !== before.version) {
      throw new DomainError(
        'version-mismatch',
        'Another owner changed this member in the meantime. Look at the new state and change it again.',
        {
          current: { id: before.id, role: before.role, status: before.status, version: before.version },
        },
      )
    }
    const role = edit.change.role ?? before.role
    const status = edit.change.status ?? before.status
    if (role === before.role && status === before.status) return before
    const activeOwners = await tx.member.count({
      where: { workspaceId: permit.workspaceId, role: 'owner', status: 'active' },
    })
    if (losesLastOwner(before, edit.change, activeOwners)) {
      throw new DomainError('conflict', 'This is the last active owner. Make another member an owner first.')
    }
    await tx.member.update({
      where: { id: before.id },
      data: { role, status, version: { increment: 1 }, updatedAt: now },
      select: { id: true },
    })
    if (role !== before.role || status === 'suspended') await endSessionsOf(tx, before.userId, now)
    if (role !== before.role) {
      record({ type: 'member.role-changed', subjectId: before.id, data: { before: before.role, after: role } })
    }
    if (status !== before.status) {
      record({
        type: status === 'suspended' ? 'member.suspended' : 'member.reinstated',
        subjectId: before.id,
        data: { before: before.status, after: status },
      })
    }
    return readMember(permit, edit.memberId, tx)
  })
}
