/**
 * Which spans stand at a place of the text: a balanced search tree (AVL) over the starts, each node knowing the greatest
 * end below it. The reader asks it for the spans of the visible part at every scroll and for those under the pointer.
 */

/** Something with an id that covers `[start, end)`, in UTF-16 code units of the canonical text. */
export interface Interval {
  id: string
  start: number
  end: number
}

interface TreeNode<T> {
  item: T
  start: number
  /** Order of arrival: tells spans with one start apart, so that each has one place in the tree. */
  order: number
  end: number
  greatestEnd: number
  height: number
  left: TreeNode<T> | null
  right: TreeNode<T> | null
}

function heightOf<T>(node: TreeNode<T> | null): number {
  return node === null ? 0 : node.height
}

function refresh<T>(node: TreeNode<T>): void {
  const { left, right } = node
  let greatest = node.end
  if (left !== null && left.greatestEnd > greatest) greatest = left.greatestEnd
  if (right !== null && right.greatestEnd > greatest) greatest = right.greatestEnd
  node.greatestEnd = greatest
  node.height = Math.max(heightOf(left), heightOf(right)) + 1
}

function rotateRight<T>(node: TreeNode<T>, left: TreeNode<T>): TreeNode<T> {
  node.left = left.right
  left.right = node
  refresh(node)
  refresh(left)
  return left
}

function rotateLeft<T>(node: TreeNode<T>, right: TreeNode<T>): TreeNode<T> {
  node.right = right.left
  right.left = node
  refresh(node)
  refresh(right)
  return right
}

function balance<T>(node: TreeNode<T>): TreeNode<T> {
  refresh(node)
  const lean = heightOf(node.left) - heightOf(node.right)
  if (lean > 1 && node.left !== null) {
    if (heightOf(node.left.left) < heightOf(node.left.right) && node.left.right !== null) {
      node.left = rotateLeft(node.left, node.left.right)
    }
    return rotateRight(node, node.left)
  }
  if (lean < -1 && node.right !== null) {
    if (heightOf(node.right.right) < heightOf(node.right.left) && node.right.left !== null) {
      node.right = rotateRight(node.right, node.right.left)
    }
    return rotateLeft(node, node.right)
  }
  return node
}

function precedes<T>(a: TreeNode<T>, b: TreeNode<T>): boolean {
  return a.start < b.start || (a.start === b.start && a.order < b.order)
}

function insertNode<T>(root: TreeNode<T> | null, node: TreeNode<T>): TreeNode<T> {
  if (root === null) return node
  if (precedes(node, root)) root.left = insertNode(root.left, node)
  else root.right = insertNode(root.right, node)
  return balance(root)
}

function removeFirst<T>(root: TreeNode<T>): { first: TreeNode<T>; rest: TreeNode<T> | null } {
  if (root.left === null) return { first: root, rest: root.right }
  const { first, rest } = removeFirst(root.left)
  root.left = rest
  return { first, rest: balance(root) }
}

function removeNode<T>(root: TreeNode<T> | null, node: TreeNode<T>): TreeNode<T> | null {
  if (root === null) return null
  if (root === node) {
    if (root.right === null) return root.left
    const { first, rest } = removeFirst(root.right)
    first.left = root.left
    first.right = rest
    return balance(first)
  }
  if (precedes(node, root)) root.left = removeNode(root.left, node)
  else root.right = removeNode(root.right, node)
  return balance(root)
}

function buildBalanced<T>(nodes: readonly TreeNode<T>[], from: number, to: number): TreeNode<T> | null {
  const node = nodes[(from + to) >> 1]
  if (from >= to || node === undefined) return null
  const middle = (from + to) >> 1
  node.left = buildBalanced(nodes, from, middle)
  node.right = buildBalanced(nodes, middle + 1, to)
  refresh(node)
  return node
}

interface Query<T> {
  start: number
  end: number
  found: T[]
}

function collect<T>(node: TreeNode<T> | null, query: Query<T>): void {
  const { start, end, found } = query
  // Whole subtrees that end before the asked range, and right halves that begin after it, are never entered.
  for (let current = node; current !== null && current.greatestEnd > start; current = current.right) {
    collect(current.left, query)
    if (current.start >= end) return
    if (current.end > start) found.push(current.item)
  }
}

/**
 * A mutable set of intervals, unique by id. An empty interval (`end <= start`) is kept but found nowhere.
 * `insert`, `remove`: O(log n). Queries: O(log n + k) for k results on text-like data; never worse than O(log n + k log n).
 * `new IntervalIndex(items)` sorts once: O(n log n), and the last of several items with one id wins.
 */
export class IntervalIndex<T extends Interval> {
  private root: TreeNode<T> | null = null
  private readonly nodes = new Map<string, TreeNode<T>>()
  private arrivals = 0

  constructor(items: readonly T[] = []) {
    if (items.length > 0) this.fill(items)
  }

  /** How many intervals it holds. */
  get size(): number {
    return this.nodes.size
  }

  /** The interval with this id, or null. */
  get(id: string): T | null {
    return this.nodes.get(id)?.item ?? null
  }

  /** Adds an interval; one with the same id is replaced. */
  insert(item: T): void {
    this.remove(item.id)
    const node = this.createNode(item)
    this.nodes.set(item.id, node)
    this.root = insertNode(this.root, node)
  }

  /** Takes an interval out. False when there is none with this id. */
  remove(id: string): boolean {
    const node = this.nodes.get(id)
    if (node === undefined) return false
    this.nodes.delete(id)
    this.root = removeNode(this.root, node)
    node.left = null
    node.right = null
    return true
  }

  /** The intervals that share at least one code unit with `[start, end)`, by start. An empty range finds nothing. */
  overlapping(start: number, end: number): T[] {
    const found: T[] = []
    if (start < end) collect(this.root, { start, end, found })
    return found
  }

  /** The intervals that cover the code unit at `offset`, by start. */
  at(offset: number): T[] {
    return this.overlapping(offset, offset + 1)
  }

  private createNode(item: T): TreeNode<T> {
    // An empty interval ends before everything, so no query reaches it.
    const end = item.end > item.start ? item.end : Number.NEGATIVE_INFINITY
    return {
      item,
      start: item.start,
      order: this.arrivals++,
      end,
      greatestEnd: end,
      height: 1,
      left: null,
      right: null,
    }
  }

  private fill(items: readonly T[]): void {
    for (const item of items) this.nodes.set(item.id, this.createNode(item))
    const unsorted = [...this.nodes.values()]
    // Sorting plain numbers is several times faster than sorting objects through a comparison.
    const keys = new Float64Array(unsorted.length)
    for (let index = 0; index < unsorted.length; index++) {
      const node = unsorted[index]
      if (node !== undefined) keys[index] = node.start * unsorted.length + index
    }
    keys.sort()
    const sorted: TreeNode<T>[] = []
    for (const key of keys) {
      const node = unsorted[key % unsorted.length]
      if (node === undefined) continue
      node.order = sorted.length
      sorted.push(node)
    }
    this.arrivals = sorted.length
    this.root = buildBalanced(sorted, 0, sorted.length)
  }
}
