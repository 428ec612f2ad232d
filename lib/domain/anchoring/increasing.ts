/**
 * The heaviest selection of items whose values strictly increase in the order given: their indices, ascending. Equally heavy selections are decided
 * the same way every time. O(n log n).
 */
export function heaviestIncreasing(values: readonly number[], weights: readonly number[]): number[] {
  const ranks = rank(values)
  // A Fenwick tree of the best chain that ends at or below a rank.
  const best = new Float64Array(values.length + 1)
  const bestItem = new Int32Array(values.length + 1).fill(-1)
  const previous = new Int32Array(values.length).fill(-1)
  let heaviest = 0
  let last = -1
  ranks.forEach((at, item) => {
    let weight = 0
    let from = -1
    for (let node = at - 1; node > 0; node -= node & -node) {
      if ((best[node] ?? 0) <= weight) continue
      weight = best[node] ?? 0
      from = bestItem[node] ?? -1
    }
    previous[item] = from
    const total = weight + (weights[item] ?? 0)
    if (total > heaviest) {
      heaviest = total
      last = item
    }
    for (let node = at; node <= values.length; node += node & -node) {
      if ((best[node] ?? 0) >= total) continue
      best[node] = total
      bestItem[node] = item
    }
  })
  const chosen: number[] = []
  for (let item = last; item !== -1; item = previous[item] ?? -1) chosen.push(item)
  return chosen.reverse()
}

/** The rank of each value, from 1; equal values have the same rank. */
function rank(values: readonly number[]): number[] {
  const sorted = [...new Set(values)].sort((one, other) => one - other)
  const ranks = new Map(sorted.map((value, at) => [value, at + 1]))
  return values.map((value) => ranks.get(value) ?? 0)
}
