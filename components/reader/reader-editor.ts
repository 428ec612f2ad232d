/** The Tiptap editor of the reader: read-only, standing on the HTML that the server wrote where there is some. */
import { Editor, type AnyExtension, type JSONContent } from '@tiptap/core'
import type { DocumentContent } from '@/lib/domain/text/model'
import { buildOnWritten, type Adoption } from './document/adopt'
import { createDocumentExtensions } from './document/document-extensions'
import type { Folds } from './plugins/folds'

export interface ReaderEditorInput {
  /** The element that holds the text: as the server wrote it, or empty. */
  root: HTMLElement
  content: DocumentContent
  folds: Folds
  extensions: readonly AnyExtension[]
  /** Attributes of the root, as the server wrote them. */
  attributes: Record<string, string>
}

/** How the editor came to its elements: `adopted` from the server, `mounted` anew on an empty page, or `replaced` what did not fit. */
export type Mounting = 'adopted' | 'mounted' | 'replaced'

/**
 * Makes the editor on `root`. Where the server wrote the text, the editor stands on the same elements and writes nothing; when they do not fit the
 * document, it makes its own in their place.
 */
export function createReaderEditor(input: ReaderEditorInput): { editor: Editor; mounting: Mounting } {
  if (input.root.firstChild === null) {
    const editor = build(input, { written: null })
    editor.mount({ mount: input.root })
    return { editor, mounting: 'mounted' }
  }
  const adoption: Adoption = { written: null }
  const first = build(input, adoption)
  if (buildOnWritten(input.root, adoption, () => first.mount({ mount: input.root }))) {
    return { editor: first, mounting: 'adopted' }
  }
  // The view is whole, but an element that was taken may not be what the document says: start from nothing.
  first.destroy()
  input.root.replaceChildren()
  const editor = build(input, adoption)
  editor.mount({ mount: input.root })
  return { editor, mounting: 'replaced' }
}

function build({ content, folds, extensions, attributes }: ReaderEditorInput, adoption: Adoption): Editor {
  const editor = new Editor({
    element: null,
    injectCSS: false,
    enableCoreExtensions: false,
    enableInputRules: false,
    enablePasteRules: false,
    extensions: [...createDocumentExtensions(adoption), ...extensions],
    content: content as unknown as JSONContent,
    editorProps: {
      editable: () => false,
      attributes,
      decorations: (state) => folds.decorate(state, adoption.written),
    },
  })
  // The server wrote the classes already, and the root is not to be written again.
  editor.prependClass = () => undefined
  return editor
}
