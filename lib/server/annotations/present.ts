import { missingEvidence, type Rating, type Stance } from '@/lib/domain/annotations/rating'
import type { AnnotationView, CitationView } from '@/lib/domain/annotations/schema'
import { mayDo, type Actor } from '../access/gate'
import { presentReferenceSummary, referenceSummaryColumns, type ReferenceSummaryRow } from '../references/present'

/** The columns a citation is presented from. */
export const citationColumns = {
  id: true,
  stance: true,
  quote: true,
  locator: true,
  quoteStart: true,
  quoteEnd: true,
  reference: { select: referenceSummaryColumns },
} as const

/** A row read with `citationColumns`. */
export interface CitationRow {
  id: string
  stance: Stance
  quote: string
  locator: string
  quoteStart: number | null
  quoteEnd: number | null
  reference: ReferenceSummaryRow
}

/** The columns an annotation is presented from. */
export const annotationColumns = {
  id: true,
  revisionId: true,
  authorId: true,
  start: true,
  end: true,
  exact: true,
  rating: true,
  disputed: true,
  partial: true,
  note: true,
  version: true,
  createdAt: true,
  updatedAt: true,
  deletedAt: true,
  author: { select: { user: { select: { name: true } } } },
  citations: { orderBy: { position: 'asc' }, select: citationColumns },
} as const

/** A row read with `annotationColumns`. */
export interface AnnotationRow {
  id: string
  revisionId: string
  authorId: string
  start: number
  end: number
  exact: string
  rating: Rating
  disputed: boolean
  partial: boolean
  note: string
  version: number
  createdAt: Date
  updatedAt: Date
  deletedAt: Date | null
  author: { user: { name: string } }
  citations: CitationRow[]
}

function presentCitation({ reference, ...row }: CitationRow): CitationView {
  const { id, stance, quote, locator, quoteStart, quoteEnd } = row
  return { id, stance, quote, locator, quoteStart, quoteEnd, reference: presentReferenceSummary(reference) }
}

/** An annotation's row as answers show it to the actor, with the evidence that its rating lacks. */
export function presentAnnotation(row: AnnotationRow, actor: Actor): AnnotationView {
  const own = row.authorId === actor.memberId
  return {
    id: row.id,
    revisionId: row.revisionId,
    author: { id: row.authorId, name: row.author.user.name },
    start: row.start,
    end: row.end,
    exact: row.exact,
    rating: row.rating,
    disputed: row.disputed,
    partial: row.partial,
    note: row.note,
    citations: row.citations.map(presentCitation),
    missing: missingEvidence(
      row.rating,
      row.citations.map(({ stance }) => stance),
    ),
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    may: { update: own && mayDo(actor, 'annotation.update'), delete: own && mayDo(actor, 'annotation.delete') },
  }
}
