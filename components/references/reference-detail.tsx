import type { ReactNode } from 'react'
import { Link } from '@/components/ui/controls/link'
import { LocalTime } from '@/components/ui/text/local-time'
import { dateInWords, languageInWords, numberInWords } from '@/components/ui/text/wording'
import type { ReferenceView } from '@/lib/domain/references/schema'
import { QuotedWords } from '@/components/text/quoted-words'
import { EmptyState } from '@/components/ui/layout/list-parts'
import type { Rating, Stance } from '@/lib/domain/annotations/rating'
import { differencesInWords, type TypographicDifference } from '@/lib/domain/text/typography'
import type { KeptFile } from '@/lib/domain/references/kept-file'
import { pagesByStarts, pagesInWords, type PageStart } from '@/lib/domain/text/pages'
import type { ScriptRun } from '@/lib/domain/text/quotation'
import { KeptText } from './kept-text'
import { typeInWords } from './reference-values'

/** One citation of a reference, with the annotated words it belongs to. */
interface CitedPlace {
  citationId: string
  stance: Stance
  quote: string
  locator: string
  /** The place of the quote in the snapshot, in UTF-16 code units; null when it was not found. */
  quoteStart: number | null
  quoteEnd: number | null
  /** The typographic differences of the quote in the snapshot; empty when it is verbatim. */
  quoteDifferences: readonly TypographicDifference[]
  annotation: { id: string; exact: string; script?: readonly ScriptRun[]; rating: Rating; author: string }
  document: { id: string; title: string; source: string }
}

const stanceNames: Record<Stance, string> = { supports: 'Supports', contradicts: 'Contradicts', mentions: 'Mentions' }

const stanceRatings: Record<Stance, Rating | undefined> = {
  supports: 'sourced',
  contradicts: 'contradicted',
  mentions: undefined,
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-4 border-b border-line py-2 sm:grid-cols-[8rem_minmax(0,1fr)]">
      <dt className="text-ink-3">{name}</dt>
      <dd dir="auto" className="[overflow-wrap:anywhere]">
        {children}
      </dd>
    </div>
  )
}

function Address({ url }: { url: string }) {
  // Only addresses that open as a web page become links; others are shown as text.
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return <bdi>{url}</bdi>
  return (
    <a href={url} rel="noopener noreferrer nofollow" target="_blank" dir="ltr" className="text-accent hover:underline">
      {url}
    </a>
  )
}

/** A reference in full: its fields, its kept text with the quoted words highlighted, and its citations. */
export function ReferenceDetail({ reference, places }: { reference: ReferenceView; places: readonly CitedPlace[] }) {
  const { csl, snapshotText } = reference
  const authors = (csl.author ?? []).map((name) => name.literal ?? [name.given, name.family].filter(Boolean).join(' '))
  const facts: [string, ReactNode][] = [
    ['Type', typeInWords(csl.type)],
    ['Author', authors.join('; ')],
    ['Part of', csl['container-title']],
    ['Volume', [csl.volume, csl.issue === undefined ? undefined : `no. ${csl.issue}`].filter(Boolean).join(', ')],
    ['Pages', csl.page],
    ['Publisher', csl.publisher],
    ['Date', dateInWords(reference.issued)],
    ['Language', languageInWords(csl.language ?? '')],
    ['DOI', reference.doi === '' ? '' : <Address url={`https://doi.org/${reference.doi}`} />],
    ['Address', reference.url === '' ? '' : <Address url={reference.url} />],
    ['Note', csl.note],
  ]
  const quotes = places.flatMap(({ quoteStart, quoteEnd }) =>
    quoteStart === null || quoteEnd === null ? [] : [{ start: quoteStart, end: quoteEnd }],
  )
  return (
    <div className="grid items-start gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,1fr)_24rem]">
      <div className="grid gap-8">
        <section aria-label="Fields">
          <dl className="border-t border-line">
            {facts
              .filter(([, value]) => value !== undefined && value !== '')
              .map(([name, value]) => (
                <Fact key={name} name={name}>
                  {value}
                </Fact>
              ))}
          </dl>
        </section>
        <section aria-labelledby="kept-text" className="grid gap-3">
          <h2 id="kept-text" className="font-serif text-xl font-semibold">
            Text kept
          </h2>
          {snapshotText === null ? (
            <p className="max-w-measure text-ink-2">
              None. With the text pasted in, every quote taken from this reference is checked word for word, and the
              evidence stays when the original changes or goes.
            </p>
          ) : (
            <>
              <p className="text-sm text-ink-3">
                {numberInWords(snapshotText.length)} characters
                {reference.snapshotFile !== null && <ReadFrom {...reference.snapshotFile} />}
                {reference.snapshotAt !== null && (
                  <>
                    , kept on <LocalTime instant={reference.snapshotAt} />
                  </>
                )}
                {reference.snapshotSha256 !== null && (
                  <>
                    {' '}
                    ·{' '}
                    <abbr title="SHA-256 of the text" className="no-underline">
                      sha256
                    </abbr>{' '}
                    <code className="font-mono">{reference.snapshotSha256.slice(0, 12)}</code>
                  </>
                )}
              </p>
              <KeptText text={snapshotText} language={csl.language ?? ''} quotes={quotes} />
            </>
          )}
        </section>
      </div>
      <section aria-labelledby="cited-by" className="grid gap-4">
        <h2 id="cited-by" className="font-serif text-xl font-semibold">
          Cited by{' '}
          <span className="font-sans text-base font-normal text-ink-3 tabular">
            {numberInWords(reference.citationCount)}
          </span>
        </h2>
        <CitedBy places={places} hasSnapshot={snapshotText !== null} pages={reference.snapshotFile?.pages ?? []} />
      </section>
    </div>
  )
}

