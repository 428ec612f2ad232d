import type { AnyExtension } from '@tiptap/core'
import { Blockquote } from '@tiptap/extension-blockquote'
import { Bold } from '@tiptap/extension-bold'
import { Code } from '@tiptap/extension-code'
import { CodeBlock } from '@tiptap/extension-code-block'
import { Document } from '@tiptap/extension-document'
import { HardBreak } from '@tiptap/extension-hard-break'
import { Heading } from '@tiptap/extension-heading'
import { Italic } from '@tiptap/extension-italic'
import { Link } from '@tiptap/extension-link'
import { BulletList, ListItem, OrderedList } from '@tiptap/extension-list'
import { Paragraph } from '@tiptap/extension-paragraph'
import { Strike } from '@tiptap/extension-strike'
import { Text } from '@tiptap/extension-text'
import { UndoRedo } from '@tiptap/extensions'
import { isAllowedHref } from '@/lib/domain/text/href'

/** Ctrl or ⌘ with Enter saves, in every field, so that only Shift with Enter makes a new line. */
const LineBreak = HardBreak.extend({
  addKeyboardShortcuts() {
    return { 'Shift-Enter': () => this.editor.commands.setHardBreak() }
  },
})

const Address = Link.configure({
  openOnClick: false,
  autolink: false,
  isAllowedUri: isAllowedHref,
  HTMLAttributes: { rel: 'noreferrer noopener nofollow', target: null, class: 'text-accent underline' },
})

/** What a note, comment, reason or guideline may be made of; everything else that is pasted becomes plain words. */
export const fieldExtensions: AnyExtension[] = [
  Document,
  Paragraph,
  Text,
  Bold,
  Italic,
  Strike,
  Code,
  CodeBlock,
  Blockquote,
  LineBreak,
  Heading,
  Address,
  BulletList,
  OrderedList,
  ListItem,
  UndoRedo,
]
