'use client'

import { useCallback, useMemo, useRef, useEffect, type Ref } from 'react'
import type { AnnotationView } from '@/lib/domain/annotations/schema'
import { callApi } from '@/lib/client/api/call'
import { TextReader } from '@/components/reader/text-reader'
import type { ReaderAnnotation, TextRange, TextReaderHandle } from '@/components/reader/types'
import { ratingNames } from '@/lib/domain/annotations/words'
import { useDiscussedText } from '@/components/threads/discussion/discussed-text'
import { capitalised } from '@/components/ui/text/wording'
import { focusCard } from '../cards/card-focus'
import { outcomeNames } from '@/lib/domain/annotations/words'
import type { Find } from '../find/use-find'
import type { CitedHere } from '../markers/use-cited-here'
import { useController, useReview } from '@/components/annotations/review-context'
import type { ReviewPageData } from './use-review-controller'
import { scopeNames } from '../scope-names'
import type { ScreenParts } from './use-screen-parts'
import { useShownVerdicts, type VerdictLayer } from '../verdicts/layer-context'

export interface ReviewTextProps {
  data: ReviewPageData
  text: string
  parts: ScreenParts
  holdReader: Ref<TextReaderHandle>
  /** Called once the text can be marked. */
  onReady: () => void
  find: Pick<Find, 'hits' | 'at'>
  /** Shows what a citation marker stands for, when one was pressed. */
  cited: Pick<CitedHere, 'pressAt' | 'pressWords'>
}

/** The reader, tied to the review. */
export function ReviewText(props: ReviewTextProps) {
  const { data, text, holdReader, onReady, find, cited } = props
  const { signals, placeOf } = props.parts
  const controller = useController()
  const checkable = useReview((_, derived) => derived.checkable)
  const sentenceIndex = useReview((_, derived) => derived.sentenceIndex)
  const activeId = useReview((state) => state.view.activeId)
  const editing = useReview((state) => state.view.editing)
  const wasKey = useWasKey()
  const verdicts = useShownVerdicts()
  const { commented, lit, countIn, pressAt } = useDiscussedText()
  const { annotations, folded, decided } = usePainted(text)
  const describeSentence = useDescription({ placeOf, verdicts, countIn })
  return (
    <TextReader
      ref={holdReader}
      content={data.revision.content}
      language={data.document.language}
      sentences={checkable}
      annotations={verdicts?.painted ?? annotations}
      folded={folded}
      decided={verdicts === null ? decided : undefined}
      activeAnnotationId={verdicts === null ? activeId : verdicts.activeId}
      currentSentence={sentenceIndex}
      label={data.document.title}
      describeSentence={describeSentence}
      commented={commented}
      commentedNow={lit}
      found={find.hits}
      foundNow={find.hits[find.at]}
      takesFocus
      onReady={onReady}
      onReplaced={() => {
        void callApi({ method: 'POST', path: `/api/v1/revisions/${data.revision.id}/redrawn` })
      }}
      onMoveSpan={
        verdicts === null && controller.mayAnnotate && editing !== 'span'
          ? (id, range) => {
              controller.moveTo(id, range)
            }
          : undefined
      }
      onSelect={(range) => {
        // Verdicts do not change here, so there is nothing to rate.
        if (verdicts === null) controller.select(range)
      }}
      onPressWords={(offset, ids) => {
        if (cited.pressAt(offset) || pressAt(offset, ids)) return true
        cited.pressWords(offset, ids)
        return false
      }}
      onActivate={(ids) => {
        if (verdicts !== null) {
          verdicts.activate(ids, wasKey())
          return
        }
        if (!wasKey()) {
          controller.pressAt(ids)
          return
        }
        const { activeId: open } = controller.getState().view
        const id = open !== null && ids.includes(open) ? open : ids[0]
        if (id === undefined) return
        controller.open(id)
        focusCard(id)
      }}
      onSentenceChange={(index) => {
        controller.goToSentence(index)
      }}
      onLayout={signals.layoutMoved}
      onViewport={signals.viewMoved}
    />
  )
}

