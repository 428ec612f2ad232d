import type { MemberView } from '@/lib/domain/members/schema'
import { mayDo, type Actor } from '../access/gate'
import type { MemberRow } from './data'

/** A member as the API shows it to an actor. */
export function presentMember(row: MemberRow, actor: Actor): MemberView {
  return {
    id: row.id,
    name: row.user.name,
    email: row.user.email,
    role: row.role,
    status: row.status,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    can: mayDo(actor, 'member.update') ? ['member.update'] : [],
  }
}
