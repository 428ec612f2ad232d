'use client'

import { useRouter } from 'next/navigation'
import { useState, type KeyboardEvent, type MouseEvent } from 'react'
import { describeEnds, type ClaimEnd } from '@/lib/domain/documents/review-state'
import { strip, stripSize, tickProps, TickShape, ticksInRow } from './tick-shape'

/** A tick with a link: the outcome of the claim, and the address of its words and verdict. */
export interface LinkedTick {
  id: string
  end: ClaimEnd
  href: string
}

/** The distance that each key moves along a strip of `count` ticks; Home and End go to its ends. */
function stepsIn(count: number): Readonly<Record<string, number>> {
  const row = ticksInRow(count)
  return { ArrowRight: 1, ArrowLeft: -1, ArrowDown: row, ArrowUp: -row, Home: -Infinity, End: Infinity }
}

/**
 * The strip of ticks, each linked to its claim. It is one stop of the Tab key; arrows, Home and End go from tick to tick. `label` names the subject
 * of the claims, and the counts are added to it. A long strip ends with the number of claims left out.
 */
export function TickLinks({ ticks, label }: { ticks: readonly LinkedTick[]; label: string }) {
  const router = useRouter()
  const [at, setAt] = useState(0)
  if (ticks.length === 0) return null
  const shown = ticks.slice(0, strip.mostShown)
  const current = Math.min(at, shown.length - 1)
  const left = ticks.length - shown.length

  const walk = (event: KeyboardEvent<SVGSVGElement>) => {
    const by = stepsIn(shown.length)[event.key]
    if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    const to = Math.min(shown.length - 1, Math.max(0, current + by))
    setAt(to)
    const link = event.currentTarget.children[to]
    if (link instanceof SVGElement) link.focus()
  }
  // Links within the application are followed without loading the page anew, like all others.
  const follow = (event: MouseEvent, { href }: LinkedTick) => {
    if (!href.startsWith('/') || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    router.push(href)
  }
  return (
    <span className="relative z-10 inline-flex max-w-full items-end gap-1.5">
      <svg
        {...stripSize(shown.length)}
        role="group"
        aria-label={`${label}: ${describeEnds(ticks.map(({ end }) => end))}`}
        data-claim-ticks={ticks.length}
        className="h-auto max-w-full shrink overflow-visible"
        fill="none"
        stroke="currentColor"
        onKeyDown={walk}
      >
        {shown.map((tick, place) => {
          const words = `Claim ${String(place + 1)}: ${describeEnds([tick.end]).replace(/^1 /, '')}`
          const { className, ...props } = tickProps(tick.end, { place, count: shown.length })
          return (
            <a
              key={tick.id}
              {...props}
              href={tick.href}
              aria-label={words}
              tabIndex={place === current ? 0 : -1}
              className={`group cursor-pointer outline-none ${className}`}
              onFocus={() => {
                setAt(place)
              }}
              onClick={(event) => {
                follow(event, tick)
              }}
            >
              <title>{words}</title>
              <rect
                x={-1}
                y={-2}
                width={strip.width}
                height={strip.height}
                rx={1.5}
                className="fill-transparent stroke-transparent group-hover:fill-hover group-focus-visible:stroke-accent"
              />
              <TickShape end={tick.end} />
            </a>
          )
        })}
      </svg>
      {left > 0 && <span className="text-xs text-ink-3">and {left} more</span>}
    </span>
  )
}
