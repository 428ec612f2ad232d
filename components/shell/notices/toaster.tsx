'use client'

import { Suspense, useSyncExternalStore } from 'react'
import { lazyPart } from '@/lib/client/lazy-part'
import { currentToasts, noToasts, subscribeToToasts } from '@/components/ui/overlays/toast-store'

const ToastList = lazyPart(() => import('@/components/ui/overlays/toast-list').then((part) => part.default))

/** The place of toasts, above the bar that some pages keep at their foot; at the top of small screens. The live region stands from the start so that screen readers hear the first message; the rest loads with it. */
export function Toaster() {
  const toasts = useSyncExternalStore(subscribeToToasts, currentToasts, noToasts)
  return (
    <section
      aria-label="Messages"
      aria-live="polite"
      // Beside the cards of the review and above its sheets: a message must not cover what can be done with a card.
      className="pointer-events-none fixed inset-x-0 z-50 flex flex-col items-center gap-2 p-4 max-[60rem]:top-12 min-[60rem]:bottom-13 min-[60rem]:pe-96 print:hidden"
    >
      {toasts.length > 0 && (
        <Suspense>
          <ToastList toasts={toasts} />
        </Suspense>
      )}
    </section>
  )
}
