/**
 * Puts marks by the workspace's owner on a revision in the configured database, spread evenly over its sentences: whole sentences and parts of them,
 * with every rating, and a note on every fourth. Run as a process of its own, because the database client reads its settings when it is loaded.
 * Arguments: id of the revision, number of marks.
 */
import { ratings } from '@/lib/domain/annotations/rating'
import { database as configuredDatabase } from '@/lib/server/db/client'
import { storedSentences } from '@/lib/server/marking/revision-facts'
import { factoryTime, makeId } from '@/tests/setup/factories'

const [revisionId = '', wanted = ''] = process.argv.slice(2)
const count = Number(wanted)
const database = await configuredDatabase()
const revision = await database.read.revision.findUniqueOrThrow({
  where: { id: revisionId },
  select: { workspaceId: true, text: true, sentences: true },
})
const { workspaceId } = revision
const owner = await database.read.member.findFirstOrThrow({
  where: { workspaceId, role: 'owner' },
  select: { id: true },
})
const sentences = storedSentences(revision.sentences)
const marks = Array.from({ length: count }, (_, number) => {
  const sentence = sentences[Math.floor((number * sentences.length) / count)]
  if (sentence === undefined) throw new Error('The revision has no sentences')
  const start = sentence.start + (number % 3) * 4
  const end = sentence.end - (number % 2) * 3
  return {
    id: makeId(),
    workspaceId,
    revisionId,
    authorId: owner.id,
    start,
    end,
    exact: revision.text.slice(start, end),
    rating: ratings[number % ratings.length] ?? 'unsourced',
    note: number % 4 === 0 ? 'No record is named, and the archive has none for that year.' : '',
    phase: 'open' as const,
    createdAt: factoryTime,
    updatedAt: factoryTime,
  }
})
for (let from = 0; from < marks.length; from += 1_000)
  await database.write.annotation.createMany({ data: marks.slice(from, from + 1_000) })
await database.write.$executeRawUnsafe('ANALYZE')
await database.close()
