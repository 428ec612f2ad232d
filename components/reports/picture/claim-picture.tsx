'use client'

import { useId, useRef, useState, type FocusEvent, type KeyboardEvent, type MouseEvent } from 'react'
import { IconButton } from '@/components/ui/controls/button'
import { claimRowsOf, type ClaimRow, anchorOf, type RatedFinding } from '@/lib/domain/reports/reading/findings'
import { assessedRatings, type ReportView, type AssessedRating } from '@/lib/domain/reports/schema'
import { ratingNames } from '@/lib/domain/annotations/words'
import { Cell, HeadCell, Table } from '@/components/ui/layout/table'
import { Parts } from '@/components/ui/layout/parts'
import { countInWords, dateInWords } from '@/components/ui/text/wording'
import { describeEnds } from '@/lib/domain/documents/review-state'
import { Icon } from '@/components/ui/icon'
import { TickShape } from '@/components/claims/tick-shape'
import { WorkbenchLink } from '../report-place'
import { ClaimBesideRecord } from '../claims/claim-entry'

/** How many UTF-16 code units of a claim its tick's tooltip shows. */
const hinted = 90

function describeTick({ finding, rating }: RatedFinding, place: number): string {
  return `Claim ${String(place + 1)}: ${ratingNames[rating].toLowerCase()}, ${finding.place}`
}

function hintOf({ finding: { exact } }: RatedFinding): string {
  // Never cuts a surrogate pair.
  return exact.length > hinted ? `${exact.slice(0, hinted).replace(/[\uD800-\uDBFF]$/, '')}…` : exact
}

const shapeId = (rating: AssessedRating) => `tick-${rating}`

/** The shapes of all ticks of a report, defined once: each of the thousands of ticks refers to its shape. */
function TickShapes() {
  return (
    <svg width={0} height={0} aria-hidden className="absolute">
      {assessedRatings.map((rating) => (
        <symbol key={rating} id={shapeId(rating)} viewBox="0 0 4 12" overflow="visible">
          <TickShape end={rating} />
        </symbol>
      ))}
    </svg>
  )
}

const steps: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowDown: 1,
  ArrowLeft: -1,
  ArrowUp: -1,
  Home: -Infinity,
  End: Infinity,
}

/**
 * The claims of one document as ticks in the order of its text. One tab stop: arrows, Home and End move between ticks, and Enter opens the words and
 * the evidence beneath. They follow the arrows until Escape. Without script a tick links to the claim in the lists below.
 */
