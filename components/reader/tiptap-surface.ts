/**
 * The text in a read-only Tiptap editor, for browsers without CSS highlights: pieces of the window are inline decorations, folds
 * are node decorations. Loaded only there, because the editor weighs several times the rest of the reader.
 */
import { Editor, Extension, type JSONContent } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import type { DocumentContent } from '@/lib/domain/text/model'
import { positionOfOffset, type TextIndex } from '@/lib/domain/text/text-index'
import { writeFoldBar, type Fold } from './folds'
import { highlightNames } from './highlight-names'
import type { DrawnPiece } from './mark-pieces'
import type { Layer, Surface } from './surface'
import { TextDom } from './text-dom'
import { documentExtensions } from './tiptap-extensions'

const drawn = new PluginKey<DecorationSet>('drawn')

/** Shows the decorations that the last transaction brought. */
const drawing = Extension.create({
  name: 'drawing',
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

class DecorationSurface implements Surface {
  private readonly editor: Editor
  private readonly dom: TextDom
  private readonly index: TextIndex
  private readonly layers = new Map<Layer, readonly DrawnPiece[]>()
  private folds: { list: readonly Fold[]; open: ReadonlySet<string> } = { list: [], open: new Set() }

  constructor(editor: Editor, dom: TextDom, index: TextIndex) {
    this.editor = editor
    this.dom = dom
    this.index = index
  }

  setLayer(layer: Layer, pieces: readonly DrawnPiece[]): void {
    if (pieces.length === 0 && (this.layers.get(layer)?.length ?? 0) === 0) return
    this.layers.set(layer, pieces)
    this.draw()
  }

  setFolds(folds: readonly Fold[], open: ReadonlySet<string>): void {
    this.folds = { list: folds, open: new Set(open) }
    this.draw()
  }

  destroy(): void {
    this.editor.destroy()
  }

  private draw(): void {
    if (this.editor.isDestroyed) return
    const { doc } = this.editor.state
    const decorations = [...this.drawPieces(), ...this.drawFolds()]
    // Decorations divide text nodes, and a selection that ends in one of them would be lost.
    const selected = this.readSelection()
    this.editor.view.dispatch(this.editor.state.tr.setMeta(drawn, DecorationSet.create(doc, decorations)))
    this.dom.forgetNodes()
    if (selected !== null) this.restoreSelection(selected)
  }

  private readSelection(): { anchor: number; focus: number } | null {
    const selection = document.getSelection()
    const { anchorNode, focusNode } = selection ?? {}
    if (
      !selection ||
      !anchorNode ||
      !focusNode ||
      !this.dom.root.contains(anchorNode) ||
      !this.dom.root.contains(focusNode)
    )
      return null
    const anchor = this.dom.offsetAt(anchorNode, selection.anchorOffset, 1)
    return { anchor, focus: selection.isCollapsed ? anchor : this.dom.offsetAt(focusNode, selection.focusOffset, -1) }
  }

  private restoreSelection({ anchor, focus }: { anchor: number; focus: number }): void {
    const from = this.dom.locate(anchor, anchor <= focus ? 1 : -1)
    const to = this.dom.locate(focus, anchor < focus ? -1 : 1)
    if (from !== null && to !== null)
      document.getSelection()?.setBaseAndExtent(from.node, from.offset, to.node, to.offset)
  }

  private drawPieces(): Decoration[] {
    const pieces = [...this.layers.values()]
      .flat()
      .sort((a, b) => highlightNames.indexOf(a.name) - highlightNames.indexOf(b.name))
    return pieces.map(({ name, start, end }) =>
      Decoration.inline(positionOfOffset(this.index, start), positionOfOffset(this.index, end, -1), { class: name }),
    )
  }

  private drawFolds(): Decoration[] {
    const made: Decoration[] = []
    this.editor.state.doc.forEach((node, position, top) => {
      const fold = this.folds.list.find((candidate) => top >= candidate.first && top <= candidate.last)
      if (fold === undefined) return
      const open = this.folds.open.has(fold.key)
      if (top === fold.first)
        made.push(
          Decoration.widget(position, () => createBar(fold, open), {
            side: -1,
            key: `${fold.key}-${String(open)}-${fold.label}`,
            ignoreSelection: true,
          }),
        )
      if (!open) made.push(Decoration.node(position, position + node.nodeSize, { hidden: 'until-found' }))
    })
    return made
  }
}

function createBar(fold: Fold, open: boolean): HTMLElement {
  const holder = document.createElement('div')
  holder.innerHTML = writeFoldBar(fold, open)
  const bar = holder.firstElementChild
  if (!(bar instanceof HTMLElement)) throw new Error('A fold has no bar.')
  return bar
}

/** Puts the document into `holder`, in place of what it shows, as a Tiptap editor that cannot be edited. Throws when the document does not fit the schema. */
export function mountTiptap(input: {
  holder: HTMLElement
  content: DocumentContent
  index: TextIndex
}): [TextDom, Surface] {
  const { holder, content, index } = input
  holder.replaceChildren()
  const editor = new Editor({
    element: holder,
    injectCSS: false,
    enableCoreExtensions: false,
    enableInputRules: false,
    enablePasteRules: false,
    extensions: [...documentExtensions, drawing],
    content: content as unknown as JSONContent,
    enableContentCheck: true,
    // The holder is what has the focus, the name and the role.
    editorProps: { editable: () => false, attributes: { role: 'presentation' } },
  })
  const dom = new TextDom(editor.view.dom, index)
  return [dom, new DecorationSurface(editor, dom, index)]
}
