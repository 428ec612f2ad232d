import type { AlignedTexts, TokenRange } from './likeness'

/** The positions of each word in both texts, which finding words again needs besides the alignment. */
export interface Places {
  before: TokenPlaces
  after: TokenPlaces
}

/** The place of the same tokens in the text after: `offset` further on, in tokens. */
export interface ExactPlace {
  offset: number
  /** Whether this is the place by the order of the text, and no other could be meant. */
  isCertain: boolean
}

/** How far from a range without a counterpart to search for a paired token, which tells where the range would be. */
const mostAside = 10_000
/** How many words on either side tell two equal quotes apart. A longer run is one place. */
const mostAround = 64

/** The place of exactly the tokens of a range, where the alignment of its own or neighbouring words puts it. Null when other tokens are there. */
export function findExactPlace(texts: AlignedTexts, places: Places, range: TokenRange): ExactPlace | null {
  for (const offset of offsetsOf(texts, range))
    if (standsAt(texts, range, offset)) return { offset, isCertain: isCertain(texts, places, { range, offset }) }
  return null
}

/**
 * The offsets at which the range would be, by its own paired tokens and by the nearest ones on either side. The ends of the texts count as paired.
 */
function offsetsOf({ to, after }: AlignedTexts, { start, end }: TokenRange): Set<number> {
  const offsets = new Set<number>()
  const add = (at: number): boolean => {
    const partner = to[at] ?? -1
    if (partner === -1) return false
    offsets.add(partner - at)
    return true
  }
  const middle = (start + end) >> 1
  for (let at = start; at < end && !add(at);) at += 1
  for (let at = middle; at < end && !add(at);) at += 1
  for (let at = end - 1; at >= start && !add(at);) at -= 1
  let next = end
  while (next < Math.min(to.length, end + mostAside) && !add(next)) next += 1
  if (next === to.length) offsets.add(after.ids.length - to.length)
  let previous = start - 1
  while (previous >= Math.max(0, start - mostAside) && !add(previous)) previous -= 1
  if (previous === -1) offsets.add(0)
  return offsets
}

function standsAt({ before, after }: AlignedTexts, { start, end }: TokenRange, offset: number): boolean {
  if (start + offset < 0 || end + offset > after.ids.length) return false
  for (let at = start; at < end; at += 1) if (before.ids[at] !== after.ids[at + offset]) return false
  return true
}

function isCertain(
  texts: AlignedTexts,
  places: Places,
  { range, offset }: { range: TokenRange; offset: number },
): boolean {
  const { to, moved } = texts
  for (let at = range.start; at < range.end; at += 1) if (to[at] !== at + offset || moved[at] === 1) return false
  const run = runAround(texts, range, offset)
  if (canSlide(texts, { range, run, offset })) return false
  if (isOnceInBoth(texts, places, range)) return true
  // Repeated words are told apart by the words around them that are still there.
  const near = {
    start: Math.max(run.start, range.start - mostAround),
    end: Math.min(run.end, range.end + mostAround),
  }
  return near.start > run.start || near.end < run.end || isOnceInBoth(texts, places, near)
}

function isOnceInBoth({ before }: AlignedTexts, places: Places, { start, end }: TokenRange): boolean {
  const wanted = before.ids.subarray(start, end)
  return isOnce(places.before, wanted) && isOnce(places.after, wanted)
}

/** The run of equal tokens around a range and including it, all at the same offset. */
function runAround({ to }: AlignedTexts, range: TokenRange, offset: number): TokenRange {
  let { start, end } = range
  while (start > 0 && to[start - 1] === start - 1 + offset) start -= 1
  while (end < to.length && to[end] === end + offset) end += 1
  return { start, end }
}

/**
 * Whether the range could equally be the words next to it: when "one one" became "one", either may have stayed. This is so where words were deleted
 * (or inserted) beside the run, and the words from the range on repeat at a distance of the number of those words.
 */
function canSlide(
  { before, after, to, from }: AlignedTexts,
  { range, run, offset }: { range: TokenRange; run: TokenRange; offset: number },
): boolean {
  const repeats = (ids: Int32Array, { start, end }: TokenRange, distance: number) => {
    for (let at = start; at < end; at += 1) if (ids[at] !== ids[at + distance]) return false
    return true
  }
  const shifted = ({ start, end }: TokenRange) => ({ start: start + offset, end: end + offset })
  const right = { start: range.start, end: run.end }
  const left = { start: run.start, end: range.end }
  const went = {
    right: partnerOf(from, run.end + offset, to.length) - run.end,
    left: run.start - 1 - partnerOf(from, run.start - 1 + offset, to.length),
  }
  const came = {
    right: partnerOf(to, run.end, from.length) - run.end - offset,
    left: run.start - 1 + offset - partnerOf(to, run.start - 1, from.length),
  }
  return (
    (went.right > 0 && repeats(before.ids, right, went.right)) ||
    (came.right > 0 && repeats(after.ids, shifted(right), came.right)) ||
    (went.left > 0 && repeats(before.ids, left, -went.left)) ||
    (came.left > 0 && repeats(after.ids, shifted(left), -came.left))
  )
}

