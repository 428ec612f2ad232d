/** The outline around the current sentence: one path along its lines, drawn over the text and never part of it. */

interface Line {
  left: number
  right: number
  top: number
  bottom: number
}

/** Joins the boxes of a range into lines: boxes that overlap vertically by more than half are on one line. */
export function joinLines(boxes: Iterable<Line>): Line[] {
  const lines: Line[] = []
  for (const box of boxes) {
    if (box.right - box.left < 1 || box.bottom - box.top < 1) continue
    const last = lines.at(-1)
    const shared = last === undefined ? 0 : Math.min(last.bottom, box.bottom) - Math.max(last.top, box.top)
    if (last !== undefined && shared > Math.min(last.bottom - last.top, box.bottom - box.top) / 2) {
      last.left = Math.min(last.left, box.left)
      last.right = Math.max(last.right, box.right)
      last.top = Math.min(last.top, box.top)
      last.bottom = Math.max(last.bottom, box.bottom)
    } else lines.push({ left: box.left, right: box.right, top: box.top, bottom: box.bottom })
  }
  return lines
}

/** An SVG path around the words of a range, in pixels from the top left corner of `frame`. */
export function outlineAround(range: Range, frame: HTMLElement): string {
  const edge = frame.getBoundingClientRect()
  // White space hangs over the end of a line, and the outline leaves it out.
  const inside = (x: number) => Math.min(edge.right, Math.max(edge.left, x)) - edge.left
  const boxes = [...range.getClientRects()].map(({ left, right, top, bottom }) => ({
    left: inside(left),
    right: inside(right),
    top: top - edge.top,
    bottom: bottom - edge.top,
  }))
  return outlinePath(joinLines(boxes), 4)
}

/** An SVG path around lines, `pad` pixels away from the words. Lines that do not touch horizontally get outlines of their own. */
export function outlinePath(lines: readonly Line[], pad: number): string {
  const groups: Line[][] = []
  for (const line of lines) {
    const last = groups.at(-1)?.at(-1)
    const touches =
      last !== undefined && line.left <= last.right && last.left <= line.right && line.top - last.bottom < 40
    if (touches) groups.at(-1)?.push(line)
    else groups.push([line])
  }
  return groups.map((group) => pathAround(group, pad)).join(' ')
}

function pathAround(lines: readonly Line[], pad: number): string {
  const right: [number, number][] = []
  const left: [number, number][] = []
  for (const [at, line] of lines.entries()) {
    const before = lines[at - 1]
    const after = lines[at + 1]
    // Between two lines the border runs in the middle of the gap.
    const top = before === undefined ? line.top - pad : (before.bottom + line.top) / 2
    const bottom = after === undefined ? line.bottom + pad : (line.bottom + after.top) / 2
    right.push([line.right + pad, top], [line.right + pad, bottom])
    left.push([line.left - pad, top], [line.left - pad, bottom])
  }
  const points = [...right, ...left.reverse()]
  return `M${points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}Z`
}