/** The file that a kept text was read from. */
function ReadFrom({ name, pages }: KeptFile) {
  const count = new Set(pages.map(({ label }) => label)).size
  return (
    <>
      {' '}
      of <bdi>{name}</bdi>
      {count > 0 && `, ${numberInWords(count)} ${count === 1 ? 'page' : 'pages'}`}
    </>
  )
}

/** All citations of a reference: the stance, the exact words of the annotation and their document. */
function CitedBy({
  places,
  hasSnapshot,
  pages,
}: {
  places: readonly CitedPlace[]
  hasSnapshot: boolean
  pages: readonly PageStart[]
}) {
  const pagesOf = pagesByStarts(pages)
  const pageWords = ({ quoteStart: start, quoteEnd: end }: CitedPlace) => {
    const found = start === null || end === null ? null : pagesOf({ start, end })
    return found === null ? '' : `, ${pagesInWords(found)}`
  }
  if (places.length === 0) {
    return (
      <EmptyState title="Not cited yet" className="py-8">
        While you read a document, open an annotation’s evidence and pick this reference from the library.
      </EmptyState>
    )
  }
  return (
    <ul className="grid gap-4">
      {places.map((place) => (
        <li
          key={place.citationId}
          data-rating={stanceRatings[place.stance]}
          className="grid gap-1 border-s-2 border-line-strong ps-3.5 data-rating:border-rating"
        >
          <p className="text-sm text-ink-2">
            <strong className="font-semibold text-ink">{stanceNames[place.stance]}</strong>
            {place.locator !== '' && (
              <>
                {' · '}
                <bdi>{place.locator}</bdi>
              </>
            )}
            {' · '}
            <bdi>{place.annotation.author}</bdi>
          </p>
          <Link
            href={`/documents/${place.document.id}#annotation-${place.annotation.id}`}
            className="font-serif text-md text-ink hover:underline"
          >
            <q dir="auto">
              <QuotedWords words={place.annotation.exact} script={place.annotation.script} />
            </q>
          </Link>
          <p className="text-ink-3">
            <bdi>{place.document.title}</bdi> · <bdi>{place.document.source}</bdi>
          </p>
          {place.quote !== '' && (
            <p className="text-ink-2">
              <q dir="auto" className="font-serif italic">
                {place.quote}
              </q>
              {hasSnapshot && (
                <span className="text-sm text-ink-3">
                  {' · '}
                  {place.quoteStart === null ? (
                    'not found in the kept text'
                  ) : (
                    <a href={`#quote-${String(place.quoteStart)}`} className="underline underline-offset-2">
                      found {differencesInWords(place.quoteDifferences) || 'word for word'}
                      {pageWords(place)}
                    </a>
                  )}
                </span>
              )}
            </p>
          )}
        </li>
      ))}
    </ul>
  )
}
