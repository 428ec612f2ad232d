'use client'

import './globals.css'

/** Shown when even the root layout failed. Every page carries this component, so it is smaller than `Failure`. */
export default function GlobalError({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Something went wrong · Sourcemark</title>
        <main className="mx-auto grid min-h-[70dvh] max-w-lg content-center gap-3 px-6">
          <h1 className="font-serif text-2xl font-semibold">This page could not be shown</h1>
          <p>Nothing that was saved is lost. {error.digest !== undefined && `In the log it is ${error.digest}.`}</p>
          <button type="button" className="justify-self-start font-medium text-accent underline" onClick={retry}>
            Try again
          </button>
        </main>
      </body>
    </html>
  )
}
