import { actorOfRequest } from '../auth/current'
import { invitationRoutes } from '../invitations/routes'
import { meRoutes } from '../me/routes'
import { memberRoutes } from '../members/routes'
import { tokenRoutes } from '../tokens/routes'
import { workspaceRoutes } from '../workspaces/routes'
import { createApi, type Api } from './app'
import type { ApiRoutes } from './operation'

/** The nouns of the API, in the order in which the documentation shows them. Add a noun's routes here. */
const nouns: readonly ApiRoutes[] = [meRoutes, workspaceRoutes, memberRoutes, invitationRoutes, tokenRoutes]

/** The API of this process. */
export const api: Api = createApi({ nouns, actorOf: actorOfRequest })
