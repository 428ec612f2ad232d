import { threadInputSchema } from '@/lib/domain/threads/schema'
import { permit, type Actor } from '@/lib/server/access/gate'
import { createComment } from '@/lib/server/threads/comments'
import { createThread } from '@/lib/server/threads/mutations'
import { findQuoted, takeKey, type SampleDocumentReviews } from './load'
import type { SeededLibrary } from './seed-library'

/** Stores discussions of passages in the sample's documents: the first comment starts the thread, the others reply. */
export async function seedDiscussions({
  reviews,
  actors,
  library,
}: {
  reviews: readonly SampleDocumentReviews[]
  actors: ReadonlyMap<string, Actor>
  library: SeededLibrary
}): Promise<void> {
  for (const { document: slug, discussions } of reviews) {
    const { id: documentId, revisionId, text } = takeKey(library.documents, slug)
    for (const { comments, ...quoted } of discussions) {
      const range = findQuoted(text, quoted)
      const [first, ...answers] = comments
      if (range === null || first === undefined)
        throw new Error(`The sample discusses words that the document does not have: ${quoted.exact}`)
      const input = threadInputSchema.parse({ passage: { revisionId, ...range }, comment: { body: first.body } })
      const { thread } = await createThread(permit(takeKey(actors, first.by), 'thread.write'), { documentId, input })
      for (const { by, body } of answers)
        await createComment(permit(takeKey(actors, by), 'thread.write'), { threadId: thread.id, input: { body } })
    }
  }
}
