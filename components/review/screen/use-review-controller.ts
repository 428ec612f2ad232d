'use client'

import { useEffect, useMemo, useState, type ReactNode } from 'react'
import { buildTextIndex, type TextIndex } from '@/lib/domain/text/text-index'
import { makePagesOf, pagesInWords, type PagesOf } from '@/lib/domain/text/pages'
import { makePlaceOf } from '@/lib/domain/text/sentence-numbers'
import { scopeRegions } from '@/lib/domain/text/scope'
import { unpackSentences, type SentenceSpan } from '@/lib/domain/text/sentences'
import { ReviewController } from '@/lib/client/annotations/controller'
import { browserTimers, keepInBrowser } from '@/lib/client/outbox/browser'
import { createReviewStore } from '@/lib/client/outbox/review-store'
import { fetchTransport } from '@/lib/client/api/transport'
import { decisionsMoveOn } from '@/components/shell/keys/shortcuts'
import { showToast } from '@/components/ui/overlays/toast-store'
import { mayWarn, mergedWords } from '../saving/save-words'
import { isLocked, type Review } from '../session/session-words'
import { newId } from '@/lib/client/new-id'
import type { AnnotationView, SentenceDecisionView } from '@/lib/domain/annotations/schema'
import type { DocumentView, RevisionView } from '@/lib/domain/documents/schema'
import type { Layer, Outcome } from '../verdicts/layer'

/** The data that the review screen starts from. */
export interface ReviewPageData {
  document: DocumentView
  /** The text is not sent a second time: the screen derives it from the content. */
  revision: Pick<RevisionView, 'id' | 'number' | 'content' | 'leftOut' | 'sentences' | 'wordCount' | 'scopeChanges'>
  /** The number of the newest revision, for the notice on older ones. */
  latestNumber: number
  /** The number of annotations of earlier revisions that wait for a decision in this one, of those that the person may see. */
  waiting: number
  annotations: AnnotationView[]
  decisions: SentenceDecisionView[]
  /** The review session in which the person reads this document; null outside of sessions. */
  review: (Review & { guidelines: ReactNode; now: number }) | null
  /** The verdicts of this revision, with the layer to begin with and the default layer; null where there are none that the person may see. */
  verdicts: { outcome: Outcome; initial: Layer; first: Layer } | null
  /** The number of the person's own marks that the present session puts aside; 0 outside of sessions. */
  putAside: number
  /** Marks that their author made twice on the same words, with whether each was made in a session. */
  twins: Readonly<Record<string, boolean>>
  workspaceId: string
  /** The number of the last event in the page's data. The live feed continues from there. */
  liveSince: number
  me: { id: string; name: string }
}

/** Makes the controller of a page's data, with all that is derived from the text. It lives as long as the page. */
export function useReviewController(data: ReviewPageData): {
  controller: ReviewController
  index: TextIndex
  sentences: SentenceSpan[]
  /** The place of a range or mark, such as "sentence 4". */
  placeOf: (range: Range) => string
  /** The pages of a range, in a document that has pages. */
  pagesOf: PagesOf
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
      timers: browserTimers,
      keep: keepInBrowser({
        workspaceId: data.workspaceId,
        memberId: data.me.id,
        memberName: data.me.name,
        documentId: data.document.id,
        revisionId: revision.id,
        title: data.document.title,
      }),
      onMerged: (_, fromThere) => {
        showToast(mergedWords(fromThere))
      },
    })
    return new ReviewController({
      text: { revisionId: revision.id, text: index.text, sentences, recognised: scopeRegions(index) },
      me: data.me,
      mayAnnotate: data.document.may.annotate && (data.review === null || !isLocked(data.review)),
      store,
      newId: () => newId(),
      now: () => new Date().toISOString(),
      movesOn: decisionsMoveOn,
    })
  })

  useEffect(() => {
    const { store } = controller
    const retry = () => {
      if (document.visibilityState === 'visible' && store.getSnapshot().save.waiting !== null) store.retryNow()
    }
    const warn = (event: BeforeUnloadEvent) => {
      if (mayWarn(store.getSnapshot().save)) event.preventDefault()
    }
    const hide = () => {
      if (document.visibilityState === 'hidden') store.handOver()
    }
    const stop = store.start()
    document.addEventListener('visibilitychange', hide)
    window.addEventListener('online', retry)
    window.addEventListener('focus', retry)
    window.addEventListener('beforeunload', warn)
    return () => {
      stop()
      document.removeEventListener('visibilitychange', hide)
      window.removeEventListener('online', retry)
      window.removeEventListener('focus', retry)
      window.removeEventListener('beforeunload', warn)
    }
  }, [controller])

  const { content } = data.revision
  const pagesOf = useMemo(() => makePagesOf(content, index), [content, index])
  const placeOf = useMemo(
    () => placeWithOrigin(placeWithPages(makePlaceOf(sentences), pagesOf), data.twins),
    [sentences, pagesOf, data.twins],
  )
  return { controller, index, sentences, placeOf, pagesOf }
}

type Range = Readonly<{ start: number; end: number; id?: string }>

/** Adds the pages, where there are any: "sentence 4, p. 12". */
function placeWithPages(placeOf: (range: Range) => string, pagesOf: PagesOf): (range: Range) => string {
  return (range) => {
    const pages = pagesOf(range)
    return pages === null ? placeOf(range) : `${placeOf(range)}, ${pagesInWords(pages)}`
  }
}

/**
 * Makes a function that names the place of a mark. When an author has made the same mark twice, it also says which of the two it is: "sentence 4, in
 * a session", "sentence 4, open reading".
 * @param twins whether a mark was made in a session, by its id
 */
function placeWithOrigin(
  placeOf: (range: Range) => string,
  twins: Readonly<Record<string, boolean>>,
): (range: Range) => string {
  return (range) => {
    const inSession = range.id === undefined ? undefined : twins[range.id]
    const place = placeOf(range)
    return inSession === undefined ? place : `${place}, ${inSession ? 'in a session' : 'open reading'}`
  }
}
