/** The reader's annotations, kept in an index and brought up to date by what changed. */
import { IntervalIndex } from '@/lib/domain/ranges/interval-index'
import { compareMarks } from './mark-pieces'
import type { ReaderAnnotation, TextRange } from '../types'

export class MarkStore {
  private list: readonly ReaderAnnotation[] = []
  private index = new IntervalIndex<ReaderAnnotation>()

  /**
   * Takes the new list. Answers the smallest range that holds every change, or null when nothing changed. Lists that
   * share most of their objects with the one before cost a walk over the list and a few index operations.
   */
  update(next: readonly ReaderAnnotation[]): TextRange | null {
    const before = this.list
    this.list = next
    let from = 0
    while (from < before.length && from < next.length && before[from] === next[from]) from += 1
    let keptAtEnd = 0
    while (
      keptAtEnd < Math.min(before.length, next.length) - from &&
      before[before.length - 1 - keptAtEnd] === next[next.length - 1 - keptAtEnd]
    )
      keptAtEnd += 1
    const gone = before.slice(from, before.length - keptAtEnd)
    const come = next.slice(from, next.length - keptAtEnd)
    if (gone.length === 0 && come.length === 0) return null
    if (gone.length + come.length > 64 && come.length * 2 > next.length) {
      this.index = new IntervalIndex(next)
      return { start: 0, end: Infinity }
    }
    return this.apply(gone, come)
  }

  /** Whether there are no marks at all. */
  get isEmpty(): boolean {
    return this.list.length === 0
  }

  /** The marks that touch a range, by start. */
  overlapping(range: TextRange): ReaderAnnotation[] {
    return this.index.overlapping(range.start, range.end)
  }

  /** The marks over the code unit at an offset, topmost first. */
  at(offset: number): ReaderAnnotation[] {
    return this.index.at(offset).sort(compareMarks)
  }

  get(id: string): ReaderAnnotation | null {
    return this.index.get(id)
  }

  private apply(gone: readonly ReaderAnnotation[], come: readonly ReaderAnnotation[]): TextRange | null {
    const kept = new Set(come)
    const changed: TextRange = { start: Infinity, end: -Infinity }
    const touch = (mark: ReaderAnnotation) => {
      changed.start = Math.min(changed.start, mark.start)
      changed.end = Math.max(changed.end, mark.end)
    }
    for (const mark of gone) {
      if (kept.has(mark) || this.index.get(mark.id) !== mark) continue
      this.index.remove(mark.id)
      touch(mark)
    }
    for (const mark of come) {
      const known = this.index.get(mark.id)
      if (known === mark) continue
      if (known !== null) touch(known)
      this.index.insert(mark)
      touch(mark)
    }
    return changed.start <= changed.end ? changed : null
  }
}
