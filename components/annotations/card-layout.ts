/**
 * Where margin cards stand. All measures are CSS pixels of the scroll container's content.
 *
 * One card is the seed and stands level with its span; the cards after it are pushed down and those before it are pushed up, so far as
 * they would overlap. A card that would land more than `reach` from its span is left out and counted at its neighbour instead
 * ("12 more"): a card far from its words helps nobody.
 */

/** A card to be placed; cards come in reading order. `anchor` is the top of the span. */
export interface CardBox {
  id: string
  anchor: number
  height: number
}

/** A placed card, and the ids of cards left out right after it. */
export interface PlacedCard {
  id: string
  top: number
  crowdedOut: string[]
}

export interface CardLayoutInput {
  cards: readonly CardBox[]
  /** The card that stands level with its span. Without one (or when it is not among the cards) every card is only pushed down. */
  seedId: string | null
  gap: number
  /** The most a card may stand from its span. */
  reach: number
  /** No card stands above this. */
  minTop: number
}

/** How far the seed gives way to cards before it, in pixels: about one card. */
export const seedGives = 160

/**
 * Places cards in O(n). The order of the cards is kept, no two overlap, nothing stands above `minTop`, and the seed is level with its span
 * (or at `minTop`, when the span is higher), or up to `seedGives` lower to make room for the cards before it; those for which that is not
 * enough are left out. The same input gives the same places.
 */
export function placeCards({ cards, seedId, gap, reach, minTop }: CardLayoutInput): PlacedCard[] {
  const found = seedId === null ? -1 : cards.findIndex((card) => card.id === seedId)
  const seed = found === -1 ? 0 : found
  const below = Math.max(cards[seed]?.anchor ?? 0, minTop)
  const { above, left } = placeUpwards({ cards: cards.slice(0, seed), below, gap, reach, minTop })
  const placed: PlacedCard[] = [...above]
  let bottom = Number.NEGATIVE_INFINITY
  for (let index = seed; index < cards.length; index++) {
    const card = cards[index]
    if (card === undefined) break
    const top = Math.max(card.anchor, bottom)
    const last = placed[placed.length - 1]
    if (top - card.anchor > reach && last !== undefined) {
      last.crowdedOut.push(card.id)
      continue
    }
    placed.push({ id: card.id, top, crowdedOut: [] })
    bottom = top + card.height + gap
  }
  placed[0]?.crowdedOut.unshift(...left)
  const heights = new Map(cards.map((card) => [card.id, card.height]))
  let least = minTop
  for (const card of placed) {
    if (card.top < least) card.top = least
    least = card.top + (heights.get(card.id) ?? 0) + gap
  }
  return placed
}

/** The cards before the seed, and the ids of those at the beginning for which there is no room. */
function placeUpwards(given: {
  cards: readonly CardBox[]
  below: number
  gap: number
  reach: number
  minTop: number
}): { above: PlacedCard[]; left: string[] } {
  // Cards before the seed first go where they would stand without it, so that a free card does not move when the seed changes.
  const natural: { card: CardBox; top: number; crowdedOut: string[] }[] = []
  let bottom = Number.NEGATIVE_INFINITY
  for (const card of given.cards) {
    const top = Math.max(card.anchor, bottom)
    const last = natural[natural.length - 1]
    if (top - card.anchor > given.reach && last !== undefined) {
      last.crowdedOut.push(card.id)
      continue
    }
    natural.push({ card, top, crowdedOut: [] })
    bottom = top + card.height + given.gap
  }
  const upwards: PlacedCard[] = []
  let limit = given.below
  let waiting: string[] = []
  for (let index = natural.length - 1; index >= 0; index--) {
    const entry = natural[index]
    if (entry === undefined) break
    const top = Math.min(entry.top, limit - given.gap - entry.card.height)
    if (top < given.minTop - seedGives || (entry.card.anchor - top > given.reach && index > 0)) {
      waiting = [entry.card.id, ...entry.crowdedOut, ...waiting]
      continue
    }
    upwards.push({ id: entry.card.id, top, crowdedOut: [...entry.crowdedOut, ...waiting] })
    waiting = []
    limit = top
  }
  return { above: upwards.reverse(), left: waiting }
}
