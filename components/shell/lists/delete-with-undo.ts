import { showToast } from '@/components/ui/overlays/toast-store'
import { callApi, type CallFailure } from '@/lib/client/api/call'

/**
 * Deletes a thing and offers the way back in a toast. `after` runs when it is gone and again when it is back, so that lists show what is.
 * Resolves with whether it was deleted; a refusal is shown as the server words it.
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
  /** Takes care of a refusal, or leaves it to be shown by answering false. */
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
