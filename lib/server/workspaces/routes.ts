import { workspaceChangeSchema, workspaceSchema } from '@/lib/domain/members/schema'
import { answer } from '../http/answers'
import { addOperation, createRoutes } from '../http/operation'
import { readWorkspace } from './data'
import { updateWorkspace } from './mutations'
import { presentWorkspace } from './present'

/** Routes of the workspace that the session or token works in. */
export const workspaceRoutes = createRoutes()

addOperation(
  workspaceRoutes,
  {
    id: 'getWorkspace',
    noun: 'workspace',
    summary: 'The workspace',
    method: 'get',
    path: '/workspace',
    action: 'workspace.read',
    answers: { 200: { description: 'The workspace.', schema: workspaceSchema } },
  },
  async ({ permit, actor }) => {
    const row = await readWorkspace(permit)
    return answer(presentWorkspace(row, actor), { version: row.version })
  },
)

addOperation(
  workspaceRoutes,
  {
    id: 'updateWorkspace',
    noun: 'workspace',
    summary: 'Change the name or time zone of the workspace',
    method: 'patch',
    path: '/workspace',
    action: 'workspace.update',
    body: workspaceChangeSchema,
    ifMatch: true,
    answers: { 200: { description: 'The workspace as it is now.', schema: workspaceSchema } },
    example: { name: 'Harbour desk', timeZone: 'Europe/Lisbon' },
  },
  async ({ permit, actor, body, version }) => {
    const row = await updateWorkspace(permit, { change: body, version })
    return answer(presentWorkspace(row, actor), { version: row.version })
  },
)
