import { z } from 'zod'
import { idSchema } from '@/lib/domain/fields'
import { bundleSchema } from '@/lib/domain/frozen-reports/bundle'
import {
  additionInputSchema,
  freezeInputSchema,
  frozenReportSchema,
  publicationViewSchema,
  publishInputSchema,
  reportVersionSchema,
  withdrawInputSchema,
} from '@/lib/domain/frozen-reports/schema'
import { answer, answerDownload, answerNothing } from '../http/answers'
import { addOperation, createRoutes } from '../http/operation'
import { pageSchema } from '../http/pagination'
import { listReportVersions, readBundleFile, readFrozenReport } from './data'
import { addToReport, freezeReport, publishReport, removeAddition, setNamed, withdrawPublication } from './mutations'

/** Routes of frozen reports: their versions, additions and publications. */
export const frozenReportRoutes = createRoutes()

const frozenSchema = z.object({
  id: idSchema,
  number: z.number().int(),
  inputSha256: z.string(),
  created: z.boolean().describe('False when the latest version already has these inputs.'),
})

addOperation(
  frozenReportRoutes,
  {
    id: 'listReportVersions',
    noun: 'report',
    summary: 'The frozen versions of a source’s report',
    description:
      'All on one page, newest first, each with its counts, the changes since the version before, and its links.',
    method: 'get',
    path: '/sources/{sourceId}/reports',
    action: 'report.read',
    answers: { 200: { description: 'The versions.', schema: pageSchema(reportVersionSchema) } },
  },
  async ({ permit, params }) => answer({ items: await listReportVersions(permit, params.sourceId), next: null }),
)

addOperation(
  frozenReportRoutes,
  {
    id: 'freezeReport',
    noun: 'report',
    summary: 'Freeze the report of a source as its next version',
    description:
      'Stores all inputs and figures of the report, hashed, for ever. Needs a closed review session. `inputSha256` is the hash of the report that you saw: when anything has changed since, nothing is frozen. When the latest version has the same inputs, it is returned.',
    method: 'post',
    path: '/sources/{sourceId}/reports',
    action: 'report.freeze',
    body: freezeInputSchema,
    answers: {
      200: { description: 'The latest version, which already has these inputs.', schema: frozenSchema },
      201: { description: 'It is frozen.', schema: frozenSchema },
    },
    problems: ['conflict'],
    example: { inputSha256: '5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9' },
  },
  async ({ permit, params, body }) => {
    const frozen = await freezeReport(permit, { sourceId: params.sourceId, expected: body.inputSha256 })
    return answer(frozen, { status: frozen.created ? 201 : 200 })
  },
)

addOperation(
  frozenReportRoutes,
  {
    id: 'getReport',
    noun: 'report',
    summary: 'A frozen report',
    description:
      'The report as it was frozen, with the replies, corrections and links added since, and the sessions reopened since.',
    method: 'get',
    path: '/reports/{reportId}',
    action: 'report.read',
    answers: { 200: { description: 'The report.', schema: frozenReportSchema } },
    problems: ['conflict'],
  },
  async ({ permit, params }) => answer(await readFrozenReport(permit, params.reportId)),
)

addOperation(
  frozenReportRoutes,
  {
    id: 'downloadReportBundle',
    noun: 'report',
    summary: 'The bundle of a frozen report',
    description:
      'All inputs, every figure and both hashes, as canonical JSON, byte for byte as it was frozen. `sourcemark report verify` recomputes it. It names reviewers by codes.',
    method: 'get',
    path: '/reports/{reportId}/bundle',
    action: 'report.read',
    answers: { 200: { description: 'The bundle.', schema: bundleSchema } },
    problems: ['conflict'],
  },
  async ({ permit, params, request }) => answerDownload(await readBundleFile(permit, params.reportId), request),
)

addOperation(
  frozenReportRoutes,
  {
    id: 'publishReport',
    noun: 'report',
    summary: 'Publish a frozen report at a link',
    description:
      'Anyone with the link can read the report without signing in. The link cannot be guessed. A report that is already published keeps its link. Reviewers appear as letters, unless they agreed to be named.',
    method: 'post',
    path: '/reports/{reportId}/publications',
    action: 'report.publish',
    body: publishInputSchema,
    answers: {
      200: { description: 'It was already published.', schema: publicationViewSchema },
      201: { description: 'It is published.', schema: publicationViewSchema },
    },
    problems: ['conflict'],
    example: { indexed: false },
  },
  async ({ permit, params, body }) => {
    const { publication, created } = await publishReport(permit, params.reportId, body)
    return answer(publication, { status: created ? 201 : 200 })
  },
)

addOperation(
  frozenReportRoutes,
  {
    id: 'withdrawPublication',
    noun: 'report',
    summary: 'Withdraw a published report',
    description:
      'The link then says that the report was withdrawn, when and why. Members can still read the frozen report.',
    method: 'post',
    path: '/reports/{reportId}/publications/{publicationId}/withdrawal',
    action: 'report.publish',
    body: withdrawInputSchema,
    answers: { 200: { description: 'It is withdrawn.', schema: publicationViewSchema } },
    example: { reason: 'Two claims were matched to the wrong register.' },
  },
  async ({ permit, params, body }) => answer(await withdrawPublication(permit, params, body)),
)

addOperation(
  frozenReportRoutes,
  {
    id: 'addToReport',
    noun: 'report',
    summary: 'Add a reply or a correction to a frozen report',
    description:
      'A reply of the publisher, to the report as a whole or to one claim; or a correction that the publisher made of a claim. The frozen report stays as it is.',
    method: 'post',
    path: '/reports/{reportId}/additions',
    action: 'report.add',
    body: additionInputSchema,
    answers: {
      200: { description: 'Added by an earlier identical request.', schema: z.object({ id: idSchema }) },
      201: { description: 'It is added.', schema: z.object({ id: idSchema }) },
    },
    problems: ['conflict'],
    example: { kind: 'reply', day: '2026-03-14', text: 'We have corrected the figure.' },
  },
  async ({ permit, params, body }) => {
    const { id, created } = await addToReport(permit, params.reportId, body)
    return answer({ id }, { status: created ? 201 : 200 })
  },
)

addOperation(
  frozenReportRoutes,
  {
    id: 'removeReportAddition',
    noun: 'report',
    summary: 'Remove a reply or a correction from a frozen report',
    description: 'For additions made by mistake. The audit trail keeps them. Removing one again changes nothing.',
    method: 'delete',
    path: '/reports/{reportId}/additions/{additionId}',
    action: 'report.add',
    answers: { 204: { description: 'It is removed.' } },
  },
  async ({ permit, params }) => {
    await removeAddition(permit, params)
    return answerNothing()
  },
)

addOperation(
  frozenReportRoutes,
  {
    id: 'beNamedInReport',
    noun: 'report',
    summary: 'Agree to be named in a frozen report, or withdraw that',
    description:
      'For reviewers whose work the report counts, each for themselves. Without it, the report names them by a letter.',
    method: 'put',
    path: '/reports/{reportId}/own-name',
    action: 'report.be-named',
    body: z.strictObject({ named: z.boolean() }),
    answers: { 204: { description: 'Your choice is stored.' } },
    problems: ['conflict'],
    example: { named: true },
  },
  async ({ permit, params, body }) => {
    await setNamed(permit, params.reportId, body.named)
    return answerNothing()
  },
)
