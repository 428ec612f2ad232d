import { notFound } from '@/lib/domain/errors'
import type { MemberView } from '@/lib/domain/members/schema'
import { mayDo, type Actor, type Permit } from '../access/gate'
import { database, type Reader, type Transaction } from '../db/client'

const memberColumns = {
  id: true,
  userId: true,
  role: true,
  status: true,
  version: true,
  createdAt: true,
  user: { select: { name: true, email: true } },
} as const

/** A member as the database stores it. */
export type MemberRow = NonNullable<Awaited<ReturnType<typeof findMember>>>

function findMember(client: Reader | Transaction, workspaceId: string, memberId: string) {
  return client.member.findFirst({ where: { id: memberId, workspaceId }, select: memberColumns })
}

/** All members of the workspace, in the order in which they joined. */
export async function listMembers(permit: Permit<'member.list'>): Promise<MemberRow[]> {
  const { read } = await database()
  return read.member.findMany({
    where: { workspaceId: permit.workspaceId },
    select: memberColumns,
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
}

/** A member of the permit's workspace. @throws DomainError `not-found`. */
export async function readMember(
  permit: Permit<'member.list' | 'member.update'>,
  memberId: string,
  client?: Transaction,
): Promise<MemberRow> {
  const row = await findMember(client ?? (await database()).read, permit.workspaceId, memberId)
  if (row === null) throw notFound('member')
  return row
}

/** Presents a member to an actor. */
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
