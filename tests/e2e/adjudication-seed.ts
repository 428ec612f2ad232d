/**
 * Fills the configured database with a session whose reviews are all submitted, and prints its ids as one line of JSON. Run as a process of its own,
 * because the database client reads its settings when it is loaded.
 */
import type { Rating } from '@/lib/domain/annotations/rating'
import type { Actor } from '@/lib/server/access/gate'
import { hashPassword } from '@/lib/server/auth/passwords'
import { database as configuredDatabase } from '@/lib/server/db/client'
import { createSessionForClaims, createSessionMark, matchClaimsOf } from '../setup/adjudication'
import { createDocument, createMember, createReference, createSource, createWorkspace } from '../setup/factories'

const password = 'correct-horse-bridge-1974'
const guidelines = 'Rate what the sentence states, not what it hints at.\n\nA figure needs a register or a count.'

const database = await configuredDatabase()
const { id: workspaceId } = await createWorkspace(database, { name: 'Harbour desk' })
const passwordHash = await hashPassword(password)

function person(name: string, role: 'lead' | 'reviewer'): Promise<Actor> {
  const email = `${(name.split(' ')[0] ?? name).toLowerCase()}@example.org`
  return createMember(database, { workspaceId, passwordHash, name, email, role })
}

const lead = await person('Lena Oduya', 'lead')
const reviewers = [
  await person('Mina Reyes', 'reviewer'),
  await person('Tomas Bell', 'reviewer'),
  await person('Aiko Sato', 'reviewer'),
]
const judges = [await person('Joan Marsh', 'reviewer'), await person('Saul Penn', 'reviewer')]
const source = await createSource(database, { workspaceId, name: 'The Coastal Herald' })
const register = await createReference(database, { workspaceId, title: 'Traffic register 2024' })
const minutes = await createReference(database, { workspaceId, title: 'Minutes of the harbour board' })

interface Said {
  words: string
  /** By each of the three reviewers in turn; null for no annotation. */
  ratings: readonly (Rating | null)[]
}

const bridge: readonly Said[] = [
  { words: 'The Norrvik bridge opened in 1974.', ratings: ['sourced', 'sourced', 'sourced'] },
  {
    words: 'Last year it carried more than 40,000 cars a day.',
    ratings: ['contradicted', 'unsourced', 'contradicted'],
  },
  {
    words: 'Engineers have warned for years that the eastern pier is sinking.',
    ratings: ['unsourced', 'unsourced', null],
  },
  { words: 'The city has so far answered with paint.', ratings: ['not_checkable', 'not_checkable', 'not_checkable'] },
]
const tolls: readonly Said[] = [
  { words: 'Tolls ended in 1989.', ratings: ['sourced', 'unsourced', 'sourced'] },
  { words: 'The region pays for the bridge alone.', ratings: ['contradicted', 'contradicted', 'sourced'] },
]

async function makeSession(name: string, texts: readonly (readonly Said[])[]) {
  const documents = []
  for (const [place, said] of texts.entries()) {
    documents.push(
      await createDocument(database, {
        workspaceId,
        sourceId: source.id,
        title: place === 0 ? 'The bridge that changed the harbour' : 'Who pays',
        text: `A harbour is more than its water. ${said.map(({ words }) => words).join(' ')} So much for that.`,
      }),
    )
  }
  const session = await createSessionForClaims(database, {
    workspaceId,
    documents,
    reviewers,
    adjudicators: judges,
    name,
    guidelines,
  })
  for (const [place, said] of texts.entries()) {
    const document = documents[place]
    if (document === undefined) continue
    for (const { words, ratings } of said) {
      for (const [by, rating] of ratings.entries()) {
        const author = reviewers[by]
        if (author === undefined || rating === null) continue
        const cites = {
          sourced: [{ referenceId: minutes.id, stance: 'supports' as const, quote: 'as recorded' }],
          contradicted: [{ referenceId: register.id, stance: 'contradicts' as const, quote: 'a daily mean of 27,400' }],
          unsourced: [],
          not_checkable: [],
        }[rating]
        const note = rating === 'contradicted' ? 'The register counts fewer.' : ''
        await createSessionMark(database, { sessionId: session.id, author, document, words, rating, note, cites })
      }
    }
  }
  await matchClaimsOf(database, lead, session.id)
  return { id: session.id, documentIds: documents.map(({ id }) => id), sourceId: source.id }
}

const sessions = {
  keyboard: await makeSession('Harbour claims, spring', [bridge, tolls]),
  conflict: await makeSession('Harbour claims, summer', [bridge]),
  bulk: await makeSession('Harbour claims, autumn', [bridge, tolls]),
  wide: await makeSession('Harbour claims, winter', [bridge, tolls]),
  narrow: await makeSession('Harbour claims, new year', [bridge, tolls]),
}
console.log(JSON.stringify({ password, sessions }))
await database.close()
