import { maxFormFiles, type ItemDecision } from '@/lib/domain/batches/schema'
import type { JobItemState, JobItemView, JobView } from '@/lib/domain/jobs/schema'
import { callApi, unreachable, type CallResult } from './call'
import { postForm } from './imports'

/** The most bytes of files in one form, unless a single file is larger: small enough for visible progress. */
const formBytes = 12 * 1024 * 1024
const formFiles = Math.min(40, maxFormFiles)

/** Statuses that may be temporary, and the waits before each retry, in ms. */
const passing = [0, 429, 503]
const pauses = [1_000, 4_000, 15_000]

/** The settings for all items of a batch, named as in forms and JSON. */
export interface BatchSettings {
  sourceName: string
  sourceOfText: boolean
  onSame: 'skip' | 'import'
  onSimilar: 'ask' | 'skip' | 'import' | 'revise'
}

/** A file of a batch, with the name of its own source or null. */
export interface BatchFile {
  file: File
  source: string | null
}

/** Splits the files of a batch into portions that each fit into one form, in order. */
export function portionsOf<T extends { file: { size: number } }>(files: readonly T[]): T[][] {
  const portions: T[][] = []
  let bytes = 0
  for (const one of files) {
    const last = portions.at(-1)
    if (last === undefined || last.length >= formFiles || bytes + one.file.size > formBytes) {
      portions.push([one])
      bytes = one.file.size
    } else {
      last.push(one)
      bytes += one.file.size
    }
  }
  return portions
}

/**
 * Sends the files of a batch, in several forms if there are many. A call with the same `id` resumes an interrupted one: files that have arrived are
 * not stored twice. Never rejects.
 * @param options.onSent called with the number of files that have arrived
 */
export async function sendFileBatch(
  { id, files, settings }: { id: string; files: readonly BatchFile[]; settings: BatchSettings },
  { onSent }: { onSent: (count: number) => void },
): Promise<CallResult<JobView>> {
  const portions = portionsOf(files)
  const name = nameOfFiles(files)
  let answer: CallResult<JobView> = unreachable()
  let first = 0
  for (const [index, portion] of portions.entries()) {
    const form = new FormData()
    const fields = { ...settings, id, name, first, more: index < portions.length - 1 }
    for (const [key, value] of Object.entries(fields)) form.append(key, String(value))
    form.append('sources', JSON.stringify(portion.map(({ source }) => (source === null ? null : { name: source }))))
    for (const { file } of portion) form.append('file', file, file.name)
    answer = await postForm<JobView>('/api/v1/batches/files', form)
    for (const pause of pauses) {
      if (answer.ok || !passing.includes(answer.status)) break
      await new Promise((resolve) => setTimeout(resolve, pause))
      answer = await postForm<JobView>('/api/v1/batches/files', form)
    }
    if (!answer.ok) return answer
    first += portion.length
    onSent(first)
  }
  return answer
}

/** The name of a batch of files: their common folder, else the first file. */
function nameOfFiles(files: readonly BatchFile[]): string {
  const [first] = files
  const folders = new Set(files.map(({ file }) => (file.name.includes('/') ? file.name.split('/')[0] : '')))
  const [folder = ''] = folders
  if (folders.size === 1 && folder !== '') return `Folder ${folder}`.slice(0, 200)
  return `${(first?.file.name ?? '').slice(0, 150)} and ${String(files.length - 1)} more`
}

/** Starts a batch of addresses. Never rejects. */
export function sendAddressBatch(
  id: string,
  addresses: readonly { address: string; source?: { name: string } }[],
  { sourceName, ...settings }: BatchSettings,
): Promise<CallResult<JobView>> {
  return callApi<JobView>({
    method: 'POST',
    path: '/api/v1/batches/addresses',
    body: { id, addresses, source: { name: sourceName }, ...settings },
  })
}

/** Reads the progress of a job. Never rejects. */
export function readJob(id: string): Promise<CallResult<JobView>> {
  return callApi<JobView>({ method: 'GET', path: `/api/v1/jobs/${id}` })
}

/** Reads a page of the items of a job. Never rejects. */
export function readItems(
  id: string,
  { state, cursor, limit }: { state?: JobItemState | undefined; cursor?: string | undefined; limit: number },
): Promise<CallResult<{ items: JobItemView[]; next: string | null }>> {
  const query = new URLSearchParams({
    limit: String(limit),
    ...(state === undefined ? {} : { state }),
    ...(cursor === undefined ? {} : { cursor }),
  })
  return callApi({ method: 'GET', path: `/api/v1/jobs/${id}/items?${query.toString()}` })
}

/** The actions on a batch as a whole, or on some of its items. */
export type BatchDeed =
  | { kind: 'cancel' }
  | { kind: 'retry'; items?: readonly string[] }
  | { kind: 'decide'; decision: ItemDecision; items?: readonly string[] }

/** Carries out an action on a batch. Never rejects. */
export function doWithBatch(id: string, deed: BatchDeed): Promise<CallResult<JobView>> {
  if (deed.kind === 'cancel') return callApi({ method: 'POST', path: `/api/v1/jobs/${id}/cancel` })
  const items = deed.items === undefined ? {} : { items: deed.items }
  if (deed.kind === 'retry') return callApi({ method: 'POST', path: `/api/v1/jobs/${id}/retry`, body: items })
  return callApi({
    method: 'POST',
    path: `/api/v1/batches/${id}/decision`,
    body: { decision: deed.decision, ...items },
  })
}
