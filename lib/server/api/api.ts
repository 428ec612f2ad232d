import { agreementRoutes } from '../agreement/routes'
import { annotationRoutes } from '../annotations/routes'
import { leadAssignmentRoutes } from '../assignments/lead-routes'
import { assignmentRoutes } from '../assignments/routes'
import { actorOfRequest } from '../auth/current'
import { batchRoutes } from '../batches/routes'
import { carriedAnnotationRoutes } from '../carried-annotations/routes'
import { claimRoutes } from '../claims/routes'
import { conflictRoutes } from '../conflicts-of-interest/routes'
import { frozenReportRoutes } from '../frozen-reports/routes'
import { importRoutes } from '../documents/import-routes'
import { reviseRoutes } from '../documents/revise-routes'
import { documentRoutes } from '../documents/routes'
import { eventRoutes } from '../events/routes'
import { interchangeRoutes } from '../interchange/routes'
import { invitationRoutes } from '../invitations/routes'
import { jobRoutes } from '../jobs/routes'
import { liveRoutes } from '../live/routes'
import { meRoutes } from '../me/routes'
import { memberRoutes } from '../members/routes'
import { notificationRoutes } from '../notifications/routes'
import { referenceRoutes } from '../references/routes'
import { reportExportRoutes } from '../report-exports/routes'
import { reportRoutes } from '../reports/routes'
import { sessionContentRoutes } from '../review-sessions/content-routes'
import { reviewSessionRoutes } from '../review-sessions/routes'
import { revisionRoutes } from '../revisions/routes'
import { scopeRoutes } from '../scope/routes'
import { searchRoutes } from '../search/routes'
import { sentenceDecisionRoutes } from '../sentence-decisions/routes'
import { sourceRoutes } from '../sources/routes'
import { tagRoutes } from '../tags/routes'
import { threadRoutes } from '../threads/routes'
import { tokenRoutes } from '../tokens/routes'
import { verdictRoutes } from '../verdicts/routes'
import { workspaceRoutes } from '../workspaces/routes'
import { createApi, type Api } from './app'
import type { ApiRoutes } from '../http/operation'

/** The nouns of the API, in the order in which the documentation shows them. Add a noun's routes here. */
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
