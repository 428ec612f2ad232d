/** Folds parts out of scope: a bar above each, with its blocks hidden under it where find-in-page still finds them. */
import { Extension } from '@tiptap/core'
import type { Node as DocumentNode } from '@tiptap/pm/model'
import { Plugin, type EditorState } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import type { WrittenNodes } from '../document/adopt'
import { foldClass, planFolds, writeFoldBar, type Fold } from '../folds'
import type { TextPlaces } from '../text-places'
import type { FoldedRange } from '../types'

export class Folds {
  /** Hides the blocks of folds, and opens and closes folds when they are pressed or found. */
  readonly extension = Extension.create({
    name: 'folds',
    addProseMirrorPlugins: () => [
      new Plugin({
        view: () => {
          this.hidden = new Set()
          this.hideBlocks()
          return {}
        },
        props: {
          handleDOMEvents: {
            click: (_, event) => this.handlePress(event),
            beforematch: (_, event) => this.handleFound(event),
          },
        },
      }),
    ],
  })
  private readonly places: TextPlaces
  private readonly onChange: () => void
  private readonly open = new Set<string>()
  private readonly bars = new Map<string, HTMLElement>()
  private hidden = new Set<number>()
  private folds: readonly Fold[]

  constructor(input: { places: TextPlaces; folded: readonly FoldedRange[]; onChange: () => void }) {
    this.places = input.places
    this.onChange = input.onChange
    this.folds = planFolds(input.places.index, input.folded)
  }

  set(folded: readonly FoldedRange[]): void {
    this.folds = planFolds(this.places.index, folded)
    this.show()
  }

  toggle(key: string): void {
    if (!this.open.delete(key)) this.open.add(key)
    this.show()
    this.onChange()
  }

  /** The fold that hides the text at an offset, or null. */
  closedAt(offset: number): Fold | null {
    return this.folds.find((fold) => offset >= fold.start && offset < fold.end && !this.open.has(fold.key)) ?? null
  }

  /** Opens the fold that hides an offset, if one does. */
  openAt(offset: number): void {
    const fold = this.closedAt(offset)
    if (fold !== null) this.toggle(fold.key)
  }

  /**
   * The bars, as widgets of the editor. `written` supplies the server-rendered ones while the editor is built. The editor reads the bars from its own
   * properties, because it is built before its plugins exist.
   */
  decorate({ doc }: EditorState, written: WrittenNodes | null): DecorationSet {
    if (this.folds.length === 0) return DecorationSet.empty
    const positions = topPositions(doc)
    const widgets = this.folds.map((fold) =>
      Decoration.widget(positions[fold.first] ?? 0, () => this.makeBar(fold, written), {
        side: -1,
        key: fold.key,
        raw: true,
        ignoreSelection: true,
        stopEvent: () => true,
      }),
    )
    return DecorationSet.create(doc, widgets)
  }

  private makeBar(fold: Fold, written: WrittenNodes | null): HTMLElement {
    const bar = written?.takeBar() ?? createBar(fold)
    this.bars.set(fold.key, bar)
    return bar
  }

  private show(): void {
    const { view } = this.places
    // An empty transaction makes the editor read its bars again.
    view.dispatch(view.state.tr)
    for (const fold of this.folds) setBar(this.bars.get(fold.key), fold, this.open.has(fold.key))
    this.hideBlocks()
  }

  /** Marks the hidden blocks on the page. It uses an attribute instead of a decoration, for which ProseMirror would rewrite the server's HTML. */
  private hideBlocks(): void {
    const wanted = new Set<number>()
    for (const fold of this.folds) {
      if (this.open.has(fold.key)) continue
      for (let top = fold.first; top <= fold.last; top++) wanted.add(top)
    }
    const positions = wanted.size + this.hidden.size === 0 ? [] : topPositions(this.places.view.state.doc)
    const elementOf = (top: number) => this.places.elementAt(positions[top] ?? -1)
    for (const top of this.hidden) if (!wanted.has(top)) elementOf(top)?.removeAttribute('hidden')
    for (const top of wanted) {
      const element = this.hidden.has(top) ? null : elementOf(top)
      if (element?.getAttribute('hidden') !== 'until-found') element?.setAttribute('hidden', 'until-found')
    }
    this.hidden = wanted
  }

  private handlePress(event: Event): boolean {
    const bar = event.target instanceof Element ? event.target.closest<HTMLElement>(`.${foldClass}`) : null
    if (bar === null) return false
    this.toggle(bar.dataset.fold ?? '')
    return true
  }

  private handleFound(event: Event): boolean {
    if (!(event.target instanceof Node)) return false
    this.openAt(this.places.offsetAt({ node: event.target, offset: 0 }, 1))
    return false
  }
}

function topPositions(doc: DocumentNode): number[] {
  const positions: number[] = []
  doc.forEach((_, position) => positions.push(position))
  return positions
}

function createBar(fold: Fold): HTMLElement {
  const holder = document.createElement('div')
  holder.innerHTML = writeFoldBar(fold, false)
  const bar = holder.firstElementChild
  if (!(bar instanceof HTMLElement)) throw new Error('A fold has no bar.')
  return bar
}

function setBar(bar: HTMLElement | undefined, fold: Fold, open: boolean): void {
  const button = bar?.querySelector('button')
  const label = bar?.querySelector('.reader-fold-label')
  const action = bar?.querySelector('.reader-fold-action')
  if (!button || !label || !action) return
  if (button.getAttribute('aria-expanded') !== String(open)) button.setAttribute('aria-expanded', String(open))
  setText(label, fold.label)
  setText(action, open ? 'Hide' : 'Show')
}

function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text
}
