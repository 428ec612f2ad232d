import type { TextRange } from '@/lib/domain/ranges/text-range'
import type { Passage, ThreadView } from '@/lib/domain/threads/schema'

/** An open discussion of words of the text that is shown: UTF-16 code units, half-open. */
export interface OpenPassage extends TextRange {
  threadId: string
}

/** The passage that a thread is about, when it is one of this revision. */
export function passageIn({ about }: ThreadView, revisionId: string): Passage | null {
  return about.kind === 'passage' && about.passage?.revisionId === revisionId ? about.passage : null
}

/** The passages of a revision that unresolved threads are about in which something is said, by start. */
export function openPassages(threads: readonly ThreadView[], revisionId: string): OpenPassage[] {
  return threads
    .flatMap((thread): OpenPassage[] => {
      const passage = passageIn(thread, revisionId)
      if (passage === null || thread.resolved !== null || thread.comments.every(({ deleted }) => deleted)) return []
      return [{ threadId: thread.id, start: passage.start, end: passage.end }]
    })
    .sort((one, other) => one.start - other.start)
}

function lengthOf({ start, end }: TextRange): number {
  return end - start
}

/**
 * The passages that a press on the character at an offset means, the shortest first; none where an annotation there comes before. The innermost is
 * meant; of words that are annotated and discussed alike, the annotation at first and the discussion at the press after the last annotation.
 * @param marks the annotations there, topmost first
 */
export function passagesPressed(
  passages: readonly OpenPassage[],
  {
    offset,
    marks,
    activeId,
  }: { offset: number; marks: readonly (TextRange & { id: string })[]; activeId: string | null },
): OpenPassage[] {
  const here = passages
    .filter(({ start, end }) => start <= offset && offset < end)
    .sort((one, other) => lengthOf(one) - lengthOf(other))
  const [first] = here
  if (first === undefined) return []
  const isInnermost = marks.every((mark) => lengthOf(first) < lengthOf(mark))
  return isInnermost || marks.at(-1)?.id === activeId ? here : []
}
