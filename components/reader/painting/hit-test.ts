/**
 * Finds the character of the text at a point of the screen. The browser's own answer (`caretPositionFromPoint`) walks all blocks of the page. This
 * finds the block by binary search, reads the boxes of its lines once, and finds the character by interpolation.
 */
import type { TextGeometry } from '../text-geometry'
import type { TextPlaces } from '../text-places'

/** A run of one text node in one line and one direction, in pixels relative to its block. */
interface Run {
  node: Node
  /** Offset of the node's first character in the text. */
  base: number
  /** Characters of the node, half-open. */
  from: number
  to: number
  left: number
  right: number
  top: number
  bottom: number
  /** The block's last known position, in viewport pixels. */
  blockLeft: number
}

export class HitTester {
  private readonly places: TextPlaces
  private readonly geometry: TextGeometry
  private readonly probe = document.createRange()
  private readonly runs = new Map<number, Run[]>()
  private last = 0

  constructor(places: TextPlaces, geometry: TextGeometry) {
    this.places = places
    this.geometry = geometry
  }

  /** Forgets the positions of lines. Call it after anything that may have moved them. */
  reset(): void {
    this.runs.clear()
  }

  /** The offset of the character whose box holds the point (in viewport pixels), or null when the point is beside the words. */
  offsetUnder(x: number, y: number): number | null {
    const block = this.geometry.blockAt(x, y, this.last)
    if (block === null) return null
    this.last = block.number
    const across = x - block.box.left
    const down = y - block.box.top
    for (const run of this.runsOf(block.number, block.box)) {
      if (down < run.top || down >= run.bottom || across < run.left || across >= run.right) continue
      run.blockLeft = block.box.left
      return run.base + this.characterAt(run, x)
    }
    return null
  }

  /** Finds the character whose box holds the point by interpolation search: the letters of a line are of similar width. */
  private characterAt(run: Run, x: number): number {
    let low = run.from
    let high = run.to - 1
    let lowX = run.left
    let highX = run.right
    let forward: boolean | null = null
    while (low < high) {
      const share = highX > lowX ? Math.min(0.999, Math.max(0, (x - run.blockLeft - lowX) / (highX - lowX))) : 0
      const guess = low + Math.floor((forward === false ? 1 - share : share) * (high - low + 1))
      const box = this.boxOf(run.node, guess, guess + 1)
      if (x >= box.left && x < box.right) return guess
      forward ??= this.runsForward(run)
      const left = box.left - run.blockLeft
      const right = box.right - run.blockLeft
      if (forward ? x < box.left : x >= box.right) {
        high = Math.max(low, guess - 1)
        if (forward) highX = left
        else lowX = right
      } else {
        low = Math.min(high, guess + 1)
        if (forward) lowX = right
        else highX = left
      }
    }
    return low
  }

  private runsForward(run: Run): boolean {
    return this.boxOf(run.node, run.from, run.from + 1).left <= this.boxOf(run.node, run.to - 1, run.to).left
  }

  private boxOf(node: Node, from: number, to: number): DOMRect {
    this.probe.setStart(node, from)
    this.probe.setEnd(node, to)
    return this.probe.getBoundingClientRect()
  }

  private runsOf(number: number, box: DOMRect): Run[] {
    const known = this.runs.get(number)
    if (known !== undefined) return known
    const made: Run[] = []
    for (const { node, start, end } of this.places.partsOf(number))
      this.addRuns({ made, node, base: start, from: 0, to: end - start, box })
    this.runs.set(number, made)
    return made
  }

  /** Halves a text node until every part has one box, and so is in one line and one direction. */
  private addRuns(input: { made: Run[]; node: Node; base: number; from: number; to: number; box: DOMRect }): void {
    const { made, node, base, from, to, box } = input
    this.probe.setStart(node, from)
    this.probe.setEnd(node, to)
    const boxes = this.probe.getClientRects()
    const [only] = boxes
    if (only === undefined) return
    if (boxes.length > 1 && to - from > 1) {
      const middle = (from + to) >> 1
      this.addRuns({ ...input, to: middle })
      this.addRuns({ ...input, from: middle })
      return
    }
    made.push({
      node,
      base,
      from,
      to,
      left: only.left - box.left,
      right: only.right - box.left,
      top: only.top - box.top,
      bottom: only.bottom - box.top,
      blockLeft: box.left,
    })
  }
}
