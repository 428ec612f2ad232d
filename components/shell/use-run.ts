'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { showToast } from '@/components/ui/overlays/toast-store'
import type { CallResult } from '@/lib/client/api/call'

/** Makes an API call, shows its result in a toast and reloads the page's data. `busy` names the call that is running. */
export function useRun() {
  const router = useRouter()
  const [busy, setBusy] = useState<string | null>(null)
  const run = async <T>(
    name: string,
    call: () => Promise<CallResult<T>>,
    say?: (value: T) => string,
  ): Promise<CallResult<T>> => {
    setBusy(name)
    const answer = await call()
    setBusy(null)
    if (answer.ok) {
      if (say !== undefined) showToast(say(answer.value))
    } else showToast(answer.message, { tone: 'problem' })
    // A refusal often means that the page is out of date.
    if (answer.ok || answer.status === 409 || answer.status === 412) router.refresh()
    return answer
  }
  return { busy, run }
}
