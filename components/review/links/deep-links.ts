import type { ReviewController } from '@/lib/client/annotations/controller'
import { noFilters } from '@/lib/client/annotations/filters'
import { sentenceOfNumber } from '@/lib/domain/text/sentence-numbers'
import { passageOfFragment } from './place-link'
import type { SentenceSpan } from '@/lib/domain/text/sentences'

/** Follows `#annotation-<id>`, `#sentence-<n>` and `#passage-<start>-<end>`, whose words are then selected. Answers null, or in words why the place could not be found; other fragments are not ours. */
export function followFragment(
  fragment: string,
  controller: ReviewController,
  sentences: readonly SentenceSpan[],
): string | null {
  const annotationId = /^#annotation-(.+)$/.exec(fragment)?.[1]
  if (annotationId !== undefined) {
    const annotation = controller.annotation(annotationId)
    if (annotation === null)
      return 'The annotation of this link is not here. It was deleted, or it belongs to another revision of the text.'
    if (!controller.derived().visible.includes(annotation)) controller.setFilters(noFilters)
    controller.open(annotation.id)
    controller.show(annotation)
    return null
  }
  const number = /^#sentence-(\d+)$/.exec(fragment)?.[1]
  if (number === undefined) {
    if (!fragment.startsWith('#passage-')) return null
    const passage = passageOfFragment(fragment, controller.text.text.length)
    if (passage === null)
      return 'The words of this link are not in this text. It may have been made for another revision.'
    controller.show(passage)
    controller.selectWords(passage)
    return null
  }
  const sentence = sentenceOfNumber(sentences, Number(number))
  if (sentence === null)
    return `There is no sentence ${number} in this text. It has ${String(sentences.filter(({ kind }) => kind === 'sentence').length)}.`
  const index = controller.derived().checkable.findIndex(({ start }) => start === sentence.start)
  if (index >= 0) controller.goToSentence(index)
  controller.show(sentence)
  return null
}
