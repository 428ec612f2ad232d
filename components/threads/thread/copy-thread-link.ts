import { copyWords } from '@/lib/client/copy-words'
import { showToast } from '@/components/ui/overlays/toast-store'
import type { ThreadView } from '@/lib/domain/threads/schema'

/** Copies the address of a discussion in the reader, with the revision whose words it is about, and says that it was copied. */
export async function copyThreadLink({ id, document, about }: ThreadView): Promise<void> {
  const address = new URL(`/documents/${document.id}`, window.location.href)
  const passage = about.kind === 'passage' ? about.passage : null
  if (passage !== null) address.searchParams.set('revision', passage.revisionId)
  address.hash = `thread-${id}`
  const link = `the link to the discussion${passage === null ? '' : ` of ${passage.place}`}`
  showToast((await copyWords(address.href)) ? `Copied ${link}.` : `T${link.slice(1)}: ${address.href}`)
}
