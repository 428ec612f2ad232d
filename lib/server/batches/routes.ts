import { z } from 'zod'
import {
  addressBatchSchema,
  batchChoicesSchema,
  batchDecisionSchema,
  batchNameSchema,
  maxFormFiles,
} from '@/lib/domain/batches/schema'
import { nameFormats } from '@/lib/domain/documents/import-formats'
import { maxFileBytes, sourceChoiceSchema } from '@/lib/domain/documents/schema'
import { DomainError } from '@/lib/domain/errors'
import { filledTextSchema, idSchema, textSchema } from '@/lib/domain/fields'
import { jobViewSchema, maxJobItems } from '@/lib/domain/jobs/schema'
import { importFormLimit } from '../documents/read-import'
import { answer } from '../http/answers'
import { addOperation, createRoutes } from '../http/operation'
import { check, parseJson, readMultipart, type MultipartForm } from '../http/request-body'
import { wakeJobs } from '../jobs/worker'
import {
  addFiles,
  createAddressBatch,
  limitForms,
  type BatchFile,
  type CreatedBatch,
  type FileBatch,
  decideItems,
} from './mutations'

/** Routes of imports of many files or addresses, which run in the background. */
export const batchRoutes = createRoutes()

const noun = 'batch'
const flag = z.enum(['true', 'false'])
const { source: _source, sourceOfText: _sourceOfText, ...otherChoices } = batchChoicesSchema.shape

const formSchema = z
  .strictObject({
    id: idSchema.describe(
      'The id of the batch, chosen by you: further forms name it, and sending a form again is harmless.',
    ),
    name: batchNameSchema,
    first: z.coerce
      .number()
      .int()
      .min(0)
      .max(maxJobItems - 1)
      .describe('The index in the batch of this form’s first file; 0 by default.'),
    more: flag.describe('Whether another form with files follows.'),
    sourceId: idSchema,
    sourceName: filledTextSchema(300, 'Give the source a name.'),
    sources: textSchema(400_000).describe(
      'A JSON array with an entry for each file: `{"name": …}` or `{"id": …}` for a source of its own, else null.',
    ),
    sourceOfText: flag,
    ...otherChoices,
  })
  .partial()

const sourcesSchema = z.array(sourceChoiceSchema.nullable()).max(maxFormFiles)
const formDocs = formSchema.extend({ file: z.array(z.string().meta({ format: 'binary' })) })
const answers = {
  201: { description: 'The job.', schema: jobViewSchema },
  200: { description: 'The batch existed; missing files were added.', schema: jobViewSchema },
}

function answerBatch({ job, created }: CreatedBatch): Response {
  wakeJobs()
  return answer(job, { status: created ? 201 : 200 })
}

function refuse(path: string, message: string): DomainError {
  return new DomainError('invalid', message, { fields: [{ path, message }] })
}

/** The sources of individual files, in the order of the files. @throws DomainError `invalid` or `malformed`. */
function readSources(text: string | undefined, count: number): (BatchFile['source'] | null)[] {
  if (text === undefined) return []
  const sources = check(sourcesSchema, parseJson(new TextEncoder().encode(text)), 'field sources')
  if (sources.length !== count) throw refuse('sources', `Give an entry for each of the ${String(count)} files.`)
  return sources
}

/** Reads a form with files of a batch. @throws DomainError `invalid`, or `too-large` for a file. */
async function readForm({ fields, files }: MultipartForm): Promise<FileBatch> {
  const form = check(formSchema, fields, 'form')
  const { id, name, first = 0, more, sourceId, sourceName, sources, sourceOfText, ...others } = form
  if ((sourceId === undefined) === (sourceName === undefined))
    throw refuse('sourceId', 'Give either sourceId or sourceName.')
  if (more === 'true' && id === undefined) throw refuse('id', 'Give an id, so that the next form can name this batch.')
  const source = sourceId === undefined ? { name: sourceName } : { id: sourceId }
  const choices = check(batchChoicesSchema, { ...others, source, sourceOfText: sourceOfText === 'true' }, 'form')
  const own = readSources(sources, files.length)
  const read: BatchFile[] = []
  for (const [index, file] of files.entries()) {
    const fileName = check(textSchema(300), file.name, 'file name')
    if (file.size > maxFileBytes)
      throw new DomainError(
        'too-large',
        `${fileName} has more than ${String(maxFileBytes / 1024 / 1024)} MB. Split it into parts, or leave it out.`,
      )
    const ownSource = own[index] ?? null
    const bytes = new Uint8Array(await file.arrayBuffer())
    const mediaType = textSchema(200).safeParse(file.type).data ?? ''
    read.push({ fileName, mediaType, bytes, ...(ownSource === null ? {} : { source: ownSource }) })
  }
  return { id, name, choices, first, more: more === 'true', files: read }
}

addOperation(
  batchRoutes,
  {
    id: 'createAddressBatch',
    noun,
    summary: `Import up to ${String(maxJobItems)} addresses`,
    description:
      'Answers at once with a job. Each site is asked for one page at a time, with pauses, and only where its robots.txt allows it. Follow it with GET /jobs/{jobId}.',
    method: 'post',
    path: '/batches/addresses',
    action: 'job.create',
    body: addressBatchSchema,
    answers,
    problems: ['conflict', 'too-many-requests'],
    example: { source: { name: 'Harbour Gazette' }, addresses: ['https://harbour-gazette.example/a-cold-winter'] },
  },
  async ({ permit, actor, body }) => {
    await limitForms(actor)
    return answerBatch(await createAddressBatch(permit, body))
  },
)

addOperation(
  batchRoutes,
  {
    id: 'createFileBatch',
    noun,
    summary: `Import up to ${String(maxJobItems)} files`,
    description: `Answers at once with a job, which reads them one by one: ${nameFormats('and')}. One form takes ${String(maxFormFiles)} files of 32 MB together; send more in several, with the same id and choices, each with its \`first\`, and \`more\` in all but the last. A form that is sent again changes nothing. Follow it with GET /jobs/{jobId}.`,
    method: 'post',
    path: '/batches/files',
    action: 'job.create',
    ownBody: { 'multipart/form-data': { schema: formDocs } },
    answers,
    problems: ['conflict', 'too-many-requests'],
  },
  async ({ permit, actor, request }) => {
    await limitForms(actor)
    const form = await readMultipart(request, { limit: importFormLimit, maxFiles: maxFormFiles })
    return answerBatch(await addFiles(permit, await readForm(form)))
  },
)

addOperation(
  batchRoutes,
  {
    id: 'decideBatchItems',
    noun,
    summary: 'Decide about items that are like existing documents',
    description:
      '`skip` leaves the items out, `import` makes documents of them, `revise` makes them revisions of the documents that they are like. Applies to the named items, which may be undecided or skipped, or without names to all undecided ones.',
    method: 'post',
    path: '/batches/{jobId}/decision',
    action: 'job.update',
    body: batchDecisionSchema,
    answers: { 200: { description: 'The job.', schema: jobViewSchema } },
    problems: ['conflict'],
    example: { decision: 'revise' },
  },
  async ({ permit, params, body }) => {
    const job = await decideItems(permit, { jobId: params.jobId, ...body })
    wakeJobs()
    return answer(job)
  },
)
