/** Draws pieces of text as inline decorations of the editor: for browsers without CSS highlights only. */
import { Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet, type DecorationAttrs } from '@tiptap/pm/view'
import { positionOfOffset } from '@/lib/domain/text/text-index'
import './decorations.css'
import { highlightNames } from './highlight-names'
import type { DrawnPiece } from './marks'
import type { Layer, Painter } from './painter'
import type { TextPlaces } from '../text-places'

const drawn = new PluginKey<DecorationSet>('drawn')

export class DecorationPainter implements Painter {
  /** Shows the decorations of the last transaction. */
  readonly extension = Extension.create({
    name: 'drawnDecorations',
    addProseMirrorPlugins: () => [
      new Plugin<DecorationSet>({
        key: drawn,
        state: {
          init: () => DecorationSet.empty,
          apply: (transaction, before) => {
            const next: unknown = transaction.getMeta(drawn)
            return next instanceof DecorationSet ? next : before
          },
        },
        props: { decorations: (state) => drawn.getState(state) },
      }),
    ],
  })
  private readonly places: TextPlaces
  private readonly layers = new Map<Layer, readonly DrawnPiece[]>()

  constructor(places: TextPlaces) {
    this.places = places
  }

  setLayer(layer: Layer, pieces: readonly DrawnPiece[]): void {
    if (pieces.length === 0 && (this.layers.get(layer)?.length ?? 0) === 0) return
    this.layers.set(layer, pieces)
    this.draw()
  }

  destroy(): void {
    this.layers.clear()
  }

  private draw(): void {
    const { view } = this.places
    if (view.isDestroyed) return
    const set = DecorationSet.create(view.state.doc, this.decorate())
    // Decorations split text nodes, and a selection that ends in one of them would be lost.
    const selected = this.readSelection()
    view.dispatch(view.state.tr.setMeta(drawn, set))
    this.places.forgetNodes()
    if (selected !== null) this.restoreSelection(selected)
  }

  private decorate(): Decoration[] {
    const { index } = this.places
    return [...this.layers.values()]
      .flat()
      .sort((a, b) => highlightNames.indexOf(a.name) - highlightNames.indexOf(b.name))
      .map(({ name, start, end }) =>
        Decoration.inline(positionOfOffset(index, start), positionOfOffset(index, end, -1), describe(name)),
      )
  }

  private readSelection(): { anchor: number; focus: number } | null {
    const selection = document.getSelection()
    const { anchorNode, focusNode } = selection ?? {}
    const { root } = this.places
    if (!selection || !anchorNode || !focusNode || !root.contains(anchorNode) || !root.contains(focusNode)) return null
    const anchor = this.places.offsetAt({ node: anchorNode, offset: selection.anchorOffset }, 1)
    if (selection.isCollapsed) return { anchor, focus: anchor }
    return { anchor, focus: this.places.offsetAt({ node: focusNode, offset: selection.focusOffset }, -1) }
  }

  private restoreSelection({ anchor, focus }: { anchor: number; focus: number }): void {
    const from = this.places.locate(anchor, anchor <= focus ? 1 : -1)
    const to = this.places.locate(focus, anchor < focus ? -1 : 1)
    document.getSelection()?.setBaseAndExtent(from.node, from.offset, to.node, to.offset)
  }
}

/**
 * The attributes of a span, by the name of its highlight. Each highlight has a span of its own, so that two lines can be drawn under the same words.
 */
function describe(name: string): DecorationAttrs {
  const [, rating, drawn, depth] =
    /^sm-(sourced|unsourced|contradicted|not_checkable)-(own|other|second)(?:-(\d))?$/.exec(name) ?? []
  const common = { nodeName: 'span', class: name }
  if (rating !== undefined && drawn !== undefined)
    return {
      ...common,
      'data-rating': rating,
      'data-drawn': drawn,
      ...(depth === undefined ? {} : { 'data-depth': depth }),
    }
  const [, active] = /^sm-active-(\w+)$/.exec(name) ?? []
  if (active !== undefined) return { ...common, 'data-rating': active, 'data-drawn': 'active' }
  return { ...common, 'data-drawn': name.slice('sm-'.length) }
}
