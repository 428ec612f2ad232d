import type { ReviewController } from '@/lib/client/annotations/controller'
import { sentenceOfNumber } from '@/lib/domain/text/sentence-numbers'
import type { SentenceSpan } from '@/lib/domain/text/sentences'

/** Follows `#annotation-<id>` and `#sentence-<n>`. Answers null, or in words why the place could not be found; other fragments are not ours. */
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
    controller.open(annotation.id)
    controller.show(annotation)
    return null
  }
  const number = /^#sentence-(\d+)$/.exec(fragment)?.[1]
  if (number === undefined) return null
  const sentence = sentenceOfNumber(sentences, Number(number))
  if (sentence === null)
    return `There is no sentence ${number} in this text. It has ${String(sentences.filter(({ kind }) => kind === 'sentence').length)}.`
  const index = controller.derived().checkable.findIndex(({ start }) => start === sentence.start)
  if (index >= 0) controller.goToSentence(index)
  controller.show(sentence)
  return null
}
