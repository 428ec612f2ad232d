import type { ClaimView, VoteView } from '@/lib/domain/claims/schema'
import { ratingNames } from '@/lib/domain/annotations/words'
import { Button } from '@/components/ui/controls/button'
import { classNames } from '@/components/ui/class-names'
import { Tag } from '@/components/ui/text/tag'
import { QuotedWords } from '@/components/text/quoted-words'
import { EvidenceList } from './evidence-line'

function flagsOf({ disputed, partial, late, mine }: VoteView): string[] {
  return [
    ...(disputed ? ['disputed'] : []),
    ...(partial ? ['partial'] : []),
    ...(late ? ['changed after submitting'] : []),
    ...(mine ? ['yours'] : []),
  ]
}

/** The reviewers' ratings of a claim, masked as A, B, C in an order of the claim's own; named once the session is closed. */
export function VoteList({ claim, onSplit }: { claim: ClaimView; onSplit?: ((mask: string) => void) | undefined }) {
  const { votes, reviewers, verdict } = claim
  const silent = reviewers - votes.length
  return (
    <section aria-label="Ratings" className="grid gap-3">
      <h2 className="text-sm font-semibold text-ink-2">
        {votes.length} of {reviewers} {reviewers === 1 ? 'reviewer' : 'reviewers'} rated it
      </h2>
      {votes.map((vote) => {
        const flags = flagsOf(vote)
        const dissents = verdict !== null && vote.rating !== verdict.rating
        return (
          <article
            key={vote.mask}
            data-rating={vote.rating}
            aria-label={`${vote.author?.name ?? `Reviewer ${vote.mask}`}: ${ratingNames[vote.rating]}`}
            className={classNames(
              'grid gap-2.5 rounded-lg border bg-surface p-3.5 shadow-card',
              dissents ? 'border-line-strong' : 'border-line',
            )}
          >
            <header className="flex flex-wrap items-center gap-x-2.5 gap-y-1.5">
              <span
                aria-hidden="true"
                className="grid size-6 shrink-0 place-items-center rounded-full border border-line-strong bg-sunken text-xs font-semibold text-ink-2"
              >
                {vote.mask}
              </span>
              <Tag rating={vote.rating}>{ratingNames[vote.rating]}</Tag>
              {vote.author !== null && <span className="text-sm text-ink-2">{vote.author.name}</span>}
              {flags.length > 0 && <span className="text-xs font-medium text-ink-2">{flags.join(', ')}</span>}
              {dissents && <Tag>Dissents</Tag>}
              {onSplit !== undefined && votes.length > 1 && (
                <Button
                  size="small"
                  variant="quiet"
                  className="ms-auto"
                  aria-label={`Split off rating ${vote.mask}`}
                  onClick={() => {
                    onSplit(vote.mask)
                  }}
                >
                  Split off
                </Button>
              )}
            </header>
            {vote.exact !== claim.exact && (
              <p dir="auto" className="font-serif text-ink-2 italic">
                <span className="font-sans text-xs text-ink-3 not-italic">Marked: </span>
                <QuotedWords words={vote.exact} script={vote.script} />
              </p>
            )}
            {vote.note !== '' && (
              <p dir="auto" className="[overflow-wrap:anywhere] whitespace-pre-wrap">
                {vote.note}
              </p>
            )}
            <EvidenceList items={vote.citations} />
            {vote.missing !== null && (
              <p className="text-sm text-ink-3">
                No {vote.missing === 'supporting-citation' ? 'supporting' : 'contradicting'} citation.
              </p>
            )}
          </article>
        )
      })}
      {silent > 0 && (
        <p className="text-sm text-ink-2">
          {silent} {silent === 1 ? 'reviewer' : 'reviewers'} did not mark these words.
        </p>
      )}
      {claim.match.length > 0 && (
        <details className="text-sm text-ink-2">
          <summary className="w-fit cursor-pointer font-medium text-ink-2 hover:text-ink">
            How these were matched
          </summary>
          <ul className="mt-1.5 grid list-disc gap-1 ps-5">
            {claim.match.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </details>
      )}
      {claim.origin !== 'matched' && (
        <p className="text-sm text-ink-3">
          {claim.origin === 'split'
            ? 'An adjudicator split this claim from another.'
            : 'An adjudicator merged this claim from two.'}
        </p>
      )}
    </section>
  )
}
