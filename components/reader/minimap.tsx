'use client'

import { memo, useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { bucketSpans } from '@/lib/domain/ranges/overlapping-ranges'
import { ratings, type Rating } from '@/lib/domain/annotations/rating'
import './minimap.css'
import type { ReaderAnnotation, TextRange } from './types'

/** The area of a minimap's ticks, in pixels. `height` and `width` are those of the strip inside its margins. */
interface TickField {
  annotations: readonly { start: number; rating: Rating }[]
  /** Length of the text in UTF-16 code units. */
  length: number
  height: number
  left: number
  width: number
}

/** The least distance between two ticks, in pixels, so that each keeps its shape. */
const tickStep = 4

/** Half the height of a wave, and half its period, in pixels. */
const wave = { rise: 1.5, run: 2.5 } as const

function drawWave(x: number, y: number, width: number): string {
  const turns = Math.max(2, Math.round(width / wave.run))
  const run = width / turns
  const steps = Array.from(
    { length: turns },
    (_, at) => `q${String(run / 2)} ${String(at % 2 === 0 ? -2 * wave.rise : 2 * wave.rise)} ${String(run)} 0`,
  )
  return `M${String(x)} ${String(y)}${steps.join('')}`
}

/**
 * Draws a vertical strip of ticks: one tick where each annotation begins, as one path for each rating. Annotations that begin within `tickStep`
 * pixels of each other share a tick; different ratings share its width, so that the difference is visible. O(annotations + height).
 */
export function drawTicks({ annotations, length, height, left, width }: TickField): Map<Rating, string> {
  const rows = Math.max(1, Math.floor(height / tickStep))
  const found = new Map<number, Set<Rating>>()
  if (length <= 0) return new Map()
  for (const { start, rating } of annotations) {
    if (start < 0 || start >= length) continue
    const row = Math.floor((start / length) * rows)
    const here = found.get(row)
    if (here === undefined) found.set(row, new Set([rating]))
    else here.add(rating)
  }
  const paths = new Map<Rating, string>()
  for (const [row, here] of found) {
    const shown = ratings.filter((rating) => here.has(rating))
    const share = width / shown.length
    // Leaves one pixel between ticks that share the width.
    const across = shown.length === 1 ? share : share - 1
    for (const [place, rating] of shown.entries()) {
      const [x, y] = [left + place * share, row * tickStep + tickStep / 2]
      const path = rating === 'contradicted' ? drawWave(x, y, across) : `M${String(x)} ${String(y)}h${String(across)}`
      paths.set(rating, (paths.get(rating) ?? '') + path)
    }
  }
  return paths
}

interface MinimapProps {
  annotations: readonly ReaderAnnotation[]
  /** Length of the canonical text, in UTF-16 code units. */
  length: number
  /** The part of the text on the screen. */
  visible: TextRange
  /** The results of a search in the document. */
  found?: readonly TextRange[] | undefined
  /** Called to bring the place at this offset to the top of the view. */
  onSeek: (offset: number) => void
  label?: string | undefined
}

/** Width of the strip in pixels, and the margin at its sides. */
const width = 26
const margin = 4
const none: never[] = []

const Ticks = memo(function Ticks({
  annotations,
  length,
  height,
}: {
  annotations: readonly ReaderAnnotation[]
  length: number
  height: number
}) {
  const paths = drawTicks({ annotations, length, height, left: margin, width: width - 2 * margin })
  return ratings.map((rating) => (
    <path key={rating} data-rating={rating} className="minimap-tick" d={paths.get(rating) ?? ''} />
  ))
})

/** Draws the results of a search, as bars from edge to edge. */
function drawFound(found: readonly TextRange[], length: number, height: number): string {
  // Buckets of two pixels keep a hit of one word visible.
  return bucketSpans({ spans: found, length, count: Math.max(1, Math.floor(height / 2)) })
    .map(
      ({ from, to }) => `M1 ${String(from * 2)}h${String(width - 2)}v${String((to - from) * 2)}h-${String(width - 2)}z`,
    )
    .join('')
}

/**
 * Shows the ratings in the whole text, and the part on the screen. The frame moves by whole pixels, so that most steps of scrolling change nothing on
 * the page. It can be dragged. With the keyboard it is a slider: arrows by half a screen, Page keys by a screen, Home and End.
 */
export function Minimap({
  annotations,
  length,
  visible,
  found = none,
  onSeek,
  label = 'Place in the document',
}: MinimapProps) {
  const strip = useRef<HTMLDivElement>(null)
  const [height, setHeight] = useState(0)
  const grabbed = useRef<number | null>(null)

  useEffect(() => {
    const element = strip.current
    if (element === null) return
    const watch = new ResizeObserver(() => {
      setHeight(Math.floor(element.clientHeight))
    })
    watch.observe(element)
    return () => {
      watch.disconnect()
    }
  }, [])

  const scale = length > 0 ? height / length : 0
  const top = Math.round(visible.start * scale)
  const frame = Math.max(8, Math.round((visible.end - visible.start) * scale))
  const last = Math.max(0, length - (visible.end - visible.start))
  const seek = (offset: number) => {
    onSeek(Math.round(Math.min(last, Math.max(0, offset))))
  }

  const press = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0 || scale === 0) return
    const at = event.clientY - event.currentTarget.getBoundingClientRect().top
    // Inside the frame, the pointer holds that point of it. Elsewhere, the frame jumps so that its middle is under the pointer.
    grabbed.current = at >= top && at <= top + frame ? at - top : frame / 2
    event.currentTarget.setPointerCapture(event.pointerId)
    seek((at - grabbed.current) / scale)
  }
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (grabbed.current === null || scale === 0) return
    seek((event.clientY - event.currentTarget.getBoundingClientRect().top - grabbed.current) / scale)
  }
  const release = () => {
    grabbed.current = null
  }
  const step = (event: KeyboardEvent) => {
    const screen = visible.end - visible.start
    const to: Record<string, number> = {
      ArrowUp: visible.start - screen / 2,
      ArrowDown: visible.start + screen / 2,
      PageUp: visible.start - screen,
      PageDown: visible.start + screen,
      Home: 0,
      End: last,
    }
    const offset = to[event.key]
    if (offset === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    seek(offset)
  }

  const percent = last > 0 ? Math.round((Math.min(visible.start, last) / last) * 100) : 0
  return (
    <div
      className="minimap"
      ref={strip}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-orientation="vertical"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={`${String(percent)} percent of the text`}
      onPointerDown={press}
      onPointerMove={drag}
      onPointerUp={release}
      onPointerCancel={release}
      onKeyDown={step}
    >
      {height > 0 && (
        <svg viewBox={`0 0 ${String(width)} ${String(height)}`} preserveAspectRatio="none" aria-hidden="true">
          <Ticks annotations={annotations} length={length} height={height} />
          <path className="minimap-found" d={drawFound(found, length, height)} />
          <rect
            className="minimap-frame"
            x="0.5"
            width={width - 1}
            y={top}
            height={Math.min(frame, height)}
            rx="3"
            vectorEffect="non-scaling-stroke"
          />
        </svg>
      )}
    </div>
  )
}
