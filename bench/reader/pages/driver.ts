import { buildTextIndex, type TextIndex } from '@/lib/domain/text/text-index'
import type { DocumentContent } from '@/lib/domain/text/model'
import type { ReaderAnnotation } from '@/components/reader/types'
import { createAnnotations, createDocument } from '../sample'

/** One way to show annotations, as the benchmark drives it. */
export interface Engine {
  open(content: DocumentContent, index: TextIndex): void | Promise<void>
  show(annotations: readonly ReaderAnnotation[]): void
  /** The ids of the annotations at a point of the screen. */
  hit(x: number, y: number): string[]
}

export interface Hits {
  microseconds: number
  points: number
  wrong: number
}

export interface BenchDriver {
  open(words: number): Promise<void>
  prepare(count: number): void
  load(): void
  addOne(): void
  changeElsewhere(): void
  hit(points: number): Hits
  scroll(steps: number): Promise<void>
  settle(): Promise<void>
}

declare global {
  interface Window {
    bench: BenchDriver
  }
}

const nextFrame = () =>
  new Promise<void>((resolve) =>
    requestAnimationFrame(() => {
      resolve()
    }),
  )

/** Builds `window.bench` for an engine. */
export function startDriver(engine: Engine): void {
  let index: TextIndex | null = null
  let shown: ReaderAnnotation[] = []
  let changes = 0
  const settle = async () => {
    await nextFrame()
    await nextFrame()
    await new Promise<void>((resolve) =>
      requestIdleCallback(
        () => {
          resolve()
        },
        { timeout: 1000 },
      ),
    )
  }
  window.bench = {
    async open(words) {
      const content = createDocument(words)
      index = buildTextIndex(content)
      await engine.open(content, index)
    },
    prepare(count) {
      shown = createAnnotations(index?.text ?? '', count)
    },
    load() {
      engine.show(shown)
    },
    addOne() {
      const text = index?.text ?? ''
      // Near the top, so that it is visible: an annotation off the screen would cost nothing to paint.
      const start = text.indexOf(' ', 400 + (shown.length % 500)) + 1
      shown = [
        ...shown,
        {
          id: `new${String(shown.length)}`,
          start,
          end: start + 60,
          rating: 'contradicted',
          authorId: 'me',
          own: true,
          missing: null,
        },
      ]
      engine.show(shown)
    },
    changeElsewhere() {
      const elsewhere = document.getElementById('elsewhere')
      changes += 1
      if (elsewhere !== null) elsewhere.textContent = `Saved ${String(changes)}`
    },
    hit: (points) => measureHits({ engine, shown, index, points }),
    async scroll(steps) {
      const scroller = document.getElementById('scroller')
      for (let step = 0; step < steps; step++) {
        scroller?.scrollBy({ top: 120, behavior: 'instant' })
        await nextFrame()
      }
    },
    settle,
  }
}

interface HitInput {
  engine: Engine
  shown: readonly ReaderAnnotation[]
  index: TextIndex | null
  points: number
}

/** Times `hit` on points inside visible words, then checks each answer against a plain scan of all annotations. */
function measureHits({ engine, shown, index, points }: HitInput): Hits {
  const places = findPlaces(index, points)
  const wanted = places.map(({ offset }) =>
    shown
      .filter((mark) => mark.start <= offset && offset < mark.end)
      .map((mark) => mark.id)
      .sort()
      .join(),
  )
  for (const place of places.slice(0, 5)) engine.hit(place.x, place.y)
  const answers: string[][] = []
  const before = performance.now()
  for (const place of places) answers.push(engine.hit(place.x, place.y))
  const spent = performance.now() - before
  const wrong = answers.filter((ids, at) => [...ids].sort().join() !== wanted[at]).length
  return { microseconds: (spent * 1000) / Math.max(1, places.length), points: places.length, wrong }
}

/** The centres of visible characters with their offsets, found from the DOM alone, without the engines. */
function findPlaces(index: TextIndex | null, points: number): { x: number; y: number; offset: number }[] {
  const places: { x: number; y: number; offset: number }[] = []
  const range = document.createRange()
  const blocks = document.querySelectorAll('#scroller [data-text]')
  for (const [number, block] of [...blocks].slice(0, 12).entries()) {
    let offset = index?.blocks[number]?.start ?? 0
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node instanceof Text; node = walker.nextNode()) {
      for (let at = 0; at < node.length; at += 7) {
        range.setStart(node, at)
        range.setEnd(node, at + 1)
        const box = range.getBoundingClientRect()
        if (box.width < 2 || box.top < 60 || box.bottom > window.innerHeight - 4) continue
        places.push({ x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2, offset: offset + at })
      }
      offset += node.length
    }
  }
  const step = Math.max(1, Math.floor(places.length / points))
  return places.filter((_, at) => at % step === 0).slice(0, points)
}
