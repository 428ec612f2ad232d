/**
 * The layout of margin cards. All measures are CSS pixels of the scroll container's content.
 *
 * Closed cards are rows of one line, and one card may be open and tall. The open one is level with its words. Every row is as near to its words as
 * the order of the cards and their heights allow, and never further than `reach`: a card far from its words helps nobody. A row without such a place
 * is left out and counted at its neighbour ("2 more").
 */

/** A card to place; cards come in reading order. `anchor` is the top that would make it level with its words. */
export interface CardBox {
  id: string
  anchor: number
  height: number
}

/** A placed card, with the ids of cards left out right after it or, for the first card, right before it. */
export interface PlacedCard {
  id: string
  top: number
  crowdedOut: string[]
}

export interface CardLayoutInput {
  cards: readonly CardBox[]
  /** The open card. When it is null or not among the cards, all cards are rows. */
  openId: string | null
  gap: number
  /** The greatest distance of a card from its words. */
  reach: number
  /** The smallest top of any card. */
  minTop: number
}

/**
 * Places cards in their order and without overlap, none above `minTop`. The open card is level with its words, or at `minTop` when they are higher;
 * no other card is further than `reach` from its words. Within these limits, the sum of distances is least, so at least one of several rows that push
 * each other is level with its words. The same input gives the same places, in O(n log n) while few rows share a line.
 */
export function placeCards({ cards, openId, gap, reach, minTop }: CardLayoutInput): PlacedCard[] {
  const found = openId === null ? -1 : cards.findIndex((card) => card.id === openId)
  const open = cards[found]
  if (open === undefined) return placeRun({ cards, gap, reach, top: minTop, bottom: Number.POSITIVE_INFINITY }).placed
  const top = Math.max(open.anchor, minTop)
  const above = placeRun({
    cards: cards.slice(0, found),
    gap,
    reach,
    top: minTop,
    bottom: top - gap,
    nearest: 'bottom',
  })
  const below = placeRun({
    cards: cards.slice(found + 1),
    gap,
    reach,
    top: top + open.height + gap,
    bottom: Number.POSITIVE_INFINITY,
  })
  const placed = [...above.placed, { id: open.id, top, crowdedOut: below.first }, ...below.placed]
  placed[0]?.crowdedOut.unshift(...above.first)
  return placed
}

/** A card that fits, with the earliest and latest top it may have, and the ids left out right after it. */
interface Room {
  card: CardBox
  earliest: number
  latest: number
  crowdedOut: string[]
}

/** Places cards between two edges. `first` holds the ids left out before the first placed card. */
function placeRun(given: {
  cards: readonly CardBox[]
  gap: number
  reach: number
  top: number
  bottom: number
  /** The edge at which room is short. Cards are fitted in from there. */
  nearest?: 'top' | 'bottom'
}): { placed: PlacedCard[]; first: string[] } {
  const { rooms, first } = given.nearest === 'bottom' ? fitUpwards(given) : fitDownwards(given)
  const ideal = nearestInOrder(rooms, given.gap)
  return {
    placed: rooms.map(({ card, earliest, latest, crowdedOut }, index) => ({
      id: card.id,
      top: Math.max(earliest, Math.min(latest, ideal[index] ?? card.anchor)),
      crowdedOut,
    })),
    first,
  }
}

type Fit = Parameters<typeof placeRun>[0]

/** Finds the cards that fit, from the top down, with the room of each. */
function fitDownwards({ cards, gap, reach, top, bottom }: Fit): { rooms: Room[]; first: string[] } {
  const rooms: Room[] = []
  const first: string[] = []
  let free = top
  for (const card of cards) {
    const earliest = Math.max(free, card.anchor - reach)
    if (earliest > card.anchor + reach || earliest + card.height > bottom) {
      ;(rooms.at(-1)?.crowdedOut ?? first).push(card.id)
      continue
    }
    rooms.push({ card, earliest, latest: card.anchor + reach, crowdedOut: [] })
    free = earliest + card.height + gap
  }
  let limit = bottom
  for (const room of rooms.toReversed()) {
    room.latest = Math.min(room.card.anchor + reach, limit - room.card.height)
    limit = room.latest - gap
  }
  return { rooms, first }
}

/** Finds the cards that fit, from the bottom up, with the room of each. */
function fitUpwards({ cards, gap, reach, top, bottom }: Fit): { rooms: Room[]; first: string[] } {
  const rooms: Room[] = []
  let limit = bottom
  let waiting: string[] = []
  for (const card of cards.toReversed()) {
    const latest = Math.min(limit - card.height, card.anchor + reach)
    if (latest < Math.max(top, card.anchor - reach)) {
      waiting.unshift(card.id)
      continue
    }
    rooms.unshift({ card, earliest: top, latest, crowdedOut: waiting })
    waiting = []
    limit = latest - gap
  }
  let free = top
  for (const room of rooms) {
    room.earliest = Math.max(free, room.card.anchor - reach)
    free = room.earliest + room.card.height + gap
  }
  return { rooms, first: waiting }
}

/**
 * Finds tops in order and without overlap, with the least sum of distances from the anchors: isotonic regression by pooling adjacent violators, with
 * medians.
 */
function nearestInOrder(rooms: readonly Room[], gap: number): number[] {
  const before: number[] = []
  const groups: { wanted: number[]; value: number }[] = []
  let offset = 0
  for (const { card } of rooms) {
    before.push(offset)
    let wanted = [card.anchor - offset]
    let value = wanted[0] ?? 0
    let last = groups.at(-1)
    while (last !== undefined && last.value > value) {
      groups.pop()
      wanted = [...last.wanted, ...wanted].sort((one, other) => one - other)
      value = wanted[wanted.length >> 1] ?? value
      last = groups.at(-1)
    }
    groups.push({ wanted, value })
    offset += card.height + gap
  }
  const values = groups.flatMap(({ wanted, value }) => wanted.map(() => value))
  return values.map((value, index) => value + (before[index] ?? 0))
}
