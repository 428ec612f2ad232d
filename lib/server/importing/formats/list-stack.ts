import type { BlockBuilder } from '../block-builder'

/** An item's list, its depth (from 0), and how it is numbered. */
export interface ListLevel {
  list: string
  level: number
  isOrdered: boolean
  number: number
  /** Items keep their own markers in the text. */
  isMarked: boolean
}

/** Opens and closes lists for formats where an item is a paragraph with a depth, and no element encloses the list. */
export class ListStack {
  readonly #builder: BlockBuilder
  readonly #open: ListLevel[] = []

  constructor(builder: BlockBuilder) {
    this.#builder = builder
  }

  /** Begins the next item, after closing lists that are deeper or different from its own. */
  beginItem(place: ListLevel): void {
    for (let top = this.#open.at(-1); top && !this.#continues(top, place); top = this.#open.at(-1)) this.#closeOne()
    if (this.#open.at(-1)?.level === place.level) {
      this.#builder.close()
      this.#builder.openItem()
      return
    }
    const { isOrdered, number, isMarked } = place
    const marked = isMarked ? { marked: true } : {}
    const start = isOrdered && number !== 1 ? { start: number } : {}
    const list = isOrdered
      ? this.#builder.openContainer({ type: 'orderedList', attrs: { ...marked, ...start }, content: [] })
      : this.#builder.openContainer({ type: 'bulletList', attrs: marked, content: [] })
    if (!list) return
    this.#builder.openItem()
    this.#open.push(place)
  }

  /** Closes all lists: before every block that is not an item. */
  end(): void {
    while (this.#open.length > 0) this.#closeOne()
  }

  /** Whether an item goes into an open list, or into a list nested in it. */
  #continues(top: ListLevel, place: ListLevel): boolean {
    if (top.level < place.level) return true
    return (
      top.level === place.level && top.isOrdered === place.isOrdered && (top.list === place.list || place.number > 1)
    )
  }

  #closeOne(): void {
    this.#open.pop()
    this.#builder.close()
    this.#builder.close()
  }
}
