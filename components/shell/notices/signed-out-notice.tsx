'use client'

import { Suspense, useEffect, useSyncExternalStore } from 'react'
import { readQuietly } from '@/lib/client/api/read'
import { isSignedOut, noteSignedOut, subscribeToSignedOut } from '@/lib/client/api/signed-out'
import type { Me } from '@/lib/domain/members/schema'
import { lazyPart } from '@/lib/client/lazy-part'

const SignedOutWords = lazyPart(() => import('./signed-out-words').then((part) => part.default))

/**
 * Offers to sign in when something could not be saved because nobody is signed in. In a tab beside, so that what was typed here stays; coming back, it
 * looks whether the same member is there again.
 */
export function SignedOutNotice({ memberId }: { memberId: string }) {
  const signedOut = useSyncExternalStore(subscribeToSignedOut, isSignedOut, () => false)
  useEffect(() => {
    if (!signedOut) return
    const look = async () => {
      const me = await readQuietly<Me>('/api/v1/me')
      if (me?.memberId === memberId) noteSignedOut(false)
    }
    const onFocus = () => void look()
    window.addEventListener('focus', onFocus)
    return () => {
      window.removeEventListener('focus', onFocus)
    }
  }, [signedOut, memberId])
  if (!signedOut) return null
  return (
    <Suspense>
      <SignedOutWords />
    </Suspense>
  )
}
