import type { AlignedTexts, TokenRange } from './likeness'

/** Where each word stands in both texts: what finding words again needs besides the alignment. */
export interface Places {
  before: TokenPlaces
  after: TokenPlaces
}

/** Where the same tokens stand after: `offset` further on, in tokens. */
export interface ExactPlace {
  offset: number
  /** Whether it is the place that the order of the text says, and no other could be meant. */
  isCertain: boolean
}

/** How far the nearest token is looked for that says where a range without a counterpart would stand. */
const mostAside = 10_000
/** How many words on either side tell two equal quotes apart. A longer run is one place. */
const mostAround = 64

/**
 * The place where exactly the tokens of a range stand, as the alignment of its words says, or of those beside it. Null when they do not stand there.
 */
export function findExactPlace(texts: AlignedTexts, places: Places, range: TokenRange): ExactPlace | null {
  for (const offset of offsetsOf(texts, range))
    if (standsAt(texts, range, offset)) return { offset, isCertain: isCertain(texts, places, { range, offset }) }
  return null
}

/** How far on the range would stand, as each of some tokens says: its own first, then the nearest beside it. The ends of the texts are such, too. */
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
  // Words that stand several times are told apart by the words around them, as far as these stand around them still.
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

/** The equal tokens around a range, itself included, that stand equally far on. */
function runAround({ to }: AlignedTexts, range: TokenRange, offset: number): TokenRange {
  let { start, end } = range
  while (start > 0 && to[start - 1] === start - 1 + offset) start -= 1
  while (end < to.length && to[end] === end + offset) end += 1
  return { start, end }
}

/**
 * Whether the range could as well be the words next to it: of "one one", which became "one", nobody can tell which stayed. So it is where words went
 * away (or came) beside the run and what follows it closed up, and the words from the range on repeat after as many words as went (or came).
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

/** The partner of a token; the ends of the texts are partners. Not a number for a token without one. */
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
 * Looks for exactly the words of a range in the whole text, where no others have a claim to them: none at all (`free`), or only words that have nothing
 * around them that says so (`doubtful`). The first place of each kind, or null.
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

/** Whether equal tokens end with a range on both sides. */
function isRun({ to }: AlignedTexts, range: TokenRange, offset: number): boolean {
  for (let at = range.start; at < range.end; at += 1) if (to[at] !== at + offset) return false
  return to[range.start - 1] !== range.start - 1 + offset && to[range.end] !== range.end + offset
}

/** Where each word stands in a text, to find runs of words in it. Made in linear time when the first run is looked for. */
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
   * The places where a run of words begins, ascending, overlapping ones included. Looks where its rarest word stands, or reads the whole text when that is
   * less work: never more than a pass over it.
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
