'use client'

import { useEffect, useMemo, useState } from 'react'
import { uuidv7 } from 'uuidv7'
import { buildTextIndex, type TextIndex } from '@/lib/domain/text/text-index'
import { scopeRegions } from '@/lib/domain/text/scope'
import { unpackSentences, type SentenceSpan } from '@/lib/domain/text/sentences'
import { ReviewController } from '@/lib/client/annotations/controller'
import { createReviewStore } from '@/lib/client/saving/review-store'
import { fetchTransport } from '@/lib/client/saving/transport'
import type { ReviewPageData } from './review-data'

/** The controller of a page's data, with what the text is made of. It lives as long as the page. */
export function useReviewController(data: ReviewPageData): {
  controller: ReviewController
  index: TextIndex
  sentences: SentenceSpan[]
} {
  const { revision } = data
  const index = useMemo(() => buildTextIndex(revision.content), [revision.content])
  const sentences = useMemo(() => unpackSentences(revision.sentences), [revision.sentences])
  const [controller] = useState(() => {
    const store = createReviewStore({
      initial: {
        annotations: new Map(data.annotations.map((row) => [row.id, row])),
        decisions: new Map(data.decisions.map((row) => [row.id, row])),
        scopeChanges: revision.scopeChanges,
      },
      transport: fetchTransport,
      timers: {
        set: (run, ms) => window.setTimeout(run, ms),
        clear: (handle) => {
          window.clearTimeout(handle)
        },
      },
    })
    return new ReviewController({
      text: { revisionId: revision.id, text: index.text, sentences, recognised: scopeRegions(index) },
      me: data.me,
      mayAnnotate: data.document.may.annotate,
      store,
      newId: uuidv7,
      now: () => new Date().toISOString(),
    })
  })

  useEffect(() => {
    const { store } = controller
    const retry = () => {
      if (document.visibilityState === 'visible' && store.getSnapshot().save.waiting !== null) store.retryNow()
    }
    const warn = (event: BeforeUnloadEvent) => {
      if (store.getSnapshot().save.unsaved > 0) event.preventDefault()
    }
    window.addEventListener('online', retry)
    window.addEventListener('focus', retry)
    window.addEventListener('beforeunload', warn)
    return () => {
      window.removeEventListener('online', retry)
      window.removeEventListener('focus', retry)
      window.removeEventListener('beforeunload', warn)
    }
  }, [controller])

  return { controller, index, sentences }
}
