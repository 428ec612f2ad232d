/**
 * Fills an empty database with the sample workspace and prints how to sign in. Everything goes through the mutation functions that people and
 * programs use, so the sample has an audit trail like any workspace. Also a program of its own: `tsx prisma/seed.ts`.
 */
import { randomInt } from 'node:crypto'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { uuidv7 } from 'uuidv7'
import { scopeRegions, checkableSentences } from '@/lib/domain/text/scope'
import { buildTextIndex } from '@/lib/domain/text/text-index'
import { permit, type Actor } from '@/lib/server/access/gate'
import { createAnnotation } from '@/lib/server/annotations/create'
import { hashPassword } from '@/lib/server/auth/passwords'
import { publicUrl } from '@/lib/server/auth/public-url'
import { closeDatabase } from '@/lib/server/db/client'
import { createDocument } from '@/lib/server/documents/create'
import { readImport } from '@/lib/server/documents/read-import'
import type { ImportedDocument } from '@/lib/server/importing/imported-document'
import { acceptInvitation } from '@/lib/server/invitations/accept'
import { createInvitation } from '@/lib/server/invitations/mutations'
import { listMembers } from '@/lib/server/members/data'
import { createReference } from '@/lib/server/references/mutations'
import { decideSentences } from '@/lib/server/sentence-decisions/mutations'
import { createSetupLink, setUpWorkspace } from '@/lib/server/setup/mutations'
import { createSource } from '@/lib/server/sources/mutations'
import {
  findQuoted,
  loadSample,
  readSampleDocument,
  type Sample,
  type SampleQuoted,
  type SampleReview,
} from './sample/load'

const folder = join(import.meta.dirname, 'sample')

/** How one sample member signs in. */
export interface SampleSignIn {
  name: string
  role: string
  email: string
  password: string
}

/** Letters and digits that nobody mistakes for one another. */
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

/** Value of a key that the sample promises. */
function take<T>(map: ReadonlyMap<string, T>, key: string): T {
  const value = map.get(key)
  if (value === undefined) throw new Error(`The sample names "${key}", which it does not hold.`)
  return value
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
    password: take(passwordOf, owner.email),
  })
  const first = { workspaceId: setUp.workspaceId, userId: setUp.id, name: owner.name, role: 'owner' } as const
  const unknownMember: Actor = { ...first, memberId: '', via: 'command-line', scopes: 'all' }
  const [row] = await listMembers(permit(unknownMember, 'member.list'))
  const host: Actor = { ...unknownMember, memberId: row?.id ?? '' }
  for (const { name, email, role } of workspace.members.filter((member) => member !== owner)) {
    const { secret } = await createInvitation(permit(host, 'invitation.create'), { id: uuidv7(), email, role })
    await acceptInvitation(secret, { name, passwordHash: await hashPassword(take(passwordOf, email)) })
  }
  const rows = new Map((await listMembers(permit(host, 'member.list'))).map((member) => [member.user.email, member]))
  const actors = workspace.members.map(({ key, name, email, role }): [string, Actor] => {
    const { id, userId } = take(rows, email)
    return [
      key,
      { workspaceId: host.workspaceId, memberId: id, userId, name, role, via: 'command-line', scopes: 'all' },
    ]
  })
  return { actors: new Map(actors), signIns }
}

interface StoredDocument {
  revisionId: string
  imported: ImportedDocument
}

async function storeDocuments({ sources }: Sample, lead: Actor): Promise<Map<string, StoredDocument>> {
  const stored = new Map<string, StoredDocument>()
  for (const { name, kind, homepage, description, documents } of sources) {
    const { source } = await createSource(permit(lead, 'source.create'), { name, kind, homepage, description })
    for (const given of documents) {
      const imported = await readImport({
        bytes: await readSampleDocument(folder, given),
        fileName: basename(given.file),
      })
      const { title, author, publishedOn, language, url } = given
      const { document } = await createDocument(permit(lead, 'document.create'), {
        source: { id: source.id },
        imported,
        overrides: { title, author, publishedOn, language, url },
        origin: 'file',
        allowDuplicate: false,
      })
      stored.set(given.slug, { revisionId: document.revision.id, imported })
    }
  }
  return stored
}

async function storeReferences({ references }: Sample, lead: Actor): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  for (const { key, csl, snapshotText } of references) {
    const { reference } = await createReference(permit(lead, 'reference.create'), {
      csl,
      snapshotText: snapshotText ?? null,
    })
    ids.set(key, reference.id)
  }
  return ids
}

function locate(text: string, quoted: SampleQuoted): { start: number; end: number } {
  const range = findQuoted(text, quoted)
  if (range === null) throw new Error(`The sample quotes "${quoted.exact}", which its document does not hold once.`)
  return range
}

/** Stores one reviewer's work on one document. */
async function storeReview(
  review: SampleReview,
  {
    document,
    reviewer,
    referenceIds,
  }: { document: StoredDocument; reviewer: Actor; referenceIds: Map<string, string> },
): Promise<void> {
  const { revisionId, imported } = document
  const spans = review.annotations.map((annotation) => ({ annotation, ...locate(imported.text, annotation) }))
  // Writes that wait share a commit.
  await Promise.all(
    spans.map(({ annotation: { rating, flags, note, citations, exact }, start, end }) =>
      createAnnotation(permit(reviewer, 'annotation.create'), {
        revisionId,
        input: {
          start,
          end,
          exact,
          rating,
          note,
          disputed: flags.includes('disputed'),
          partial: flags.includes('partial'),
          citations: citations.map(({ reference, ...citation }) => ({
            referenceId: take(referenceIds, reference),
            ...citation,
          })),
        },
      }),
    ),
  )
  const overlaps = (one: { start: number; end: number }, other: { start: number; end: number }) =>
    one.start < other.end && other.start < one.end
  const explicit = review.noClaims.map((quoted) => locate(imported.text, quoted))
  const checkable = checkableSentences(imported.sentences, scopeRegions(buildTextIndex(imported.content)))
  const decisions = checkable
    .filter((sentence) => !spans.some((span) => overlaps(span, sentence)))
    .filter((sentence) => review.decideRest || explicit.some((range) => overlaps(range, sentence)))
    .map(({ start, end }) => ({ start, end }))
  if (decisions.length === 0) return
  await decideSentences(permit(reviewer, 'sentence-decision.create'), { revisionId, decisions, isList: true })
}

/**
 * Stores the sample workspace in the database of this process, which must have no users.
 * @param announce is told the sign-ins as soon as they work, before the documents follow
 */
export async function seedSample(announce: (signIns: readonly SampleSignIn[]) => void): Promise<void> {
  const sample = await loadSample(folder)
  const { actors, signIns } = await admitMembers(sample)
  announce(signIns)
  const lead = [...actors.values()].find(({ role }) => role === 'lead')
  if (lead === undefined) throw new Error('The sample needs a lead.')
  const documents = await storeDocuments(sample, lead)
  const referenceIds = await storeReferences(sample, lead)
  for (const { document, reviews } of sample.reviews) {
    for (const review of reviews) {
      await storeReview(review, {
        document: take(documents, document),
        reviewer: take(actors, review.reviewer),
        referenceIds,
      })
    }
  }
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
