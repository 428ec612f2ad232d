import { showToast } from '@/components/ui/overlays/toast-store'
import { callApi, type CallFailure } from '@/lib/client/api/call'

/**
 * Deletes a thing and offers to undo it in a toast. `after` runs after the deletion and after the undo, so that lists stay true. Resolves to whether
 * it was deleted; a refusal is shown in the server's words.
 */
export async function deleteWithUndo({
  path,
  version,
  name,
  after,
  onRefused,
}: {
  /** The thing's path in the API, such as `/api/v1/sources/…`; its `/restore` brings it back. */
  path: string
  version: number
  name: string
  after: (state: 'deleted' | 'restored') => void
  /** Handles a refusal; false leaves it to be shown. */
  onRefused?: (refusal: CallFailure) => boolean
}): Promise<boolean> {
  const deletion = await callApi({ method: 'DELETE', path, ifMatch: version })
  if (!deletion.ok) {
    if (onRefused?.(deletion) !== true) showToast(deletion.message, { tone: 'problem' })
    return false
  }
  after('deleted')
  const restore = async () => {
    const answer = await callApi({ method: 'POST', path: `${path}/restore` })
    if (answer.ok) after('restored')
    else showToast(answer.message, { tone: 'problem' })
  }
  showToast(`Deleted “${name}”.`, { action: { label: 'Undo', run: () => void restore() } })
  return true
}
