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

/** What joins a unit to the members of a group; null when one of them may not stand beside it. */
function bondTo(unit: ReadonlyMap<number, Bond> | undefined, group: Iterable<number>): Bond | null {
  const sum = { overlap: 0, alike: 0 }
  for (const member of group) {
    const bond = unit?.get(member)
    if (bond === undefined) return null
    sum.overlap += bond.overlap
    sum.alike += bond.alike
  }
  return sum
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

/** The best grouping of what is left of a part, as a chain: its first group, then that of the rest. */
interface Chain extends Bond {
  group: readonly number[]
  rest: Chain | null
}

/**
 * The best grouping by trying all of them, the rest of a part solved once for each set that is left. Of equally good ones that is taken which joins units to
 * those that stand first.
 */
function groupExactly(part: readonly number[], bonds: Bonds): number[][] {
  const solved = new Map<number, Chain | null>()
  const solve = (left: number): Chain | null => {
    const known = solved.get(left)
    if (known !== undefined || left === 0) return known ?? null
    const first = part.findIndex((_, place) => (left & (1 << place)) !== 0)
    let best: Chain | null = null
    const extend = (group: readonly number[], own: Bond & { mask: number }, from: number): void => {
      for (let place = from; place < part.length; place += 1) {
        const unit = part[place]
        if (unit === undefined || (left & (1 << place)) === 0) continue
        const bond = bondTo(bonds[unit], group)
        if (bond === null) continue
        const grown = {
          overlap: own.overlap + bond.overlap,
          alike: own.alike + bond.alike,
          mask: own.mask | (1 << place),
        }
        extend([...group, unit], grown, place + 1)
      }
      const rest = solve(left & ~own.mask)
      const chain = {
        group,
        rest,
        overlap: own.overlap + (rest?.overlap ?? 0),
        alike: own.alike + (rest?.alike ?? 0),
      }
      if (best === null || exceeds(chain, best)) best = chain
    }
    extend([part[first] ?? 0], { overlap: 0, alike: 0, mask: 1 << first }, first + 1)
    solved.set(left, best)
    return best
  }
  const groups: number[][] = []
  for (let chain = solve((1 << part.length) - 1); chain !== null; chain = chain.rest) groups.push([...chain.group])
  return groups
}

/** A grouping that is being searched: the group of each unit, and its members in ascending order. */
interface Search {
  groupOf: Map<number, number>
  members: Map<number, Set<number>>
}

/** Joins groups along the closest pairs, where all of both may stand in one claim. */
function joinClosest(part: readonly number[], bonds: Bonds): Search {
  const search: Search = {
    groupOf: new Map(part.map((unit) => [unit, unit])),
    members: new Map(part.map((unit) => [unit, new Set([unit])])),
  }
  const pairs = part.flatMap((a) => [...(bonds[a] ?? [])].flatMap(([b, bond]) => (a < b ? [{ a, b, bond }] : [])))
  pairs.sort((p, q) => q.bond.overlap - p.bond.overlap || q.bond.alike - p.bond.alike || p.a - q.a || p.b - q.b)
  for (const { a, b } of pairs) {
    const [left, right] = [search.groupOf.get(a) ?? a, search.groupOf.get(b) ?? b]
    if (left === right) continue
    const own = search.members.get(left) ?? new Set()
    const other = search.members.get(right) ?? new Set()
    if (![...other].every((unit) => bondTo(bonds[unit], own) !== null)) continue
    for (const unit of other) put(search, unit, left)
  }
  return search
}

function put({ groupOf, members }: Search, unit: number, group: number): void {
  members.get(groupOf.get(unit) ?? unit)?.delete(unit)
  groupOf.set(unit, group)
  const own = members.get(group)
  if (own === undefined) members.set(group, new Set([unit]))
  else own.add(unit)
}

/** What a unit and those that must leave for it would gain by its moving into a group. */
function gainOf(unit: number, group: ReadonlySet<number>, bonds: Bonds): Bond & { leaving: number[] } {
  const gain = { overlap: 0, alike: 0, leaving: new Array<number>() }
  const staying: number[] = []
  for (const member of group) {
    const bond = bonds[unit]?.get(member)
    if (bond === undefined) gain.leaving.push(member)
    else {
      staying.push(member)
      gain.overlap += bond.overlap
      gain.alike += bond.alike
    }
  }
  gain.leaving.forEach((member, place) => {
    for (const other of [...staying, ...gain.leaving.slice(place + 1)]) {
      gain.overlap -= bonds[member]?.get(other)?.overlap ?? 0
      gain.alike -= bonds[member]?.get(other)?.alike ?? 0
    }
  })
  return gain
}

/** Moves each unit once to where it gains most, those in its way leaving for claims of their own. Whether anything moved. */
function improve(search: Search, part: readonly number[], bonds: Bonds): boolean {
  let moved = false
  for (const unit of part) {
    const own = search.groupOf.get(unit) ?? unit
    const staying = bondTo(
      bonds[unit],
      [...(search.members.get(own) ?? [])].filter((member) => member !== unit),
    ) ?? { overlap: 0, alike: 0 }
    let best = { ...staying, leaving: new Array<number>(), group: own }
    const near = new Set([...(bonds[unit]?.keys() ?? [])].map((other) => search.groupOf.get(other) ?? other))
    for (const group of [...near].sort((p, q) => p - q)) {
      if (group === own) continue
      const gain = gainOf(unit, search.members.get(group) ?? new Set(), bonds)
      if (exceeds(gain, best)) best = { ...gain, group }
    }
    if (best.group === own) continue
    moved = true
    for (const member of best.leaving) put(search, member, freeGroup(search, member))
    put(search, unit, best.group)
  }
  return moved
}

/** The number of a group that has no member, for a unit that leaves its own: groups go by the number of a unit, so there is always one. */
function freeGroup({ members }: Search, unit: number): number {
  if ((members.get(unit)?.size ?? 0) === 0) return unit
  for (const [group, own] of members) if (own.size === 0) return group
  return unit
}

/**
 * Groups units so that every two of a group are neighbours and the overlaps inside groups add up to the most; of equal sums the one with more ratings alike.
 * Exact for up to `exactUpTo` units that hang together. More of them are joined along their closest pairs, and each unit then moves to where the sum grows most
 * until nothing does, in at most twenty passes: no move of one unit could make it better then. The order of the units decides ties. Groups are in the order
 * of their first units.
 */
export function groupUnits(bonds: Bonds): number[][] {
  const groups = partsOf(bonds).flatMap((part) => {
    const [first, ...others] = part
    if (first === undefined) return []
    if (others.every((unit) => bonds[unit]?.size === others.length && bonds[first]?.size === others.length))
      return [part]
    if (part.length <= exactUpTo) return groupExactly(part, bonds)
    const search = joinClosest(part, bonds)
    for (let pass = 0; pass < mostPasses && improve(search, part, bonds); pass += 1);
    return [...search.members.values()].filter(({ size }) => size > 0).map((own) => [...own].sort((p, q) => p - q))
  })
  return groups.sort((p, q) => (p[0] ?? 0) - (q[0] ?? 0))
}
