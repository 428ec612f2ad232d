'use client'

import { useMemo } from 'react'
import { ReviewerChip } from '@/components/annotations/card/reviewer-chip'
import { Button } from '@/components/ui/controls/button'
import { Link } from '@/components/ui/controls/link'
import { Tag } from '@/components/ui/text/tag'
import { countInWords } from '@/components/ui/text/wording'
import { diffRevisions, type DiffableText } from '@/lib/domain/anchoring/diff-revisions'
import { ratingNames } from '@/lib/domain/annotations/words'
import type { CarriedAnnotationView, CarryDecision } from '@/lib/domain/revisions/schema'
import { anchorNames } from './anchor-words'
import { Words } from './text-changes'

function asOneBlock(text: string): DiffableText {
  return { text, blocks: [{ start: 0, end: text.length }] }
}

/** The words of an annotation with the words removed and added in the later text; the original words when they are gone. */
function ChangedWords({ item, language }: { item: CarriedAnnotationView; language: string }) {
  const { from, words } = item
  const blocks = useMemo(
    () => (words === null ? [] : diffRevisions(asOneBlock(from.exact), asOneBlock(words))),
    [from.exact, words],
  )
  const [block] = blocks
  const isOneChange = blocks.length === 1 && block !== undefined
  return (
    <div lang={language} className="grid gap-1 font-serif text-md">
      {isOneChange ? (
        <Words parts={block.parts} without={null} />
      ) : (
        <>
          <Words parts={[{ kind: 'removed', text: from.exact }]} without={null} />
          {words !== null && <Words parts={[{ kind: 'added', text: words }]} without={null} />}
        </>
      )}
    </div>
  )
}

/** An annotation that waits, and the actions that decide it. */
export function CarriedCard({
  item,
  language,
  own,
  busy,
  onDecide,
  onPlace,
}: {
  item: CarriedAnnotationView
  language: string
  own: boolean
  busy: boolean
  onDecide: (decision: CarryDecision) => void
  onPlace: () => void
}) {
  const { from, state } = item
  const isLost = state === 'lost'
  return (
    <li
      data-carried={item.id}
      tabIndex={0}
      aria-busy={busy}
      className="grid min-w-0 gap-2.5 rounded-lg border border-line bg-surface p-4 shadow-card focus-visible:outline-2 focus-visible:outline-offset-2 focus-visible:outline-accent"
    >
      <div className="flex flex-wrap items-center gap-2">
        <Tag rating={from.rating}>{ratingNames[from.rating]}</Tag>
        <Tag tone={isLost ? 'danger' : 'neutral'}>{anchorNames[state]}</Tag>
        <span className="ms-auto">
          <ReviewerChip name={from.author.name} own={own} />
        </span>
      </div>
      <ChangedWords item={item} language={language} />
      {isLost && (
        <p className="text-sm text-ink-2">
          The words that were rated {ratingNames[from.rating].toLowerCase()} are no longer in the later text.
        </p>
      )}
      {from.note !== '' && (
        <p dir="auto" className="line-clamp-3 text-sm text-ink-2">
          {from.note}
        </p>
      )}
      {from.citations.length > 0 && (
        <p className="text-sm text-ink-3">{countInWords(from.citations.length, 'citation')} come along.</p>
      )}
      {item.may.decide ? (
        <div className="flex flex-wrap gap-2">
          {!isLost && (
            <Button
              variant="primary"
              size="small"
              busy={busy}
              onClick={() => {
                onDecide({ decision: 'confirm' })
              }}
            >
              Carry over
            </Button>
          )}
          <Button size="small" onClick={onPlace}>
            {isLost ? 'Choose its place' : 'Choose another place'}
          </Button>
          <Button
            size="small"
            onClick={() => {
              onDecide({ decision: 'retire' })
            }}
          >
            Retire
          </Button>
        </div>
      ) : (
        <p className="text-sm text-ink-3">{from.author.name} or a lead decides.</p>
      )}
    </li>
  )
}

/** The annotations carried over or retired, folded. Decisions of people can be taken back. */
export function DecidedList({
  items,
  documentId,
  onReopen,
}: {
  items: readonly CarriedAnnotationView[]
  documentId: string
  onReopen: (item: CarriedAnnotationView) => void
}) {
  if (items.length === 0) return null
  const retired = items.filter(({ outcome }) => outcome === 'retired').length
  const carried = items.length - retired
  const summary = [
    carried > 0 ? `${countInWords(carried, 'annotation')} carried over` : '',
    retired > 0 ? `${String(retired)} retired` : '',
  ].filter((part) => part !== '')
  return (
    <details className="min-w-0">
      <summary className="cursor-pointer rounded-sm text-sm font-medium text-ink-2 hover:text-ink">
        {summary.join(', ')}
      </summary>
      <ul className="mt-2 grid min-w-0 gap-1">
        {items.map((item) => (
          <li key={item.id} className="flex min-w-0 items-center gap-2 text-sm">
            <Tag rating={item.from.rating}>{ratingNames[item.from.rating]}</Tag>
            <span dir="auto" className="min-w-0 flex-1 truncate font-serif">
              {item.words ?? item.from.exact}
            </span>
            {item.outcome === 'retired' && <Tag>Retired</Tag>}
            {item.toId !== null && (
              <Link
                href={`/documents/${documentId}?revision=${item.revisionId}#annotation-${item.toId}`}
                className="font-medium text-accent hover:underline"
              >
                Show
              </Link>
            )}
            {item.decidedBy !== null && item.may.decide && (
              <button
                type="button"
                className="rounded-sm font-medium text-accent hover:underline"
                onClick={() => {
                  onReopen(item)
                }}
              >
                Take back
              </button>
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}
