import type {
  CarriedAnnotationView,
  CarryDecision,
  CreatedRevision,
  RevisionPreview,
} from '@/lib/domain/revisions/schema'
import { callApi, type CallResult } from './call'
import { bodyOf, postFile, type ImportOrigin } from './imports'

async function send<T>(path: string, origin: ImportOrigin, last: '' | '/preview'): Promise<CallResult<T>> {
  if (origin.kind === 'file') return postFile<T>(`${path}/file${last}`, origin.file)
  return callApi<T>({ method: 'POST', path: `${path}${last}`, body: bodyOf(origin) })
}

function pathOf(documentId: string): string {
  return `/api/v1/documents/${documentId}/revisions`
}

/** Compares a text with a document's latest revision, without storing it. Never rejects. */
export async function previewRevision(documentId: string, origin: ImportOrigin): Promise<CallResult<RevisionPreview>> {
  return send(pathOf(documentId), origin, '/preview')
}

/** Stores a text as a document's next revision. Idempotent: the same text makes no further revision. Never rejects. */
export async function storeRevision(documentId: string, origin: ImportOrigin): Promise<CallResult<CreatedRevision>> {
  return send(pathOf(documentId), origin, '')
}

/** Decides about an annotation whose words have changed. Never rejects. */
export async function decideCarried(
  { id, version }: Pick<CarriedAnnotationView, 'id' | 'version'>,
  decision: CarryDecision,
): Promise<CallResult<CarriedAnnotationView>> {
  return callApi({
    method: 'POST',
    path: `/api/v1/carried-annotations/${id}/decision`,
    ifMatch: version,
    body: decision,
  })
}
