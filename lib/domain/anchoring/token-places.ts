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
