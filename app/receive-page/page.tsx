import type { Metadata } from 'next'
import { ReceivePage } from '@/components/documents/receive-page'

export const metadata: Metadata = { title: 'Send a page' }

/** The window that a bookmarklet opens. It shows nothing of the workspace, so it asks for no sign-in. */
export default function ReceivePagePage() {
  return (
    <main className="mx-auto grid min-h-dvh max-w-xl content-center gap-3 p-6">
      <h1 className="font-serif text-2xl font-semibold">Send a page to Sourcemark</h1>
      <ReceivePage />
    </main>
  )
}
