import type { FoundThing } from './schema'

/** The path, with its fragment, of the page where something found stands. */
export function foundPath({ kind, id, documentId = '', sessionId = '' }: FoundThing): string {
  switch (kind) {
    case 'document':
      return `/documents/${id}`
    case 'source':
      return `/sources/${id}`
    case 'report':
      return `/sources/${id}/report`
    case 'review-session':
      return `/review-sessions/${id}`
    case 'member':
      return '/settings/members'
    case 'reference':
      return `/references/${id}`
    case 'annotation':
      return `/documents/${documentId}#annotation-${id}`
    case 'claim':
      return `/review-sessions/${sessionId}/adjudication?claim=${id}`
  }
}
