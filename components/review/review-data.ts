import type { AnnotationView, SentenceDecisionView } from '@/lib/domain/annotations/schema'
import type { DocumentView, RevisionView } from '@/lib/domain/documents/schema'

/** All that the review screen starts from. */
export interface ReviewPageData {
  document: DocumentView
  /** The text itself is not sent twice: the screen derives it from the content. */
  revision: Pick<RevisionView, 'id' | 'number' | 'content' | 'sentences' | 'wordCount' | 'scopeChanges'>
  /** The number of the newest revision, to say so when another one is shown. */
  latestNumber: number
  annotations: AnnotationView[]
  decisions: SentenceDecisionView[]
  workspaceId: string
  me: { id: string; name: string }
}
