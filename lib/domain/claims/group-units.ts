/**
 * The grouping of overlapping units into claims whose overlaps add up to the most: a partition of a graph into cliques (Grötschel and Wakabayashi 1989). Only
 * units that may stand in one claim are neighbours, so a claim is a group in which every two are.
 */

/** What joins two units: how much they overlap, and how many of their ratings are alike. */
export interface Bond {
  overlap: number
  alike: number
}

/** Units by their place from 0 on, each with its neighbours and what joins it to them. Both directions are there. */
export type Bonds = readonly ReadonlyMap<number, Bond>[]

/** Units that hang together are grouped exactly up to this many; more of them by search (see `groupUnits`). */
export const exactUpTo = 12

/** A search ends after so many passes over the units at the latest. */
const mostPasses = 20

/** Sums of overlaps that differ by less are equal. */
const hair = 1e-9

/** Whether the first gains more: overlap first, then ratings that are alike. */
function exceeds(one: Bond, other: Bond): boolean {
  if (Math.abs(one.overlap - other.overlap) > hair) return one.overlap > other.overlap
  return one.alike > other.alike
}

/** The units that hang together, directly or through others, each part in ascending order. */
function partsOf(bonds: Bonds): number[][] {
  const seen = new Set<number>()
  return bonds.flatMap((_, start) => {
    if (seen.has(start)) return []
    seen.add(start)
    const part = [start]
    // Grows while it is walked.
    for (const unit of part) {
      for (const near of bonds[unit]?.keys() ?? []) {
        if (seen.has(near)) continue
        seen.add(near)
        part.push(near)
      }
    }
    return [part.sort((p, q) => p - q)]
  })
}

/** The bonds of a part by the places of its units: of each its neighbours as bits, and tables of what joins two. */
interface Table {
  size: number
  near: number[]
  overlap: Float64Array
  alike: Float64Array
}

function tabulate(part: readonly number[], bonds: Bonds): Table {
  const size = part.length
  const table: Table = { size, near: [], overlap: new Float64Array(size * size), alike: new Float64Array(size * size) }
  part.forEach((unit, place) => {
    let near = 0
    part.forEach((other, otherPlace) => {
      const bond = bonds[unit]?.get(other)
      if (bond === undefined) return
      near |= 1 << otherPlace
      table.overlap[place * size + otherPlace] = bond.overlap
      table.alike[place * size + otherPlace] = bond.alike
    })
    table.near.push(near)
  })
  return table
}

/** What joins a unit to the members of a group, given as bits. */
function bondToBits({ size, overlap, alike }: Table, place: number, group: number): Bond {
  const sum = { overlap: 0, alike: 0 }
  for (let other = 0; other < size; other += 1) {
    if ((group & (1 << other)) === 0) continue
    sum.overlap += overlap[place * size + other] ?? 0
    sum.alike += alike[place * size + other] ?? 0
  }
  return sum
}

/**
 * The best grouping by trying all of them, each set of units that is left solved once. Of equally good ones that is taken which joins units to those that stand
 * first.
 */
function groupExactly(part: readonly number[], bonds: Bonds): number[][] {
  const table = tabulate(part, bonds)
  const nothing = { overlap: 0, alike: 0, group: 0 }
  const solved = new Map<number, Bond & { group: number }>([[0, nothing]])
  const solve = (left: number): Bond & { group: number } => {
    const known = solved.get(left)
    if (known !== undefined) return known
    const first = 31 - Math.clz32(left & -left)
    let best = { overlap: -1, alike: 0, group: 0 }
    /** Tries a group as it is, after all that it can grow to by units behind its last. */
    const grow = (group: number, own: Bond, open: number): void => {
      for (let others = open; others !== 0; others &= others - 1) {
        const place = 31 - Math.clz32(others & -others)
        const bond = bondToBits(table, place, group)
        const grown = { overlap: own.overlap + bond.overlap, alike: own.alike + bond.alike }
        grow(group | (1 << place), grown, others & (others - 1) & (table.near[place] ?? 0))
      }
      const rest = solve(left & ~group)
      const whole = { overlap: own.overlap + rest.overlap, alike: own.alike + rest.alike, group }
      if (exceeds(whole, best)) best = whole
    }
    grow(1 << first, { overlap: 0, alike: 0 }, left & (table.near[first] ?? 0))
    solved.set(left, best)
    return best
  }
  const groups: number[][] = []
  for (let left = (1 << part.length) - 1; left !== 0;) {
    const { group } = solve(left)
    groups.push(part.filter((_, place) => (group & (1 << place)) !== 0))
    left &= ~group
  }
  return groups
}

/** A grouping that is being searched, by the numbers of all units: the group of each, and the members of each group. Groups go by such numbers, too. */
interface Search {
  groupOf: Int32Array
  members: number[][]
  /** Scratch, nought between uses: what joins a unit to each group, and how many of its members are neighbours. */
  near: { overlap: Float64Array; alike: Float64Array; count: Int32Array }
}

function startSearch(count: number): Search {
  return {
    groupOf: Int32Array.from({ length: count }, (_, unit) => unit),
    members: Array.from({ length: count }, (_, unit) => [unit]),
    near: { overlap: new Float64Array(count), alike: new Float64Array(count), count: new Int32Array(count) },
  }
}

