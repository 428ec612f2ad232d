import type { Metadata } from 'next'
import { VerifyBundle } from '@/components/reports/verify-bundle'
import { Wordmark } from '@/components/shell/frame/wordmark'

export const metadata: Metadata = { title: 'Verify a report' }

export default function VerifyPage() {
  return (
    <main className="mx-auto w-full max-w-3xl px-4 py-8 md:px-8 md:py-10">
      <Wordmark />
      <h1 className="mt-8 font-serif text-3xl font-semibold tracking-tight">Verify a report</h1>
      <p className="mt-2 mb-6 max-w-2xl text-ink-2">
        The bundle of a frozen report holds everything that it was computed from. Here every figure is computed again
        from it and compared, value by value, and both hashes are checked. Compare the hash of the inputs with the one
        on the report, too: it says that this is the bundle of that report.
      </p>
      <noscript>
        <p className="mb-6 border-s-2 border-unsourced ps-3">
          This page computes in your browser and needs its scripts. Without them,{' '}
          <code>sourcemark report verify FILE</code> does the same.
        </p>
      </noscript>
      <VerifyBundle />
    </main>
  )
}
