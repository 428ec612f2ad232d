import { numberInWords } from '@/components/ui/text/wording'

/** What the counts and shares of the list are, in a line above it. `withShares` sources have shares, `isShrunk` says that they are drawn together, too. */
export function DashboardNote({ withShares, isShrunk }: { withShares: number; isShrunk: boolean }) {
  if (withShares === 0) return null
  return (
    <p className="mb-3 max-w-3xl text-sm text-ink-2">
      Shares stand with their 95 % intervals where there is enough data, and no source is ranked by them.
      {isShrunk && (
        <>
          {' '}
          The second interval draws each share towards those of all {numberInWords(withShares)} sources that have one,
          by as much as its few claims leave open.
        </>
      )}{' '}
      <a href="#method" className="text-accent hover:underline">
        How these are made
      </a>
    </p>
  )
}

/** How the figures of the list are made. */
export function DashboardMethod() {
  return (
    <details className="mt-6 max-w-3xl text-sm text-ink-2">
      <summary className="w-fit cursor-pointer text-ink-3">How these figures are made</summary>
      <div id="method" className="mt-2 grid scroll-mt-4 gap-2">
        <p>
          Counts are of what closed review sessions settled; of a document that several closed, the one closed last.
          Claims that one person alone judged are left out, and so are documents that are being judged blind. What
          reviewers agree on outside of closed sessions is in the live report of a source only, which also says how
          documents were chosen and how well reviewers agreed: read it before you conclude anything from a line here.
        </p>
        <p>
          A share needs 30 assessed claims from documents that weigh like five of equal size. Its interval (Wilson, 95
          %) is widened because claims of one document are alike. Where intervals of two sources overlap, neither is
          better: the comparison at the foot of a report says which can be told apart.
        </p>
        <p>
          From ten sources with shares on, the second interval shows what each share is likely to be if sources are
          taken as alike as their shares are: a beta distribution is fitted to all of them by maximum likelihood, and
          each share is the mean of its posterior distribution with the middle 95 % (Gelman and others, Bayesian Data
          Analysis, 3rd edition, chapter 5). A source with few claims moves far, one with many hardly. It stands beside
          the share and never in its place.
        </p>
      </div>
    </details>
  )
}
