import type { Metadata } from 'next'
import { FinishedRatings } from '@/components/finished-ratings/finished-ratings'
import { Wordmark } from '@/components/shell/frame/wordmark'

export const metadata: Metadata = { title: 'Report from finished ratings' }

export default function FinishedRatingsPage() {
  return (
    <main className="mx-auto w-full max-w-5xl px-4 py-8 md:px-8 md:py-10">
      <Wordmark />
      <h1 className="mt-8 font-serif text-3xl font-semibold tracking-tight">Report from finished ratings</h1>
      <p className="mt-2 mb-6 max-w-2xl text-ink-2">
        Ratings that were given elsewhere make a report with what they support: how many documents have each rating,
        each share with its interval, and how far raters agree where two rated the same. What they cannot say stands
        first.
      </p>
      <noscript>
        <p className="mb-6 border-s-2 border-unsourced ps-3">
          This page computes in your browser and needs its scripts. Without them,{' '}
          <code>sourcemark report from-ratings FILE</code> does the same.
        </p>
      </noscript>
      <FinishedRatings />
    </main>
  )
}
