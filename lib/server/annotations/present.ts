import { missingEvidence, type Rating, type Stance } from '@/lib/domain/annotations/rating'
import type { AnnotationView, CitationView } from '@/lib/domain/annotations/schema'
import { readDifferences } from '@/lib/domain/text/typography'
import type { ScriptRun } from '@/lib/domain/text/quotation'
import { mayDo, type Actor } from '../access/gate'
import { presentReferenceSummary, type ReferenceSummaryRow } from '../references/present'

/** A citation's row with its reference. */
export interface CitationRow {
  id: string
  stance: Stance
  quote: string
  locator: string
  quoteStart: number | null
  quoteEnd: number | null
  quoteDifferences: string
  reference: ReferenceSummaryRow
}

/** An annotation's row with its author's name and its citations in order. */
export interface AnnotationRow {
  id: string
  revisionId: string
  authorId: string
  start: number
  end: number
  exact: string
  script?: ScriptRun[]
  rating: Rating
  disputed: boolean
  partial: boolean
  note: string
  tags: string[]
  version: number
  createdAt: Date
  updatedAt: Date
  deletedAt: Date | null
  author: { user: { name: string } }
  citations: CitationRow[]
}

function presentCitation({ reference, ...row }: CitationRow): CitationView {
  const { id, stance, quote, locator, quoteStart, quoteEnd } = row
  const differences = readDifferences(row.quoteDifferences)
  return {
    id,
    stance,
    quote,
    locator,
    quoteStart,
    quoteEnd,
    ...(differences.length === 0 ? {} : { quoteDifferences: differences }),
    reference: presentReferenceSummary(reference),
  }
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
    ...(row.script === undefined ? {} : { script: row.script }),
    rating: row.rating,
    disputed: row.disputed,
    partial: row.partial,
    note: row.note,
    tags: row.tags,
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
