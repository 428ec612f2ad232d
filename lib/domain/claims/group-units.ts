/**
 * Groups overlapping units into claims with the largest sum of overlaps: a partition of a graph into cliques (Grötschel and Wakabayashi 1989). Only
 * units that may be in one claim are neighbours, so every two units of a claim are neighbours.
 */

/** The bond of two units: their overlap, and how many of their ratings are equal. */
export interface Bond {
  overlap: number
  alike: number
}

/** Units by index, each with its neighbours and the bonds to them. Bonds are stored in both directions. */
export type Bonds = readonly ReadonlyMap<number, Bond>[]

/** The most connected units that are grouped exactly; larger components are grouped by search (see `groupUnits`). */
export const exactUpTo = 12

/** The most passes of a search over the units. */
const mostPasses = 20

/** Sums of overlaps that differ by less are equal. */
const hair = 1e-9

/** Whether the first bond is stronger: by overlap, then by equal ratings. */
function exceeds(one: Bond, other: Bond): boolean {
  if (Math.abs(one.overlap - other.overlap) > hair) return one.overlap > other.overlap
  return one.alike > other.alike
}

/** The connected components of the units, each in ascending order. */
function partsOf(bonds: Bonds): number[][] {
  const seen = new Set<number>()
  return bonds.flatMap((_, start) => {
    if (seen.has(start)) return []
    seen.add(start)
    const part = [start]
    // Grows during the iteration.
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

/** The bonds of a component by the indexes of its units: each unit's neighbours as bits, and tables of overlaps and equal ratings. */
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

/** The sum of a unit's bonds to the members of a group, given as bits. */
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
 * Finds the best grouping by trying all of them, solving each remaining set of units once. Ties go to the grouping that joins units to the first
 * ones.
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
    /** Tries a group after all of its extensions by later units. */
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

/** The state of a search, by the indexes of all units: the group of each unit, and the members of each group. Groups have such an index too. */
interface Search {
  groupOf: Int32Array
  members: number[][]
  /** Scratch space, zero between uses: the sum of a unit's bonds to each group, and how many of its members are neighbours. */
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

/** Joins the groups of a component along its closest pairs, where all members of both are neighbours. */
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

/** The bonds lost within a group when members who are not neighbours of an incoming unit leave it. */
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

/** A group that a unit could move to, the gain, and the members who would leave it. */
type Move = Bond & { group: number; leaving: readonly number[] }

/** The move of a unit with the largest gain; its own group where none gains more. */
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
    // Leaving members can only lower the gain.
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

/**
 * The index of an empty group of the component, for a unit that leaves its own. One always exists then, because there are as many groups as units.
 */
function freeGroup({ members }: Search, part: readonly number[]): number | undefined {
  return part.find((group) => members[group]?.length === 0)
}

/**
 * Moves each unit once to the group where it gains most; members in its way become claims of their own.
 * @returns whether anything moved
 */
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
 * Groups units so that every two of a group are neighbours and the sum of overlaps inside groups is largest; ties go to more equal ratings. Exact for
 * up to `exactUpTo` connected units. Larger components are joined along their closest pairs; each unit then moves to where the sum grows most, until
 * no single move improves it, in at most twenty passes. Remaining ties follow the order of the units. Groups are in the order of their first units.
 */
export function groupUnits(bonds: Bonds): number[][] {
  const search = startSearch(bonds.length)
  const groups = partsOf(bonds).flatMap((part) => {
    // Where all are neighbours there is only one best grouping.
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
