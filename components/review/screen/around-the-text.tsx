'use client'

import { Suspense, useMemo, useState, useSyncExternalStore } from 'react'
import { Link } from '@/components/ui/controls/link'
import type { TextRange } from '@/components/reader/types'
import { IconButton } from '@/components/ui/controls/button'
import { lazyPart } from '@/lib/client/lazy-part'
import { Icon } from '@/components/ui/icon'
import { useController, useReview } from '@/components/annotations/review-context'
import { wholeStructure } from '@/lib/domain/text/plain-content'
import { countInWords, dateInWords } from '@/components/ui/text/wording'
import { readerAnnotation } from './review-text'
import type { ScreenParts } from './use-screen-parts'
import { useShownVerdicts } from '../verdicts/layer-context'
import type { ReviewPageData } from './use-review-controller'

const AboutDialog = lazyPart(() => import('@/components/provenance/about-dialog').then((part) => part.default))
const Minimap = lazyPart(() => import('@/components/reader/minimap').then(({ Minimap }) => Minimap))

/** A message about the address that led here. */
export function Notice({ words, onClose }: { words: string; onClose: () => void }) {
  return (
    <div
      role="alert"
      className="flex items-center gap-3 border-b border-line bg-unsourced-soft px-3 py-1.5 text-ink min-[60rem]:px-6"
    >
      <p className="min-w-0 flex-1">{words}</p>
      <IconButton label="Close this message" size="small" icon={<Icon name="close" />} onClick={onClose} />
    </div>
  )
}

/** Says to screen readers what was done: decisions, undo, why something could not be done, and trouble with saving. */
export function Announcer() {
  const { words, number } = useReview((state) => state.announcement)
  const trouble = useReview(({ review: { save } }) => {
    if (save.waiting?.reason === 'signed-out') return 'Not saved: you are signed out.'
    if (save.waiting?.reason === 'other-member') return 'Not saved: another user is signed in.'
    if (save.waiting !== null) return 'Not saved yet: waiting for the server.'
    return save.blocked > 0 ? 'A change was not saved and needs your decision.' : ''
  })
  return (
    <>
      <div role="status" className="sr-only" data-testid="announcement">
        {/* The same words twice are news only when the text differs. */}
        {words}
        {number % 2 === 1 ? '\u200b' : ''}
      </div>
      <div role="alert" className="sr-only">
        {trouble}
      </div>
    </>
  )
}

/** The minimap of the ratings, tied to the review. */
export function MinimapColumn({
  parts: { reader, signals },
  length,
  found,
  isReaderHere,
}: {
  parts: ScreenParts
  length: number
  /** What a search in the document found. */
  found: readonly TextRange[]
  /** Until the reader is there only the room is kept. */
  isReaderHere: boolean
}) {
  const { me } = useController()
  const visible = useReview((_, derived) => derived.visible)
  const annotations = useMemo(() => visible.map((annotation) => readerAnnotation(annotation, me.id)), [visible, me.id])
  const verdicts = useShownVerdicts()
  const screen = useSyncExternalStore(
    signals.subscribe,
    () => signals.getSnapshot().visible,
    () => null,
  )
  return (
    <div className="shrink-0 border-e border-line bg-sunken max-sm:hidden print:hidden">
      <div className="h-full w-[1.625rem]">
        {isReaderHere && (
          <Suspense>
            <Minimap
              annotations={verdicts?.painted ?? annotations}
              length={length}
              found={found}
              visible={screen ?? { start: 0, end: Math.min(length, 1500) }}
              onSeek={(offset) => {
                reader.current?.scrollToOffset(offset)
              }}
            />
          </Suspense>
        )}
      </div>
    </div>
  )
}

const noteClass = 'mt-3 rounded-md border border-line bg-sunken px-3 py-2 text-sm'
const noteLink = 'font-medium text-accent underline underline-offset-2'

/** What stands above the text: where it is from, its title, who wrote it. */
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

/** Opens what is known of the document and of where it came from. */
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