function put({ groupOf, members }: Search, unit: number, group: number): void {
  const left = members[groupOf[unit] ?? unit]
  left?.splice(left.indexOf(unit), 1)
  groupOf[unit] = group
  members[group]?.push(unit)
}

/** Joins the groups of a part along its closest pairs, where all of both may stand in one claim. */
function joinClosest(search: Search, part: readonly number[], bonds: Bonds): void {
  const pairs: { a: number; b: number; bond: Bond }[] = []
  for (const a of part) for (const [b, bond] of bonds[a] ?? []) if (a < b) pairs.push({ a, b, bond })
  pairs.sort((p, q) => q.bond.overlap - p.bond.overlap || q.bond.alike - p.bond.alike || p.a - q.a || p.b - q.b)
  for (const { a, b } of pairs) {
    const [left = a, right = b] = [search.groupOf[a], search.groupOf[b]]
    if (left === right) continue
    const [own = [], other = []] = [search.members[left], search.members[right]]
    if (other.every((unit) => own.every((member) => bonds[unit]?.has(member) === true)))
      for (const unit of [...other]) put(search, unit, left)
  }
}

/** What is lost among the members of a group when those leave who are no neighbours of a unit that comes. */
function lossOf(unit: number, group: readonly number[], bonds: Bonds): Bond & { leaving: number[] } {
  const leaving = group.filter((member) => bonds[unit]?.has(member) !== true)
  const loss = { overlap: 0, alike: 0, leaving }
  for (const member of leaving) {
    for (const other of group) {
      if (other === member || (other < member && leaving.includes(other))) continue
      loss.overlap += bonds[member]?.get(other)?.overlap ?? 0
      loss.alike += bonds[member]?.get(other)?.alike ?? 0
    }
  }
  return loss
}

/** A group that a unit could move to, what that gains, and who would leave it. */
type Move = Bond & { group: number; leaving: readonly number[] }

/** Where a unit gains most; its own group where nothing gains more. */
function bestMove(search: Search, unit: number, bonds: Bonds): Move {
  const { groupOf, members, near } = search
  const groups: number[] = []
  for (const [other, { overlap, alike }] of bonds[unit] ?? []) {
    const group = groupOf[other] ?? other
    if (near.count[group] === 0) groups.push(group)
    near.count[group] = (near.count[group] ?? 0) + 1
    near.overlap[group] = (near.overlap[group] ?? 0) + overlap
    near.alike[group] = (near.alike[group] ?? 0) + alike
  }
  const bondTo = (group: number): Bond => ({ overlap: near.overlap[group] ?? 0, alike: near.alike[group] ?? 0 })
  const own = groupOf[unit] ?? unit
  let best: Move = { ...bondTo(own), group: own, leaving: [] }
  for (const group of groups.sort((p, q) => p - q)) {
    const bond = bondTo(group)
    // Who leaves can only take away from it.
    if (group === own || !exceeds(bond, best)) continue
    const all = members[group] ?? []
    if (near.count[group] === all.length) best = { ...bond, group, leaving: [] }
    else {
      const loss = lossOf(unit, all, bonds)
      const gain = { overlap: bond.overlap - loss.overlap, alike: bond.alike - loss.alike }
      if (exceeds(gain, best)) best = { ...gain, group, leaving: loss.leaving }
    }
  }
  for (const group of groups) for (const sums of [near.count, near.overlap, near.alike]) sums[group] = 0
  return best
}

/** The number of an empty group of the part, for a unit that leaves its own: there are as many numbers as units. */
function freeGroup({ members }: Search, part: readonly number[]): number | undefined {
  return part.find((group) => members[group]?.length === 0)
}

/** Moves each unit once to where it gains most, those in its way leaving for claims of their own. Whether anything moved. */
function improve(search: Search, part: readonly number[], bonds: Bonds): boolean {
  let moved = false
  for (const unit of part) {
    const { group, leaving } = bestMove(search, unit, bonds)
    if (group === search.groupOf[unit]) continue
    moved = true
    for (const member of leaving) put(search, member, freeGroup(search, part) ?? member)
    put(search, unit, group)
  }
  return moved
}

/**
 * Groups units so that every two of a group are neighbours and the overlaps inside groups add up to the most; of equal sums the one with more ratings alike.
 * Exact for up to `exactUpTo` units that hang together. More of them are joined along their closest pairs, and each unit then moves to where the sum grows most
 * until nothing does, in at most twenty passes: no move of one unit could make it better then. The order of the units decides ties. Groups are in the order
 * of their first units.
 */
export function groupUnits(bonds: Bonds): number[][] {
  const search = startSearch(bonds.length)
  const groups = partsOf(bonds).flatMap((part) => {
    // Where all are neighbours there is nothing to choose.
    if (part.every((unit) => bonds[unit]?.size === part.length - 1)) return [part]
    if (part.length <= exactUpTo) return groupExactly(part, bonds)
    joinClosest(search, part, bonds)
    for (let pass = 0; pass < mostPasses && improve(search, part, bonds); pass += 1);
    return part.flatMap((group) => {
      const members = search.members[group] ?? []
      return members.length === 0 ? [] : [[...members].sort((p, q) => p - q)]
    })
  })
  return groups.sort((p, q) => (p[0] ?? 0) - (q[0] ?? 0))
}
