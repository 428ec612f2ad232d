import type { SourceView } from '@/lib/domain/sources/schema'

/** What is said about a source. */
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