/** The partner of a token; the ends of the texts are each other's partners. NaN for a token without one. */
function partnerOf(partners: Int32Array, token: number, length: number): number {
  if (token < 0) return -1
  const partner = partners[token] ?? length
  return partner === -1 ? NaN : partner
}

function isOnce(places: TokenPlaces, wanted: Int32Array): boolean {
  const found = places.find(wanted)
  return found.next().done !== true && found.next().done === true
}

/**
 * Searches the whole text for exactly the words of a range where other words do not own them. The first place that no words own (`free`), and the
 * first that only words without any paired neighbour own (`doubtful`); each may be null.
 */
export function findElsewhere(
  texts: AlignedTexts,
  places: Places,
  range: TokenRange,
): { free: ExactPlace | null; doubtful: ExactPlace | null } {
  const { before, after, from } = texts
  const length = range.end - range.start
  const isOwned = (at: number) => {
    const owner = from[at] ?? -1
    return owner !== -1 && before.ids[owner] === after.ids[at] && (owner < range.start || owner >= range.end)
  }
  let doubtful: ExactPlace | null = null
  for (const start of places.after.find(before.ids.subarray(range.start, range.end))) {
    let owned = 0
    for (let at = start; at < start + length; at += 1) if (isOwned(at)) owned += 1
    const place = { offset: start - range.start, isCertain: false }
    if (owned === 0) return { free: place, doubtful }
    const owner = from[start] ?? -1
    const isAlone = owner !== -1 && isRun(texts, { start: owner, end: owner + length }, start - owner)
    if (isAlone) doubtful ??= place
  }
  return { free: null, doubtful }
}

/** Whether a run of equal tokens is exactly the range, with no equal neighbour on either side. */
function isRun({ to }: AlignedTexts, range: TokenRange, offset: number): boolean {
  for (let at = range.start; at < range.end; at += 1) if (to[at] !== at + offset) return false
  return to[range.start - 1] !== range.start - 1 + offset && to[range.end] !== range.end + offset
}

/** The positions of each word in a text, to find runs of words in it. Built in linear time at the first search. */
export class TokenPlaces {
  readonly #ids: Int32Array
  readonly #words: number
  #index: { firsts: Uint32Array; positions: Uint32Array } | null = null

  /**
   * @param ids the words of the text
   * @param words how many different words there are: each id is less
   */
  constructor(ids: Int32Array, words: number) {
    this.#ids = ids
    this.#words = words
  }

  /**
   * The starts of a run of words, ascending, including overlapping ones. Looks at the positions of its rarest word, or reads the whole text when that
   * is less work: never more than a pass over it.
   */
  *find(wanted: Int32Array): Generator<number> {
    if (wanted.length === 0 || wanted.length > this.#ids.length) return
    const { firsts, positions } = (this.#index ??= this.#makeIndex())
    const count = (id: number) => (firsts[id + 1] ?? 0) - (firsts[id] ?? 0)
    let rarest = 0
    for (let at = 1; at < wanted.length; at += 1) if (count(wanted[at] ?? 0) < count(wanted[rarest] ?? 0)) rarest = at
    const id = wanted[rarest] ?? 0
    if (count(id) * wanted.length > this.#ids.length) {
      yield* findInWhole(this.#ids, wanted)
      return
    }
    for (let at = firsts[id] ?? 0; at < (firsts[id + 1] ?? 0); at += 1) {
      const start = (positions[at] ?? 0) - rarest
      if (start >= 0 && this.#standsAt(wanted, start)) yield start
    }
  }

  #standsAt(wanted: Int32Array, start: number): boolean {
    for (let at = 0; at < wanted.length; at += 1) if (this.#ids[start + at] !== wanted[at]) return false
    return true
  }

  #makeIndex(): { firsts: Uint32Array; positions: Uint32Array } {
    const firsts = new Uint32Array(this.#words + 1)
    for (const id of this.#ids) firsts[id + 1] = (firsts[id + 1] ?? 0) + 1
    for (let id = 0; id < this.#words; id += 1) firsts[id + 1] = (firsts[id + 1] ?? 0) + (firsts[id] ?? 0)
    const filled = firsts.slice()
    const positions = new Uint32Array(this.#ids.length)
    this.#ids.forEach((id, at) => {
      const place = filled[id] ?? 0
      positions[place] = at
      filled[id] = place + 1
    })
    return { firsts, positions }
  }
}

/** The places of a run of ids in a sequence (Knuth, Morris and Pratt: linear for any input). */
function* findInWhole(ids: Int32Array, wanted: Int32Array): Generator<number> {
  const borders = new Int32Array(wanted.length + 1)
  let border = 0
  for (let at = 1; at < wanted.length; at += 1) {
    while (border > 0 && wanted[at] !== wanted[border]) border = borders[border] ?? 0
    if (wanted[at] === wanted[border]) border += 1
    borders[at + 1] = border
  }
  let matched = 0
  for (let at = 0; at < ids.length; at += 1) {
    while (matched > 0 && ids[at] !== wanted[matched]) matched = borders[matched] ?? 0
    if (ids[at] === wanted[matched]) matched += 1
    if (matched < wanted.length) continue
    yield at + 1 - matched
    matched = borders[matched] ?? 0
  }
}
