import { Tag } from '@/components/ui/text/tag'
import { QuotedWords } from '@/components/text/quoted-words'
import { verdictName } from '@/components/adjudication/verdict-words'
import { ratingNames } from '@/lib/domain/annotations/words'
import { countInWords } from '@/components/ui/text/wording'
import type { AnnotationView } from '@/lib/domain/annotations/schema'
import type { OutcomeClaim } from '@/lib/domain/claims/schema'
import { textFragment } from '@/lib/domain/text/href'

export interface MarksAsListProps {
  path: string
  /** Whether `?list=marks` asks for the list. */
  isAsked: boolean
  annotations: readonly AnnotationView[]
  /** The settled claims, where the reader would show them. */
  claims: readonly OutcomeClaim[]
  language: string
}

/**
 * A line above the text for browsers without scripts, which draw the marks. It links to a list under the text: the words, the rating, its author and
 * the note, each with a link to the words. The list is written only on request.
 */
export function MarksHint({ path, isAsked, annotations, claims }: MarksAsListProps) {
  const count = annotations.length + claims.length
  if (count === 0) return null
  const what =
    claims.length === 0
      ? countInWords(annotations.length, 'mark')
      : `${countInWords(claims.length, 'settled claim')} and ${countInWords(annotations.length, 'mark')}`
  return (
    <p className="hidden border-b border-line bg-sunken px-4 py-2 noscript:block">
      This browser runs no scripts, which draw the marks in the text.{' '}
      <a href={isAsked ? '#marks' : `${path}?list=marks#marks`} className="font-medium text-accent underline">
        Read the {what} in a list under the text
      </a>
    </p>
  )
}

/** The list that `MarksHint` links to; hidden where a script draws the marks. */
export function MarksAsList({ isAsked, annotations, claims, language }: MarksAsListProps) {
  if (!isAsked) return null
  const byPlace = [...annotations].sort((a, b) => a.start - b.start || a.end - b.end)
  return (
    <section
      aria-labelledby="marks"
      className="mx-auto hidden w-full max-w-[44rem] gap-4 px-4 pb-16 sm:px-8 noscript:grid"
    >
      <h2 id="marks" className="font-serif text-xl font-semibold">
        What is marked
      </h2>
      <ol className="grid gap-4">
        {claims.map(({ id, exact, script, place, verdict }) => (
          <li key={id} className="grid gap-1">
            <Words exact={exact} script={script} language={language} />
            <p className="text-sm text-ink-2">
              {verdict === null ? (
                'Not settled'
              ) : (
                <>Settled: {<Tag rating={verdict.rating ?? undefined}>{verdictName(verdict.rating)}</Tag>}</>
              )}
              , {place}
            </p>
          </li>
        ))}
        {byPlace.map((mark) => (
          <li key={mark.id} className="grid gap-1">
            <Words exact={mark.exact} script={mark.script} language={language} />
            <p className="text-sm text-ink-2">
              <Tag rating={mark.rating}>{ratingNames[mark.rating]}</Tag> by <bdi>{mark.author.name}</bdi>
            </p>
            {mark.note !== '' && (
              <p dir="auto" className="text-sm whitespace-pre-line">
                {mark.note}
              </p>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}

function Words({ exact, script, language }: Pick<AnnotationView, 'exact' | 'script'> & { language: string }) {
  return (
    <a
      href={textFragment(exact) ?? '#marks'}
      lang={language}
      dir="auto"
      className="font-serif text-md underline decoration-line-strong underline-offset-2"
    >
      <QuotedWords words={exact} script={script} />
    </a>
  )
}
