import type { MemberView } from '@/lib/domain/members/schema'
import { permit, type Actor } from '../access/gate'
import { listMembers } from './data'
import { presentMember } from './present'

/** The members of the actor's workspace for a page. */
export async function loadMembers(actor: Actor): Promise<MemberView[]> {
  return (await listMembers(permit(actor, 'member.list'))).map((row) => presentMember(row, actor))
}
