import { numberInWords } from '@/components/ui/text/wording'
import type { ReportView } from '@/lib/domain/reports/schema'
import type { SourceView } from '@/lib/domain/sources/schema'

/** The details of a source. */
export function SourceAbout({ source }: { source: SourceView }) {
  const opensAsPage = /^https?:\/\//i.test(source.homepage) && URL.canParse(source.homepage)
  return (
    <div className="grid gap-1.5">
      {(source.kind !== '' || source.homepage !== '') && (
        <p className="text-ink-3">
          {source.kind !== '' && <bdi>{source.kind}</bdi>}
          {source.kind !== '' && source.homepage !== '' && ' · '}
          {opensAsPage ? (
            <a
              href={source.homepage}
              target="_blank"
              rel="noopener noreferrer nofollow"
              dir="ltr"
              className="text-accent hover:underline"
            >
              {source.homepage}
            </a>
          ) : (
            <bdi>{source.homepage}</bdi>
          )}
        </p>
      )}
      {source.description !== '' && (
        <p dir="auto" className="max-w-measure font-serif text-md leading-relaxed whitespace-pre-line">
          {source.description}
        </p>
      )}
    </div>
  )
}

const ratings = [
  { key: 'sourced', name: 'sourced' },
  { key: 'unsourced', name: 'unsourced' },
  { key: 'contradicted', name: 'contradicted' },
] as const

/** The counts of a source's claims by rating. Shares need the intervals that the report gives, so none are shown. */
export function ClaimCounts({ claims }: { claims: ReportView['claims'] }) {
  if (claims.assessed === 0) return <span className="text-ink-3">No claim assessed yet</span>
  return (
    <span className="inline-flex flex-wrap gap-x-3.5 gap-y-1">
      {ratings.map(({ key, name }) => (
        <span
          key={key}
          data-rating={key}
          className="rating-line tabular inline-flex items-center gap-1.5 whitespace-nowrap text-rating"
        >
          <span>
            <strong className="font-semibold">{numberInWords(claims[key])}</strong> {name}
          </span>
        </span>
      ))}
    </span>
  )
}

/** The line of figures on a source's page. */
export function SourceFigures({ report }: { report: ReportView }) {
  const { claims, coverage } = report
  return (
    <p className="mb-8 flex flex-wrap items-center gap-x-7 gap-y-2 border-y border-line py-3 text-ink-2">
      {claims.assessed > 0 && (
        <span className="tabular">
          <strong className="font-semibold text-ink">{numberInWords(claims.assessed)}</strong>{' '}
          {claims.assessed === 1 ? 'claim' : 'claims'} assessed
        </span>
      )}
      <ClaimCounts claims={claims} />
      {coverage.checkable > 0 && (
        <span className="tabular">
          <strong className="font-semibold text-ink">{numberInWords(coverage.decided)}</strong> of{' '}
          {numberInWords(coverage.checkable)} sentences decided
        </span>
      )}
    </p>
  )
}