function ClaimStrip({ row: { line, claims } }: { row: ClaimRow }) {
  const id = useId()
  const strip = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState(0)
  const [isOpen, setOpen] = useState(false)
  const opened = isOpen ? claims[at] : undefined

  const goTo = (place: number) => {
    const to = Math.min(claims.length - 1, Math.max(0, place))
    setAt(to)
    const tick = strip.current?.children[to]
    if (tick instanceof HTMLElement) tick.focus()
  }
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const by = steps[event.key]
    if (by !== undefined) goTo(at + by)
    else if (event.key === ' ') setOpen(!isOpen)
    else if (event.key === 'Escape' && isOpen) setOpen(false)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const placeOf = (target: EventTarget): number => {
    const tick = target instanceof Element ? target.closest('a') : null
    return tick === null ? -1 : [...(strip.current?.children ?? [])].indexOf(tick)
  }
  const toggle = (event: MouseEvent) => {
    const place = placeOf(event.target)
    if (place < 0 || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    setOpen(!(isOpen && place === at))
    setAt(place)
  }
  const follow = (event: FocusEvent) => {
    const place = placeOf(event.target)
    if (place >= 0) setAt(place)
  }
  // The tooltip is set on first hover, not written for thousands of ticks; the lists contain the claims for everyone else.
  const hint = (event: MouseEvent) => {
    const claim = claims[placeOf(event.target)]
    const tick = event.target instanceof Element ? event.target.closest('a') : null
    if (claim !== undefined && tick !== null) tick.title = hintOf(claim)
  }
  const close = () => {
    setOpen(false)
    goTo(at)
  }
  return (
    <>
      <div
        ref={strip}
        role="group"
        aria-label={`Claims of “${line.title}”: ${describeEnds(claims.map(({ rating }) => rating))}`}
        data-claim-ticks={claims.length}
        className="report-ticks"
        onKeyDown={press}
        onClick={toggle}
        onFocus={follow}
        onMouseOver={hint}
      >
        {claims.map((claim, place) => (
          <a
            key={anchorOf(claim.finding)}
            href={`#${anchorOf(claim.finding)}`}
            aria-label={describeTick(claim, place)}
            aria-expanded={place === at ? isOpen : undefined}
            aria-controls={isOpen && place === at ? id : undefined}
            data-rating={claim.rating}
            tabIndex={place === at ? 0 : -1}
          >
            <svg>
              <use href={`#${shapeId(claim.rating)}`} />
            </svg>
          </a>
        ))}
      </div>
      <div
        aria-live="polite"
        id={id}
        className="col-span-full"
        onKeyDown={(event) => event.key === 'Escape' && close()}
      >
        {opened !== undefined && (
          <OpenedClaim
            claim={opened}
            place={at}
            of={claims.length}
            onStep={(by) => {
              setAt(Math.min(claims.length - 1, Math.max(0, at + by)))
            }}
            onClose={close}
          />
        )}
      </div>
    </>
  )
}

interface OpenedClaimProps {
  claim: RatedFinding
  place: number
  of: number
  onStep: (by: number) => void
  onClose: () => void
}

function OpenedClaim({ claim, place, of, onStep, onClose }: OpenedClaimProps) {
  const { finding, rating } = claim
  const words = describeTick(claim, place)
  return (
    <section
      aria-label={words}
      data-rating={rating}
      className="my-2 animate-appear rounded-lg border border-line border-s-4 border-s-rating bg-surface px-4 py-3.5 shadow-card print:hidden"
    >
      <div className="mb-2 flex flex-wrap items-center gap-x-2 gap-y-1">
        <p className="me-auto rating-line flex items-center gap-2 text-sm font-semibold text-rating">
          {ratingNames[rating]}
          <span className="font-normal text-ink-3">
            claim {place + 1} of {of}
          </span>
        </p>
        <IconButton
          size="small"
          label="Previous claim"
          icon={<Icon name="chevron" className="rotate-90" />}
          disabled={place === 0}
          onClick={() => {
            onStep(-1)
          }}
        />
        <IconButton
          size="small"
          label="Next claim"
          icon={<Icon name="chevron" className="-rotate-90" />}
          disabled={place === of - 1}
          onClick={() => {
            onStep(1)
          }}
        />
        <IconButton size="small" label="Close" icon={<Icon name="close" />} onClick={onClose} />
      </div>
      <ClaimBesideRecord key={anchorOf(finding)} finding={finding} rating={rating} withTitle={false} />
    </section>
  )
}

/** The number of documents drawn at first; the others are folded. */
const mostDrawn = 24

function DocumentRow({ row }: { row: ClaimRow }) {
  const { line, claims } = row
  return (
    <li className="grid items-start gap-x-6 gap-y-1 py-2 md:grid-cols-[15rem_minmax(0,1fr)] print:grid-cols-[13rem_minmax(0,1fr)] print:py-1">
      <div className="min-w-0">
        <p className="font-serif text-md leading-snug font-medium [overflow-wrap:anywhere]" dir="auto">
          <span className="line-clamp-2 ">
            <WorkbenchLink href={`/documents/${line.id}`}>{line.title}</WorkbenchLink>
          </span>
        </p>
        <p className="text-xs text-ink-3">
          <Parts parts={[dateInWords(line.publishedOn), countInWords(claims.length, 'claim')]} />
        </p>
      </div>
      <ClaimStrip row={row} />
    </li>
  )
}

const list = 'divide-y divide-line border-y border-line'

/**
 * The picture of a report: one tick per claim, document by document, which opens the words and the evidence in place. A table gives the same data.
 */
export function ClaimPicture({ report }: { report: ReportView }) {
  const rows = claimRowsOf(report)
  const [drawn, folded] = [rows.slice(0, mostDrawn), rows.slice(mostDrawn)]
  return (
    <figure className="m-0" aria-label="The claims, document by document">
      <TickShapes />
      <ul className={list}>
        {drawn.map((row) => (
          <DocumentRow key={row.line.id} row={row} />
        ))}
      </ul>
      {folded.length > 0 && (
        <details>
          <summary className="w-fit cursor-pointer py-2 text-ink-2">
            {countInWords(folded.length, 'more document')} with{' '}
            {countInWords(
              folded.reduce((sum, { claims }) => sum + claims.length, 0),
              'claim',
            )}
          </summary>
          <ul className={list}>
            {folded.map((row) => (
              <DocumentRow key={row.line.id} row={row} />
            ))}
          </ul>
        </details>
      )}
      <details className="mt-2 print:hidden">
        <summary className="w-fit cursor-pointer text-sm text-ink-3">The same as a table</summary>
        <Table caption="Claims by document" className="mt-2" focusable>
          <thead>
            <tr>
              <HeadCell>Document</HeadCell>
              {assessedRatings.map((rating) => (
                <HeadCell key={rating} numeric>
                  {ratingNames[rating]}
                </HeadCell>
              ))}
              <HeadCell numeric>Claims</HeadCell>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ line, claims }) => (
              <tr key={line.id}>
                <Cell className="[overflow-wrap:anywhere]">
                  <bdi>{line.title}</bdi>
                </Cell>
                {assessedRatings.map((rating) => (
                  <Cell key={rating} numeric>
                    {claims.filter((claim) => claim.rating === rating).length}
                  </Cell>
                ))}
                <Cell numeric>{claims.length}</Cell>
              </tr>
            ))}
          </tbody>
        </Table>
      </details>
    </figure>
  )
}
