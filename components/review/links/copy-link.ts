import { copyWords } from '@/lib/client/copy-words'
import { makeNumbersOf } from '@/lib/domain/text/sentence-numbers'
import type { ReviewController } from '@/lib/client/annotations/controller'
import { linkToPlace } from './place-link'

/** Copies the address of what the person has in hand, and says visibly that it was copied. */
export async function copyLink(controller: ReviewController): Promise<void> {
  const { selection, sentence } = controller.getState().view
  const { revisionId, sentences } = controller.text
  const link = linkToPlace({ selection, active: controller.active(), sentence, numbersOf: makeNumbersOf(sentences) })
  if (link === null) {
    controller.answer('Nothing to link to yet. Go to a sentence, open an annotation, or select words.')
    return
  }
  const address = new URL(window.location.href)
  const asked = address.searchParams.get('revision')
  address.search = ''
  // Offsets of selected words hold for this revision; an older one is only found when it is named.
  const revision = asked ?? (link.fragment.startsWith('#passage-') ? revisionId : null)
  if (revision !== null) address.searchParams.set('revision', revision)
  address.hash = link.fragment
  controller.answer(
    (await copyWords(address.href))
      ? `Copied the link to ${link.words}.`
      : `The link to ${link.words}: ${address.href}`,
  )
}
