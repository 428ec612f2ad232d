import { annotationRoutes, sentenceDecisionRoutes } from '../annotations/routes'
import { leadAssignmentRoutes } from '../assignments/lead-routes'
import { assignmentRoutes, conflictRoutes } from '../assignments/routes'
import { actorOfRequest } from '../auth/current'
import { batchRoutes } from '../batches/routes'
import { claimRoutes, verdictRoutes } from '../claims/routes'
import { importRoutes } from '../documents/import-routes'
import { carriedAnnotationRoutes, reviseRoutes } from '../documents/revise-routes'
import { documentRoutes, tagRoutes } from '../documents/routes'
import { frozenReportRoutes } from '../frozen-reports/routes'
import type { ApiRoutes } from '../http/operation'
import { interchangeRoutes } from '../interchange/routes'
import { jobRoutes } from '../jobs/routes'
import { eventRoutes, liveRoutes } from '../live/routes'
import { meRoutes, tokenRoutes } from '../me/routes'
import { invitationRoutes, memberRoutes, workspaceRoutes } from '../members/routes'
import { notificationRoutes } from '../notifications/routes'
import { referenceRoutes } from '../references/routes'
import { reportExportRoutes } from '../report-exports/routes'
import { agreementRoutes, reportRoutes } from '../reports/routes'
import { sessionContentRoutes } from '../review-sessions/content-routes'
import { reviewSessionRoutes } from '../review-sessions/routes'
import { revisionRoutes, scopeRoutes } from '../revisions/routes'
import { searchRoutes } from '../search/routes'
import { sourceRoutes } from '../sources/routes'
import { threadRoutes } from '../threads/routes'
import { createApi, type Api } from './app'

/** The nouns of the API in the order of the documentation. Add a noun's routes here. */
export const nouns: readonly ApiRoutes[] = [
  sourceRoutes,
  importRoutes,
  documentRoutes,
  batchRoutes,
  jobRoutes,
  revisionRoutes,
  reviseRoutes,
  carriedAnnotationRoutes,
  annotationRoutes,
  interchangeRoutes,
  sentenceDecisionRoutes,
  scopeRoutes,
  reviewSessionRoutes,
  sessionContentRoutes,
  assignmentRoutes,
  leadAssignmentRoutes,
  conflictRoutes,
  claimRoutes,
  verdictRoutes,
  agreementRoutes,
  threadRoutes,
  notificationRoutes,
  referenceRoutes,
  tagRoutes,
  reportRoutes,
  frozenReportRoutes,
  reportExportRoutes,
  eventRoutes,
  liveRoutes,
  searchRoutes,
  meRoutes,
  workspaceRoutes,
  memberRoutes,
  invitationRoutes,
  tokenRoutes,
]

/** The API of this process. */
export const api: Api = createApi({ nouns, actorOf: actorOfRequest })
