'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '@/components/ui/controls/button'
import { showToast } from '@/components/ui/overlays/toast-store'
import { countInWords } from '@/components/ui/text/wording'
import { callApi } from '@/lib/client/api/call'
import type { AnchorCounts } from '@/lib/domain/revisions/schema'
import { countsInWords } from './anchor-words'

/** Offers to carry annotations over that were left in a session which was still open when the later text came in. */
export function CarryOver({ documentId, count }: { documentId: string; count: number }) {
  const router = useRouter()
  const [busy, setBusy] = useState(false)
  const carry = async () => {
    setBusy(true)
    const answer = await callApi<AnchorCounts>({
      method: 'POST',
      path: `/api/v1/documents/${documentId}/carry-over`,
    })
    setBusy(false)
    if (!answer.ok) {
      showToast(answer.message, { tone: 'problem' })
      return
    }
    showToast(countsInWords(answer.value))
    router.refresh()
  }
  return (
    <section
      aria-label="Annotations of closed sessions"
      className="grid gap-2 rounded-lg border border-line bg-sunken p-4"
    >
      <p>
        {countInWords(count, 'annotation')} {count === 1 ? 'was' : 'were'} left in a session that was open when this
        text came in. It is closed now.
      </p>
      <Button size="small" className="w-fit" busy={busy} onClick={() => void carry()}>
        Carry {count === 1 ? 'it' : 'them'} over
      </Button>
    </section>
  )
}
