import type { DocumentView } from '@/lib/domain/documents/schema'
import { distinctTags } from '@/lib/domain/tags/tag'
import { mayDo, type Actor } from '../access/gate'

/** The columns a document is presented from: its latest revision without the text. */
export const documentColumns = {
  id: true,
  title: true,
  author: true,
  publishedOn: true,
  language: true,
  url: true,
  version: true,
  createdAt: true,
  updatedAt: true,
  deletedAt: true,
  source: { select: { id: true, name: true } },
  tags: { select: { name: true } },
  revisions: {
    orderBy: { number: 'desc' },
    take: 1,
    select: {
      id: true,
      number: true,
      sha256: true,
      wordCount: true,
      sentenceCount: true,
      checkableCount: true,
      createdAt: true,
    },
  },
} as const

/** A row read with `documentColumns`, and how many annotations of its latest revision the reader may see. */
export interface DocumentRow {
  annotationCount: number
  id: string
  title: string
  author: string
  publishedOn: string | null
  language: string
  url: string
  version: number
  createdAt: Date
  updatedAt: Date
  deletedAt: Date | null
  source: { id: string; name: string }
  tags: { name: string }[]
  revisions: {
    id: string
    number: number
    sha256: string
    wordCount: number
    sentenceCount: number
    checkableCount: number
    createdAt: Date
  }[]
}

/** Presents a document's row to the actor. @throws Error for a document without a revision, which should never exist. */
export function presentDocument(row: DocumentRow, actor: Actor): DocumentView {
  const [revision] = row.revisions
  if (revision === undefined) throw new Error(`Document ${row.id} has no revision`)
  const { createdAt, ...shown } = revision
  return {
    id: row.id,
    source: row.source,
    title: row.title,
    author: row.author,
    publishedOn: row.publishedOn,
    language: row.language,
    url: row.url,
    tags: distinctTags(row.tags.map(({ name }) => name)),
    revision: { ...shown, createdAt: createdAt.toISOString() },
    annotationCount: row.annotationCount,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    may: {
      update: mayDo(actor, 'document.update'),
      delete: mayDo(actor, 'document.delete'),
      annotate: mayDo(actor, 'annotation.create'),
    },
  }
}
