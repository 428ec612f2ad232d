import type { Evidence, Finding, ReportView } from '../schema'

/*
 * A report as a page sends it to the browser. A large report consists mostly of claims, and most of a claim repeats in others of its document and
 * reference: the names of fields, titles, dates, addresses and hashes. The packed form has each of these once.
 */

type Reference = Pick<
  Evidence,
  'referenceId' | 'title' | 'author' | 'publisher' | 'issued' | 'url' | 'doi' | 'snapshotSha256' | 'snapshotAt'
>
type PackedEvidence = readonly [
  reference: number,
  stance: Evidence['stance'],
  quote: string,
  locator: string,
  quoteCheck: Evidence['quoteCheck'],
  quoteStart: number | null,
]
type Flags = Pick<Finding, 'disputed' | 'partial' | 'open' | 'single' | 'counted'>
type PackedFinding = readonly [
  document: number,
  id: string,
  isSettled: boolean,
  words: Pick<Finding, 'exact' | 'script'> | string,
  place: readonly [start: number, end: number, sentence: number | null, words: string],
  flags: number,
  reviewers: readonly [agreeing: number, rated: number],
  verdict: readonly [reason: string, dissent: number, own: boolean] | null,
  notes: readonly string[],
  evidence: readonly PackedEvidence[],
]

type ListName = 'contradicted' | 'unsourced' | 'sourced'

/** See `packReport`. */
export type PackedReport = Omit<ReportView, ListName> & {
  packed: Record<ListName, readonly PackedFinding[]> & { references: readonly Reference[] }
}

const flagNames = ['disputed', 'partial', 'open', 'single', 'counted'] as const

function packFlags(finding: Flags): number {
  return flagNames.reduce((sum, name, bit) => sum + (finding[name] ? 1 << bit : 0), 0)
}

function unpackFlags(flags: number): Flags {
  const [disputed = false, partial = false, open = false, single = false, counted = false] = flagNames.map(
    (_, bit) => (flags & (1 << bit)) !== 0,
  )
  return { disputed, partial, open, single, counted }
}

function referenceOf({ referenceId, title, author, publisher, issued, url, doi, ...kept }: Evidence): Reference {
  const { snapshotSha256, snapshotAt } = kept
  return { referenceId, title, author, publisher, issued, url, doi, snapshotSha256, snapshotAt }
}

/** Builds a table of distinct items and returns their indexes. */
function makeTable<T>(keyOf: (item: T) => string) {
  const items: T[] = []
  const places = new Map<string, number>()
  return {
    items,
    placeOf: (item: T) => {
      const key = keyOf(item)
      const known = places.get(key)
      if (known !== undefined) return known
      places.set(key, items.length)
      return items.push(item) - 1
    },
  }
}

/**
 * Packs a report for its page. Of the annotations behind a claim it keeps the first, and only where no verdict has an id, because the page links to
 * no other. `unpackReport` restores everything else.
 */
export function packReport({ contradicted, unsourced, sourced, ...report }: ReportView): PackedReport {
  const references = makeTable<Reference>((reference) => JSON.stringify(reference))
  const documents = new Map(report.documents.map(({ id }, place) => [id, place]))
  const pack = (finding: Finding): PackedFinding => {
    const { claimId, exact, script, start, end, sentence, place, reviewers, verdict, notes, evidence } = finding
    return [
      documents.get(finding.documentId) ?? -1,
      claimId ?? finding.annotationIds[0] ?? '',
      claimId !== null,
      script === undefined ? exact : { exact, script },
      [start, end, sentence, place],
      packFlags(finding),
      [reviewers.agreeing, reviewers.rated],
      verdict === null ? null : [verdict.reason, verdict.dissent, verdict.own],
      notes,
      evidence.map((each) => {
        const { stance, quote, locator, quoteCheck, quoteStart } = each
        return [references.placeOf(referenceOf(each)), stance, quote, locator, quoteCheck, quoteStart]
      }),
    ]
  }
  const packed = { contradicted: contradicted.map(pack), unsourced: unsourced.map(pack), sourced: sourced.map(pack) }
  return { ...report, packed: { ...packed, references: references.items } }
}

/** Restores a packed report. */
export function unpackReport({ packed: { references, ...packed }, ...report }: PackedReport): ReportView {
  const unpack = (finding: PackedFinding): Finding[] => {
    const [at, id, isSettled, words, [start, end, sentence, place], flags, [agreeing, rated], verdict] = finding
    const [notes, evidence] = [finding[8], finding[9]]
    const document = report.documents[at]
    if (document === undefined) return []
    const claimId = isSettled ? id : null
    return [
      {
        documentId: document.id,
        documentTitle: document.title,
        publishedOn: document.publishedOn,
        revisionId: document.revisionId,
        claimId,
        annotationIds: isSettled || id === '' ? [] : [id],
        start,
        end,
        sentence,
        place,
        ...(typeof words === 'string' ? { exact: words } : words),
        ...unpackFlags(flags),
        reviewers: { agreeing, rated },
        verdict: verdict === null ? null : { reason: verdict[0], dissent: verdict[1], own: verdict[2] },
        notes: [...notes],
        evidence: evidence.flatMap(([reference, stance, quote, locator, quoteCheck, quoteStart]) => {
          const described = references[reference]
          return described === undefined ? [] : [{ ...described, stance, quote, locator, quoteCheck, quoteStart }]
        }),
      },
    ]
  }
  return {
    ...report,
    contradicted: packed.contradicted.flatMap(unpack),
    unsourced: packed.unsourced.flatMap(unpack),
    sourced: packed.sourced.flatMap(unpack),
  }
}
