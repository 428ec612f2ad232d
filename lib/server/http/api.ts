import { actorOfRequest } from '../auth/current'
import { createApi, type Api } from './app'
import type { ApiRoutes } from './operation'

/** The nouns of the API, in the order in which the documentation shows them. Add a noun's routes here. */
const nouns: readonly ApiRoutes[] = []

/** The API of this process. */
export const api: Api = createApi({ nouns, actorOf: actorOfRequest })
