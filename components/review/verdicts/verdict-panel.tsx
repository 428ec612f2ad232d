'use client'

import type { RefObject } from 'react'
import { Link } from '@/components/ui/controls/link'
import type { TextReaderHandle } from '@/components/reader/types'
import type { OutcomeClaim } from '@/lib/domain/claims/schema'
import { quoteInPlainText } from '@/lib/domain/text/quotation'
import { EvidenceList } from '@/components/adjudication/claim/evidence-line'
import { verdictName } from '@/components/adjudication/verdict-words'
import { QuotedWords } from '@/components/text/quoted-words'
import { classNames } from '@/components/ui/class-names'
import { Tag } from '@/components/ui/text/tag'
import { countInWords } from '@/components/ui/text/wording'
import { BottomSheet } from '../screen/bottom-sheet'
import { moveBetweenCards } from '../cards/card-focus'
import type { LayoutSignals } from '../screen/use-screen-parts'
import { useCardPlaces } from '../cards/use-card-places'
import type { VerdictLayer } from './layer-context'
import { LayerSwitch } from './verdict-bars'
import { claimInWords } from './layer-provider'

const quiet = 'text-sm font-medium text-accent underline underline-offset-2'

/** The height of a closed card that was never shown, in pixels. */
const guessedHeight = () => 92

/** The header above the verdict cards. */
export function VerdictHeader({ layer: { outcome } }: { layer: VerdictLayer }) {
  const { claims, cut } = outcome
  return (
    <div className="flex h-12 items-center gap-2 border-b border-line">
      <h2 className="me-auto flex items-baseline gap-2 font-semibold">
        Verdicts
        <span className="tabular font-normal text-ink-3">
          {claims.length}
          {cut && ' shown'}
        </span>
      </h2>
      <LayerSwitch />
    </div>
  )
}

const nothing = <p className="px-3 py-8 text-center text-ink-3">The session found no claim in this text.</p>

/** The verdicts beside their words. Only those near the view are in the page. */
export function VerdictCards({
  layer,
  reader,
  scroller,
  signals,
  minTop,
}: {
  layer: VerdictLayer
  reader: RefObject<TextReaderHandle | null>
  scroller: RefObject<HTMLElement | null>
  signals: LayoutSignals
  minTop: number
}) {
  const { claims } = layer.outcome
  const { places, measure } = useCardPlaces({
    annotations: claims,
    activeId: layer.activeId,
    reader,
    scroller,
    signals,
    minTop,
    guessHeight: guessedHeight,
  })
  if (claims.length === 0) return <div style={{ paddingTop: minTop }}>{nothing}</div>
  return (
    <ol aria-label="Verdicts" className="relative" style={{ height: places.bottom + 48 }} onKeyDown={moveBetweenCards}>
      {places.cards.map(({ id, top, crowdedOut }) => {
        const place = claims.findIndex((claim) => claim.id === id)
        const claim = claims[place]
        if (claim === undefined) return null
        return (
          <li
            key={id}
            ref={measure(id)}
            aria-setsize={claims.length}
            aria-posinset={place + 1}
            className="absolute inset-x-0"
            style={{ top }}
          >
            <VerdictClaimCard claim={claim} layer={layer} />
            {crowdedOut.length > 0 && (
              <button
                type="button"
                className="mt-1 rounded-md px-2 py-0.5 text-sm font-medium text-accent hover:bg-hover"
                onClick={() => {
                  layer.open(crowdedOut[0] ?? null)
                }}
              >
                {crowdedOut.length} more here
              </button>
            )}
          </li>
        )
      })}
    </ol>
  )
}

/** On small screens, shows the open verdict in a sheet above the dock, or all of them. */
export function VerdictSheets({
  layer,
  isListOpen,
  onList,
}: {
  layer: VerdictLayer
  isListOpen: boolean
  onList: (isOpen: boolean) => void
}) {
  const { claims } = layer.outcome
  const active = claims.find(({ id }) => id === layer.activeId)
  if (isListOpen)
    return (
      <BottomSheet
        label="Verdicts"
        tall
        onClose={() => {
          onList(false)
        }}
      >
        <VerdictHeader layer={layer} />
        {claims.length === 0 && nothing}
        <ol aria-label="Verdicts" className="grid gap-2 py-2" onKeyDown={moveBetweenCards}>
          {claims.map((claim) => (
            <li key={claim.id}>
              <VerdictClaimCard claim={claim} layer={layer} />
            </li>
          ))}
        </ol>
      </BottomSheet>
    )
  if (active === undefined) return null
  return (
    <BottomSheet
      label="Verdict"
      onClose={() => {
        layer.open(null)
      }}
    >
      <VerdictClaimCard claim={active} layer={layer} />
    </BottomSheet>
  )
}

