'use client'

import { Suspense, useCallback, useEffect, useRef, useState, type Ref } from 'react'
import { callApi } from '@/lib/client/api/call'
import { TextReader } from '@/components/reader/text-reader'
import type { TextRange, TextReaderHandle } from '@/components/reader/types'
import { outcomeNames, ratingNames } from '@/lib/domain/annotations/words'
import { useDiscussedText } from '@/components/threads/discussion/discussed-text'
import { Link } from '@/components/ui/controls/link'
import { capitalised, countInWords, dateInWords } from '@/components/ui/text/wording'
import { lazyPart } from '@/lib/client/lazy-part'
import { wholeStructure } from '@/lib/domain/text/plain-content'
import { focusCard } from '../cards/card-focus'
import type { Find } from '../find/use-find'
import type { CitedHere } from '../markers/use-cited-here'
import { useController, useReview } from '@/components/annotations/review-context'
import type { ReviewPageData } from './use-review-controller'
import { usePainted, type ScreenParts } from './use-screen-parts'
import { useShownVerdicts, type VerdictLayer } from '../verdicts/layer-context'

const AboutDialog = lazyPart(() => import('@/components/provenance/about-dialog').then((part) => part.default))

const noteClass = 'mt-3 rounded-md border border-line bg-sunken px-3 py-2 text-sm'
const noteLink = 'font-medium text-accent underline underline-offset-2'

export interface ReviewTextProps {
  data: ReviewPageData
  text: string
  parts: ScreenParts
  holdReader: Ref<TextReaderHandle>
  /** Called once the text can be marked. */
  onReady: () => void
  find: Pick<Find, 'hits' | 'at'>
  /** Called when a citation marker is pressed, to show its entry. */
  cited: Pick<CitedHere, 'pressAt' | 'pressWords'>
}

/** The reader, connected to the review. */
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
        // Verdicts cannot be changed here, so a selection is not passed on for rating.
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

/**
 * Makes the function that describes a sentence to screen readers, by its index among the checkable ones: its place, its decision and the authors of
 * its marks.
 */
function useDescription({
  placeOf,
  verdicts,
  countIn,
}: {
  placeOf: ScreenParts['placeOf']
  verdicts: VerdictLayer | null
  /** The number of discussions in a part of the text. */
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

/** Whether the person's last input was a key press. If so, an opened card gets the focus. */
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

/** The most blocks before the title, such as the site's navigation or the name of a section. */
const mostBeforeTitle = 3

/** Whether the text itself begins with its title, so that the page need not show it twice. */
export function startsWithTitle({ document, revision }: Pick<ReviewPageData, 'document' | 'revision'>): boolean {
  const first = revision.content.content.slice(0, mostBeforeTitle + 1).find(({ type }) => type === 'heading')
  if (first?.type !== 'heading') return false
  const words = (first.content ?? []).map((inline) => (inline.type === 'text' ? inline.text : ' ')).join('')
  // A title entered at import has plain spaces where the text may have others.
  const plain = (title: string) => title.replaceAll(/\s+/g, ' ').trim()
  return plain(words) === plain(document.title)
}

/** The head of the text: its source, title and author. */
export function TextHeader({
  document,
  revision,
  latestNumber,
  waiting,
  review,
  showTitle,
}: Pick<ReviewPageData, 'document' | 'revision' | 'latestNumber' | 'waiting' | 'review'> & { showTitle: boolean }) {
  const facts = [
    document.source.name,
    dateInWords(document.publishedOn),
    `${new Intl.NumberFormat('en').format(revision.wordCount)} words`,
    latestNumber === 1 ? '' : `revision ${String(revision.number)} of ${String(latestNumber)}`,
  ].filter((fact) => fact !== '')
  const changes = `/documents/${document.id}/changes`
  return (
    <header className={showTitle ? 'mb-6 border-b border-line pb-5' : 'mb-4'}>
      <p className="flex flex-wrap gap-x-2 text-sm text-ink-3">
        {facts.map((fact) => (
          <span key={fact} dir="auto" className="after:ms-2 after:content-['·'] print:last-of-type:after:content-none">
            {fact}
          </span>
        ))}
        <AboutButton document={document} />
      </p>
      <h1 dir="auto" className={showTitle ? 'mt-2.5 font-serif text-3xl font-semibold tracking-[-0.015em]' : 'sr-only'}>
        {document.title}
      </h1>
      {document.author !== '' && (
        <p dir="auto" className="mt-2 text-ink-2">
          By {document.author}
        </p>
      )}
      {document.url !== '' && (
        <p className="mt-1 truncate text-sm">
          <a
            href={document.url}
            rel="noreferrer"
            target="_blank"
            dir="ltr"
            className="text-ink-3 underline decoration-line-strong underline-offset-2 hover:text-ink"
          >
            {document.url.replace(/^https?:\/\//, '')}
          </a>
        </p>
      )}
      {revision.leftOut.length > 0 && (
        <p role="note" className={noteClass}>
          {revision.leftOut.includes(wholeStructure)
            ? 'The structure of this text cannot be read, so it is shown in plain paragraphs. Its words are complete.'
            : `Some of this text is shown as plain text, because its structure is not known here: ${revision.leftOut.join(', ')}.`}
        </p>
      )}
      {revision.number < latestNumber && (
        <p role="note" className={noteClass}>
          {review === null
            ? 'This is an earlier revision.'
            : 'The session goes on with this revision; there is a later one.'}{' '}
          <Link href={`/documents/${document.id}?revision=latest`} className={noteLink}>
            Open the newest one
          </Link>{' '}
          or{' '}
          <Link href={`${changes}?from=${String(revision.number)}&to=${String(latestNumber)}`} className={noteLink}>
            see what has changed
          </Link>
          .
        </p>
      )}
      {revision.number > 1 && revision.number === latestNumber && (
        <p role="note" className={noteClass}>
          {waiting === 0
            ? 'The text has been changed since it was first read. '
            : `${countInWords(waiting, 'annotation')} of the earlier text ${waiting === 1 ? 'waits' : 'wait'} for a decision. `}
          <Link href={changes} className={noteLink}>
            {waiting === 0 ? 'See what has changed' : 'Decide, and see what has changed'}
          </Link>
        </p>
      )}
    </header>
  )
}

/** Opens the details of the document and its origin. */
function AboutButton({ document }: Pick<ReviewPageData, 'document'>) {
  const [opened, setOpened] = useState<'never' | 'open' | 'closed'>('never')
  return (
    <>
      <button
        type="button"
        className="rounded-sm underline decoration-line-strong underline-offset-2 hover:text-ink print:hidden"
        onClick={() => {
          setOpened('open')
        }}
      >
        About this document
      </button>
      {opened !== 'never' && (
        <Suspense>
          <AboutDialog
            document={document}
            open={opened === 'open'}
            onClose={() => {
              setOpened('closed')
            }}
          />
        </Suspense>
      )}
    </>
  )
}
