/**
 * Fills an empty database with the sample workspace and prints how to sign in. It uses the mutation functions of the application, so the sample has a
 * history like any workspace. Also a program by itself: `tsx prisma/seed.ts`.
 */
import { randomInt } from 'node:crypto'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { uuidv7 } from 'uuidv7'
import { permit, type Actor } from '@/lib/server/access/gate'
import { hashPassword } from '@/lib/server/auth/passwords'
import { publicUrl } from '../lib/server/env'
import { closeDatabase } from '@/lib/server/db/client'
import { acceptInvitation } from '@/lib/server/invitations/accept'
import { createInvitation } from '@/lib/server/invitations/mutations'
import { listMembers } from '@/lib/server/members/data'
import { createSetupLink, setUpWorkspace } from '@/lib/server/setup/mutations'
import { loadSample, takeKey, type Sample } from './sample/load'
import { seedDiscussions } from './sample/seed-discussions'
import { seedLibrary } from './sample/seed-library'
import { seedReviews } from './sample/seed-reviews'
import { finishSessions, openSessions } from './sample/seed-sessions'

const folder = join(import.meta.dirname, 'sample')

/** The sign-in of one sample member. */
export interface SampleSignIn {
  name: string
  role: string
  email: string
  password: string
}

/** Letters and digits that are not mistaken for one another. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Sixteen random characters in four groups: 79 bits. */
function makePassword(): string {
  const group = () => Array.from({ length: 4 }, () => alphabet.charAt(randomInt(alphabet.length))).join('')
  return [group(), group(), group(), group()].join('-')
}

interface Staff {
  actors: Map<string, Actor>
  signIns: SampleSignIn[]
}

async function admitMembers({ workspace }: Sample): Promise<Staff> {
  const owner = workspace.members.find(({ role }) => role === 'owner')
  const link = await createSetupLink()
  if (owner === undefined || link === null) throw new Error('The sample needs an owner, and a database without users.')
  const signIns = workspace.members.map(({ name, role, email }) => ({ name, role, email, password: makePassword() }))
  const passwordOf = new Map(signIns.map(({ email, password }) => [email, password]))
  const setUp = await setUpWorkspace(basename(new URL(link).pathname), {
    workspaceName: workspace.name,
    name: owner.name,
    email: owner.email,
    password: takeKey(passwordOf, owner.email),
  })
  const first = { workspaceId: setUp.workspaceId, userId: setUp.id, name: owner.name, role: 'owner' } as const
  const unknownMember: Actor = { ...first, memberId: '', via: 'command-line', scopes: 'all' }
  const [row] = await listMembers(permit(unknownMember, 'member.list'))
  const host: Actor = { ...unknownMember, memberId: row?.id ?? '' }
  for (const { name, email, role } of workspace.members.filter((member) => member !== owner)) {
    const { secret } = await createInvitation(permit(host, 'invitation.create'), { id: uuidv7(), email, role })
    await acceptInvitation(secret, { name, passwordHash: await hashPassword(takeKey(passwordOf, email)) })
  }
  const rows = new Map((await listMembers(permit(host, 'member.list'))).map((member) => [member.user.email, member]))
  const actors = workspace.members.map(({ key, name, email, role }): [string, Actor] => {
    const { id, userId } = takeKey(rows, email)
    return [
      key,
      { workspaceId: host.workspaceId, memberId: id, userId, name, role, via: 'command-line', scopes: 'all' },
    ]
  })
  return { actors: new Map(actors), signIns }
}

/**
 * Stores the sample workspace in the database of this process, which must have no users.
 * @param announce gets the sign-ins as soon as they work, before the documents are stored
 */
export async function seedSample(announce: (signIns: readonly SampleSignIn[]) => void): Promise<void> {
  const sample = await loadSample(folder)
  const { actors, signIns } = await admitMembers(sample)
  announce(signIns)
  const lead = [...actors.values()].find(({ role }) => role === 'lead')
  if (lead === undefined) throw new Error('The sample needs a lead.')
  const library = await seedLibrary({ sample, folder, lead })
  const planning = { lead, actors, library }
  const sessions = await openSessions(sample.sessions, planning)
  await seedReviews({ reviews: sample.reviews, actors, library })
  await finishSessions(sessions, { ...planning, reviews: sample.reviews })
  await seedDiscussions({ reviews: sample.reviews, actors, library })
}

function printSignIns(signIns: readonly SampleSignIn[]): void {
  console.log(
    `The sample workspace is for trying things out. Sign in at ${publicUrl('/')} as one of these; the passwords are shown only now:`,
  )
  const widest = (values: readonly string[]) => Math.max(...values.map(({ length }) => length))
  const emails = widest(signIns.map(({ email }) => email))
  const names = widest(signIns.map(({ name }) => name))
  for (const { name, role, email, password } of signIns) {
    console.log(`  ${role.padEnd(8)}  ${name.padEnd(names)}  ${email.padEnd(emails)}  ${password}`)
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await seedSample(printSignIns)
  await closeDatabase()
}