/**
 * The card of a claim beside the text: its verdict in a line or two and, when it is open, the reason, the evidence, the dissent and one's own rating.
 */
function VerdictClaimCard({ claim, layer }: { claim: OutcomeClaim; layer: VerdictLayer }) {
  const { id, exact, verdict, place } = claim
  const isOpen = layer.activeId === id
  return (
    <article
      id={`card-${id}`}
      data-rating={verdict?.rating ?? undefined}
      data-open={isOpen || undefined}
      aria-label={claimInWords(claim)}
      className={classNames(
        'relative grid gap-2 rounded-lg border bg-surface px-3.5 py-2.5 text-ink',
        isOpen ? 'border-accent shadow-float' : 'border-line shadow-card hover:border-line-strong',
      )}
    >
      <header className="flex items-center justify-between gap-3">
        {verdict === null ? (
          <Tag>Not settled</Tag>
        ) : (
          <Tag rating={verdict.rating ?? undefined}>{verdictName(verdict.rating)}</Tag>
        )}
        <span className="tabular min-w-0 truncate text-sm text-ink-3">{place}</span>
      </header>
      <button
        type="button"
        aria-expanded={isOpen}
        aria-label={`${isOpen ? 'Close' : 'Open'}: ${quoteInPlainText(exact, claim.script)}`}
        data-card-button={id}
        className={classNames(
          'rounded-sm text-start font-serif text-md leading-snug text-ink-2 italic',
          !isOpen && 'after:absolute after:inset-0 after:rounded-lg',
        )}
        onClick={() => {
          layer.open(isOpen ? null : id)
        }}
      >
        <span dir="auto" className={isOpen ? 'line-clamp-6' : 'line-clamp-1'}>
          <QuotedWords words={exact} script={claim.script} />
        </span>
      </button>
      <OwnRating claim={claim} />
      {isOpen && <Details claim={claim} layer={layer} />}
    </article>
  )
}

function OwnRating({ claim: { own, verdict } }: { claim: OutcomeClaim }) {
  if (own === null) return null
  const compared = verdict === null ? '' : own.rating === verdict.rating ? ', like the verdict' : ', unlike the verdict'
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-ink-2">
      You: <Tag rating={own.rating}>{verdictName(own.rating)}</Tag>
      <span className="sr-only">{compared}</span>
    </p>
  )
}

/** Whether a report lists the claim: only when its verdict is a rating that counts in the shares. */
function isReported({ verdict }: OutcomeClaim): boolean {
  return verdict !== null && verdict.rating !== null && verdict.rating !== 'not_checkable'
}

function Details({ claim, layer }: { claim: OutcomeClaim; layer: VerdictLayer }) {
  const { verdict, dissent, comments, own } = claim
  const { session } = layer.outcome
  const flags =
    verdict === null
      ? []
      : [verdict.disputed && 'disputed', verdict.partial && 'partial'].filter((flag) => flag !== false)
  return (
    <>
      {verdict === null ? (
        <p className="text-sm text-ink-2">Nobody has settled this claim yet.</p>
      ) : (
        <>
          <p className="text-sm text-ink-2">
            {verdict.reasonSays}
            {flags.length > 0 && `, ${flags.join(', ')}`}
            <span className="text-ink-3"> · {verdict.decider.name}</span>
          </p>
          {verdict.words !== '' && (
            <p dir="auto" className="[overflow-wrap:anywhere] whitespace-pre-wrap">
              {verdict.words}
            </p>
          )}
          <EvidenceList items={verdict.citations} />
          {dissent.length === 0 ? (
            <p className="text-sm text-ink-2">Nobody dissents.</p>
          ) : (
            <ul aria-label="Dissent" className="grid gap-1 text-sm text-ink-2">
              {dissent.map(({ who, mine, rating }) => (
                <li key={who} className="flex flex-wrap items-center gap-2">
                  <span dir="auto">{mine ? 'You' : who}</span> rated it <Tag rating={rating}>{verdictName(rating)}</Tag>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
      <p className="flex flex-wrap gap-x-4 gap-y-1">
        <Link href={`/review-sessions/${session.id}/adjudication?claim=${claim.id}`} className={quiet}>
          All ratings and the discussion{comments > 0 && ` (${countInWords(comments, 'comment')})`}
        </Link>
        {session.state === 'closed' && isReported(claim) && (
          <Link href={`/sources/${layer.sourceId}/report#claim-${claim.id}`} className={quiet}>
            In the report
          </Link>
        )}
        {own !== null && (
          <a href={`#annotation-${own.annotationId}`} className={quiet}>
            Your mark
          </a>
        )}
      </p>
    </>
  )
}
