/**
 * Fills the configured database for the review tests, and prints the ids as one line of JSON. Run as a process of its own, because the database
 * client reads its settings when it is loaded.
 */
import type { BlockNode, DocumentContent } from '@/lib/domain/text/model'
import { hashPassword } from '@/lib/server/auth/passwords'
import { configuredLocation, openDatabase } from '@/lib/server/db/client'
import {
  createAnnotation,
  createDocument,
  createMember,
  createReference,
  createSource,
  createWorkspace,
} from '../setup/factories'
import { createAssignment, createSession } from '../setup/session-factories'

const password = 'correct-horse-bridge-1974'

const paragraph = (text: string): BlockNode => ({ type: 'paragraph', content: [{ type: 'text', text }] })
const heading = (level: 1 | 2, text: string): BlockNode => ({
  type: 'heading',
  attrs: { level },
  content: [{ type: 'text', text }],
})
const link = (text: string): BlockNode => ({
  type: 'paragraph',
  attrs: { scope: 'link-list' },
  content: [{ type: 'text', text }],
})

const article: DocumentContent = {
  type: 'doc',
  content: [
    heading(1, 'The bridge that changed the harbour'),
    paragraph(
      'When the Norrvik bridge opened in 1974 the harbour lost its ferries within a year. The last crossing was made on 30 November 1975, with the mayor on board. What replaced them was a road, and the road was busy from the first morning.',
    ),
    paragraph(
      'Last year the bridge carried more than 40,000 cars a day, twice what its designers had planned for. Engineers have warned for years that the eastern pier is sinking. The city has so far answered with paint.',
    ),
    paragraph(
      'Traffic counts are published every spring. The council spent 3.1 million on inspection between 2019 and 2023, a sum that the opposition calls “a rounding error”.',
    ),
    heading(2, 'Who pays'),
    paragraph(
      'Tolls ended in 1989. Since then the bridge has been kept by the region, which shares the cost with the two municipalities.',
    ),
    link('Read next: the ferry captains look back.'),
    link('Read next: how a pier sinks.'),
  ],
}

const cited: DocumentContent = {
  type: 'doc',
  content: [
    heading(1, 'The bridge and its piers'),
    {
      type: 'paragraph',
      content: [
        { type: 'text', text: 'The eastern pier is sinking.' },
        { type: 'text', text: '[1]', marks: [{ type: 'citation', attrs: { label: '1' } }] },
        { type: 'text', text: ' Tolls ended in 1989.' },
        { type: 'text', text: '[2]', marks: [{ type: 'citation', attrs: { label: '2' } }] },
      ],
    },
    {
      type: 'paragraph',
      content: [
        { type: 'text', text: 'Ropes wear out in a year (see Okafor, 2019, p. 4). The council ' },
        {
          type: 'text',
          text: 'told the Herald',
          marks: [{ type: 'link', attrs: { href: 'https://herald.example/council-answers' } }],
        },
        { type: 'text', text: ' that it knew.' },
      ],
    },
    {
      type: 'paragraph',
      attrs: { scope: 'reference-list' },
      content: [{ type: 'text', text: 'Okafor, C. (2019). Ropes that wear out. Pier Books.' }],
    },
    {
      type: 'note',
      attrs: { label: '1', scope: 'reference-list' },
      content: [
        { type: 'text', text: 'Pier report. ' },
        { type: 'text', text: 'Read it', marks: [{ type: 'link', attrs: { href: 'https://piers.example/report' } }] },
      ],
    },
  ],
}

const persian: DocumentContent = {
  type: 'doc',
  content: [
    heading(1, 'پلی که بندر را دگرگون کرد'),
    paragraph('پل نورویک در سال ۱۹۷۴ گشوده شد. یک سال بعد بندر کشتی‌های خود را از دست داد. از آن پس جاده شلوغ بود.'),
  ],
}

const database = await openDatabase(configuredLocation())
const workspace = await createWorkspace(database, { name: 'Harbour desk' })
const workspaceId = workspace.id
const passwordHash = await hashPassword(password)
const people = [
  { name: 'Mina Reyes', email: 'mina@example.org', role: 'reviewer' },
  { name: 'Tomas Bell', email: 'tomas@example.org', role: 'reviewer' },
  { name: 'Vera Lund', email: 'vera@example.org', role: 'viewer' },
] as const
const members = []
for (const person of people) members.push(await createMember(database, { workspaceId, passwordHash, ...person }))
const [mina, tomas] = members
await createReference(database, { workspaceId, title: 'Traffic register 2024', url: 'https://register.example/2024' })
await createReference(database, {
  workspaceId,
  title: 'Letters of the mayor',
  url: 'https://www.letters.example/mayor/?utm_source=mail',
  snapshotText:
    'The council met.\nThe mayor’s office wrote that 27,400 cars cross each day.\nThe mayor’s office wrote again.',
})
const source = await createSource(database, { workspaceId, name: 'The Coastal Herald' })
const documents: Record<string, string> = {}
const made: Record<string, Awaited<ReturnType<typeof createDocument>>> = {}
for (const name of [
  'keyboard',
  'mouse',
  'touch',
  'shared',
  'conflict',
  'links',
  'axe',
  'scope',
  'offline',
  'first-key',
  'live',
  'live-own',
  'live-tabs',
  'evidence',
  'evidence-again',
  'evidence-offline',
  'evidence-layout',
  'answers',
  'crowded',
  'copied',
  'address',
  'tags',
  'session',
  'look',
]) {
  const document = await createDocument(database, {
    workspaceId,
    sourceId: source.id,
    title: 'The bridge that changed the harbour',
    content: article,
  })
  made[name] = document
  documents[name] = document.id
}
if (
  made['crowded'] === undefined ||
  made['session'] === undefined ||
  made['look'] === undefined ||
  mina === undefined ||
  tomas === undefined
)
  throw new Error('The seed is incomplete')
// Every sentence is marked by two reviewers, some twice.
const sentences = made['crowded'].text
  .split(/(?<=\.)\s|\n+/)
  .filter((sentence) => sentence.endsWith('.') && !sentence.startsWith('Read next'))
for (const [place, words] of sentences.entries())
  for (const author of [mina, tomas]) {
    const rating = place % 2 === 0 ? 'unsourced' : 'contradicted'
    await createAnnotation(database, { author, document: made['crowded'], words, rating })
    if (place % 3 === 0)
      await createAnnotation(database, {
        author,
        document: made['crowded'],
        words: words.slice(0, 24),
        note: 'A part.',
      })
  }
const overlapping = [
  { author: mina, words: 'When the Norrvik bridge opened in 1974 the harbour lost its ferries within a year.' },
  { author: tomas, words: 'opened in 1974', rating: 'contradicted' },
] as const
for (const given of overlapping) await createAnnotation(database, { document: made['look'], ...given })
const session = await createSession(database, {
  workspaceId,
  name: 'Bridges, spring',
  protocol: { requireSentenceDecisions: true },
  state: 'active',
  documents: [made['session']],
  reviewers: [mina],
})
await createAssignment(database, { sessionId: session.id, documentId: made['session'].id, member: mina })
documents['persian'] = (
  await createDocument(database, {
    workspaceId,
    sourceId: source.id,
    title: 'پلی که بندر را دگرگون کرد',
    language: 'fa',
    content: persian,
  })
).id
documents['cited'] = (
  await createDocument(database, {
    workspaceId,
    sourceId: source.id,
    title: 'The bridge and its piers',
    content: cited,
  })
).id
console.log(JSON.stringify({ password, documents }))
await database.close()
