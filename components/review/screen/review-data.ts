import type { ReactNode } from 'react'
import type { AnnotationView, SentenceDecisionView } from '@/lib/domain/annotations/schema'
import type { DocumentView, RevisionView } from '@/lib/domain/documents/schema'
import type { Review } from '../session/session-words'
import type { Layer, Outcome } from '../verdicts/layer'

/** All that the review screen starts from. */
export interface ReviewPageData {
  document: DocumentView
  /** The text itself is not sent twice: the screen derives it from the content. */
  revision: Pick<RevisionView, 'id' | 'number' | 'content' | 'leftOut' | 'sentences' | 'wordCount' | 'scopeChanges'>
  /** The number of the newest revision, to say so when another one is shown. */
  latestNumber: number
  /** How many annotations of earlier revisions wait in this one for a decision, of those that the person may see. */
  waiting: number
  annotations: AnnotationView[]
  decisions: SentenceDecisionView[]
  /** The review session that the person reads this in; null outside of sessions. */
  review: (Review & { guidelines: ReactNode; now: number }) | null
  /** What was settled about this revision, the layer to begin with and the one shown without asking; null where nothing was that the person may see. */
  verdicts: { outcome: Outcome; initial: Layer; first: Layer } | null
  /** How many of the person's own marks the session that they review in puts aside; 0 outside of sessions. */
  putAside: number
  /** Marks that their author made twice on the same words, each with whether it was made in a session. */
  twins: Readonly<Record<string, boolean>>
  workspaceId: string
  /** The number of the last event that the page's data knows of: the live feed goes on from there. */
  liveSince: number
  me: { id: string; name: string }
}
