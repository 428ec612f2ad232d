import { planFolds, type Fold } from './folds'
import type { Surface } from './surface'
import type { TextDom } from './text-dom'
import type { FoldedRange } from './types'

/** Which parts are folded, and which of them someone has opened. */
export class FoldState {
  private readonly dom: TextDom
  private readonly surface: Surface
  private readonly open = new Set<string>()
  private folds: Fold[] = []

  constructor(dom: TextDom, surface: Surface) {
    this.dom = dom
    this.surface = surface
  }

  set(folded: readonly FoldedRange[]): void {
    this.folds = planFolds(this.dom.index, folded)
    this.show()
  }

  toggle(key: string): void {
    if (!this.open.delete(key)) this.open.add(key)
    this.show()
  }

  /** The fold that hides the text at an offset, or null. */
  closedAt(offset: number): Fold | null {
    return this.folds.find((fold) => offset >= fold.start && offset < fold.end && !this.open.has(fold.key)) ?? null
  }

  private show(): void {
    this.surface.setFolds(this.folds, this.open)
  }
}