/** What the reader paints, each the same object as long as nothing about it has changed: own and others' marks, folded parts, own decisions. */
function usePainted(text: string) {
  const me = useController().me.id
  const visible = useReview((_, derived) => derived.visible)
  const outOfScope = useReview((_, derived) => derived.outOfScope)
  const decisions = useReview((state) => state.review.data.decisions)
  const annotations = useMemo(() => visible.map((annotation) => readerAnnotation(annotation, me)), [visible, me])
  const folded = useMemo(
    () =>
      outOfScope.map(({ start, end, reason }) => ({
        start,
        end,
        reason,
        label: `${scopeNames[reason]}: ${excerpt(text.slice(start, Math.min(end, start + 200)))}`,
      })),
    [outOfScope, text],
  )
  const decided = useMemo(
    () => [...decisions.values()].filter(({ author }) => author.id === me).sort((a, b) => a.start - b.start),
    [decisions, me],
  )
  return { annotations, folded, decided }
}

/** Makes the function that tells screen readers of a sentence, by its index among the checkable: where it is, what was decided, who marked it. */
function useDescription({
  placeOf,
  verdicts,
  countIn,
}: {
  placeOf: ScreenParts['placeOf']
  verdicts: VerdictLayer | null
  /** How many discussions there are in a part of the text. */
  countIn: (range: TextRange) => number
}): (index: number) => string {
  const controller = useController()
  const me = controller.me.id
  return useCallback(
    (index: number) => {
      const { checkable: sentences, coverage, ordered } = controller.derived()
      const sentence = sentences[index]
      if (sentence === undefined) return ''
      if (verdicts !== null) {
        return `${verdicts.describe(sentence) ?? `${placeOf(sentence)}, no claim`}.`
      }
      const outcome = coverage.outcomes[index] ?? null
      const here = ordered.filter(({ start, end }) => start < sentence.end && sentence.start < end)
      const marks = here.map(
        ({ author, rating }) => `${author.id === me ? 'you' : author.name}: ${ratingNames[rating].toLowerCase()}`,
      )
      const place = placeOf(sentence)
      const discussed = countIn(sentence) > 0 ? ' Discussed.' : ''
      return `${capitalised(place)}, ${outcome === null ? 'undecided' : outcomeNames[outcome]}.${marks.length > 0 ? ` Marked by ${marks.join(', ')}.` : ''}${discussed}`
    },
    [controller, me, placeOf, verdicts, countIn],
  )
}

const readerAnnotations = new WeakMap<AnnotationView, ReaderAnnotation>()

/** What the reader needs of an annotation: the same object as long as the annotation is the same, so that the reader sees what changed. */
export function readerAnnotation(annotation: AnnotationView, me: string): ReaderAnnotation {
  const known = readerAnnotations.get(annotation)
  if (known !== undefined) return known
  const { id, start, end, rating, missing, author } = annotation
  const made = { id, start, end, rating, missing, authorId: author.id, own: author.id === me }
  readerAnnotations.set(annotation, made)
  return made
}

/** Whether the last thing the person did was to press a key: then an opened card gets the focus. */
function useWasKey(): () => boolean {
  const last = useRef(false)
  useEffect(() => {
    const key = () => {
      last.current = true
    }
    const pointer = () => {
      last.current = false
    }
    document.addEventListener('keydown', key, { capture: true })
    document.addEventListener('pointerdown', pointer, { capture: true })
    return () => {
      document.removeEventListener('keydown', key, { capture: true })
      document.removeEventListener('pointerdown', pointer, { capture: true })
    }
  }, [])
  return useCallback(() => last.current, [])
}

function excerpt(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim()
  return line.length > 70 ? `${line.slice(0, 70).replace(/\s?\S*$/u, '')}…` : line
}

/** How many blocks may stand before the title: a way through the site, a section's name. */
const mostBeforeTitle = 3

/** Whether the text itself begins with its title, so that the page need not show it twice. */
export function startsWithTitle({ document, revision }: Pick<ReviewPageData, 'document' | 'revision'>): boolean {
  const first = revision.content.content.slice(0, mostBeforeTitle + 1).find(({ type }) => type === 'heading')
  if (first?.type !== 'heading') return false
  const words = (first.content ?? []).map((inline) => (inline.type === 'text' ? inline.text : ' ')).join('')
  // A title given at import has plain spaces where the text may have others.
  const plain = (title: string) => title.replaceAll(/\s+/g, ' ').trim()
  return plain(words) === plain(document.title)
}
