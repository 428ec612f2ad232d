/** The obvious implementation: a read-only Tiptap editor with one inline decoration per annotation. */
import '@/components/reader/painting/highlights.css'
import '@/components/reader/reader.css'
import { Editor, Extension, type JSONContent } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { ratingHighlight } from '@/components/reader/painting/highlight-names'
import { createDocumentExtensions } from '../../../components/reader/reader-editor'
import type { ReaderAnnotation } from '@/components/reader/types'
import { positionOfOffset, type TextIndex } from '@/lib/domain/text/text-index'
import { startDriver } from './driver'

const key = new PluginKey<DecorationSet>('marks')
let editor: Editor | null = null
let index: TextIndex | null = null
let before: readonly ReaderAnnotation[] = []

function isDecoration(value: unknown): value is Decoration {
  return value instanceof Decoration
}

const marks = Extension.create({
  name: 'marks',
  addProseMirrorPlugins: () => [
    new Plugin<DecorationSet>({
      key,
      state: {
        init: () => DecorationSet.empty,
        apply(transaction, set) {
          const added: unknown = transaction.getMeta(key)
          return Array.isArray(added) ? set.add(transaction.doc, added.filter(isDecoration)) : set
        },
      },
      props: { decorations: (state) => key.getState(state) },
    }),
  ],
})

function decorate(mark: ReaderAnnotation): Decoration {
  if (index === null) throw new Error('Open a document first.')
  const from = positionOfOffset(index, mark.start)
  return Decoration.inline(
    from,
    positionOfOffset(index, mark.end, -1),
    { class: ratingHighlight(mark.rating, 'own', 1) },
    { id: mark.id },
  )
}

/** The id of the mark behind a decoration. */
function idOf({ spec }: Decoration): string {
  const made: unknown = spec
  return typeof made === 'object' && made !== null && 'id' in made ? String(made.id) : ''
}

startDriver({
  open(content, made) {
    index = made
    const holder = document.getElementById('holder')
    if (holder === null) return
    holder.className = 'reader-text'
    editor = new Editor({
      element: holder,
      injectCSS: false,
      extensions: [...createDocumentExtensions({ written: null }), marks],
      content: content as unknown as JSONContent,
      editable: false,
    })
  },
  show(annotations) {
    if (editor === null) return
    editor.view.dispatch(editor.state.tr.setMeta(key, annotations.slice(before.length).map(decorate)))
    before = annotations
  },
  hit(x, y) {
    const found = editor?.view.posAtCoords({ left: x, top: y })
    if (editor === null || !found) return []
    return (key.getState(editor.state)?.find(found.pos, found.pos) ?? []).map(idOf)
  },
})
