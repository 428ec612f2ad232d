'use client'

import { lazy, Suspense, useSyncExternalStore } from 'react'
import { currentToasts, noToasts, subscribeToToasts } from './toast-store'

const ToastList = lazy(() => import('./toast-list'))

/** The place of toasts, above the bar that some pages keep at their foot. The live region stands from the start so that screen readers hear the first message; the rest loads with it. */
export function Toaster() {
  const toasts = useSyncExternalStore(subscribeToToasts, currentToasts, noToasts)
  return (
    <section
      aria-label="Messages"
      aria-live="polite"
      className="pointer-events-none fixed end-0 bottom-13 z-50 flex w-full flex-col items-center gap-2 p-4 md:w-auto md:items-end print:hidden"
    >
      {toasts.length > 0 && (
        <Suspense>
          <ToastList toasts={toasts} />
        </Suspense>
      )}
    </section>
  )
}
