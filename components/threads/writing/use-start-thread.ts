'use client'

import { useState } from 'react'
import { callApi } from '@/lib/client/api/call'
import { newId } from '@/lib/client/new-id'
import type { ThreadInput, ThreadView } from '@/lib/domain/threads/schema'
import type { Written } from './composer'

/** What a thread is about, and for whom. */
export type ThreadAbout = Pick<ThreadInput, 'passage' | 'annotationId' | 'claimId'> & {
  audience?: ThreadInput['audience']
}

/**
 * Starting threads on a document. The same draft makes the same thread, however often it has to be sent. Answers null when it is stored, else in words
 * why not.
 */
export function useStartThread(documentId: string, asMember: string) {
  const [threadIds] = useState(() => new Map<string, string>())
  return async (about: ThreadAbout, { id: commentId, ...written }: Written): Promise<string | null> => {
    const id = threadIds.get(commentId) ?? newId()
    threadIds.set(commentId, id)
    const answer = await callApi<ThreadView>({
      method: 'POST',
      path: `/api/v1/documents/${documentId}/threads`,
      asMember,
      body: { id, comment: { id: commentId, ...written }, ...about },
    })
    return answer.ok ? null : answer.message
  }
}
