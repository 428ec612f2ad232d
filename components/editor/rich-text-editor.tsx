'use client'

import { Editor } from '@tiptap/core'
import { Selection } from '@tiptap/pm/state'
import { useEffect, useEffectEvent, useId, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import { classNames } from '@/components/ui/class-names'
import { controlClasses, type FieldControl } from '@/components/ui/controls/field'
import { mentionAtCaret, type Nameable, suggestMembers } from '@/lib/domain/threads/mentions'
import { fieldExtensions, cleanPastedHtml, readMarkdown, writeMarkdown } from './field-content'
import type { RichTextFieldProps } from './rich-text-field'
import { Toolbar } from './toolbar'

export interface RichTextEditorProps extends RichTextFieldProps {
  control: FieldControl
  labelId: string
  size: { minHeight: string }
  /** Attributes of the element that takes the focus. */
  marks: Record<string, string>
  takesFocus: boolean
  /** Called when the editor would lose a part of the text. */
  onUnfit: () => void
}

interface Naming {
  from: number
  to: number
  found: Nameable[]
}

/** The name being typed before the caret, and the members that match it. */
function readNaming(editor: Editor, members: readonly Nameable[]): Naming | null {
  const { empty, $from } = editor.state.selection
  if (!empty || !$from.parent.isTextblock || $from.parent.type.spec.code === true) return null
  const before = $from.parent.textBetween(0, $from.parentOffset, '\n', '\n')
  const typed = mentionAtCaret(before, before.length)
  if (typed === null) return null
  const found = suggestMembers(typed.query, members)
  return found.length === 0 ? null : { from: $from.start() + typed.start, to: $from.pos, found }
}

function attributesOf({ control, labelId, marks, placeholder, size }: RichTextEditorProps) {
  return {
    ...control,
    ...marks,
    'aria-invalid': control['aria-invalid'] === true ? 'true' : 'false',
    role: 'textbox',
    'aria-multiline': 'true',
    'aria-labelledby': labelId,
    ...(placeholder === undefined ? {} : { 'aria-placeholder': placeholder }),
    dir: 'auto',
    style: `min-height: ${size.minHeight}`,
    class: classNames(
      controlClasses,
      textLook,
      'max-h-[60vh] overflow-y-auto leading-relaxed whitespace-pre-wrap [overflow-wrap:anywhere]',
    ),
  }
}

/** The field once the editor is loaded. */
export function RichTextEditor(props: RichTextEditorProps) {
  const { value, onChange, onBlur, members, onName, placeholder, takesFocus, onUnfit, control, labelId } = props
  const holder = useRef<HTMLDivElement>(null)
  const editor = useRef<Editor | null>(null)
  const written = useRef(value)
  const [ready, setReady] = useState<Editor | null>(null)
  const [changes, setChanges] = useState(0)
  const naming = useNaming(editor, { members, onName })
  const listId = useId()
  const { active } = naming
  const handleKey = useEffectEvent((event: KeyboardEvent): boolean => naming.handleKey(event))
  const noteChange = useEffectEvent((of: Editor, isEdit: boolean) => {
    if (isEdit) {
      written.current = writeMarkdown(of.getJSON())
      onChange(written.current)
    }
    naming.follow(of, isEdit)
    setChanges((count) => count + 1)
  })
  const leave = useEffectEvent(() => {
    naming.end()
    onBlur?.()
  })
  const describe = useEffectEvent(() => attributesOf(props))
  const begin = useEffectEvent((element: HTMLElement) => {
    const content = readMarkdown(value)
    if (content === null) {
      onUnfit()
      return null
    }
    return new Editor({
      element,
      extensions: fieldExtensions,
      content,
      injectCSS: false,
      autofocus: false,
      editorProps: {
        attributes: describe,
        handleKeyDown: (_, event) => handleKey(event),
        transformPastedHTML: cleanPastedHtml,
      },
      onTransaction: ({ editor: changed, transaction }) => {
        noteChange(changed, transaction.docChanged && transaction.getMeta('preventUpdate') !== true)
      },
      onBlur: () => {
        leave()
      },
    })
  })
  const focusEnd = useEffectEvent((made: Editor) => {
    // Removing the plain field left the focus nowhere. If it is on another element, the person has moved on.
    if (takesFocus && document.activeElement === document.body) putCaretAtEnd(made, value)
  })
  // Runs before painting, so that no key falls between the plain field and the editor.
  useLayoutEffect(() => {
    if (holder.current === null) return
    const made = begin(holder.current)
    editor.current = made
    if (made !== null) focusEnd(made)
    const timer = setTimeout(setReady, 0, made)
    return () => {
      clearTimeout(timer)
      made?.destroy()
    }
  }, [])
  useEffect(() => {
    const { current } = editor
    if (current === null || value === written.current) return
    // The value was changed from outside, as when a draft is cleared.
    written.current = value
    const content = readMarkdown(value)
    if (content === null) onUnfit()
    else current.commands.setContent(content, { emitUpdate: false })
  }, [value, onUnfit])
  const lookAgain = useEffectEvent(() => {
    if (ready?.isFocused === true) naming.look(ready)
  })
  // The value may hold words typed before the editor or the members were loaded.
  useEffect(() => {
    const timer = setTimeout(lookAgain)
    return () => {
      clearTimeout(timer)
    }
  }, [ready, members])
  useAriaState(editor, { listId, activeId: active?.id, isInvalid: control['aria-invalid'] === true })
  return (
    <div className="relative grid">
      {ready === null ? <div className="h-7" /> : <Toolbar editor={ready} changes={changes} labelId={labelId} />}
      <div className="relative grid" ref={holder} />
      {value === '' && placeholder !== undefined && (
        <span aria-hidden="true" className="pointer-events-none absolute start-3 top-9 truncate text-ink-3">
          {placeholder}
        </span>
      )}
      {active !== undefined && (
        <MemberChoice id={listId} members={naming.found} activeId={active.id} onTake={naming.take} />
      )}
    </div>
  )
}

/** Focuses the field, with the caret after its last word. */
function putCaretAtEnd({ state, view }: Editor, value: string): void {
  const tr = state.tr.setSelection(Selection.atEnd(state.doc)).setMeta('preventUpdate', true)
  // Markdown drops a space at the end, but a person in the middle of a sentence needs it.
  const isCut = /\S[ ]$/.test(value) && !state.doc.textContent.endsWith(' ')
  view.dispatch(isCut ? tr.insertText(' ') : tr)
  view.focus()
}

/** Keeps the field's state for assistive technology up to date: the chosen member, and whether there is an error. */
function useAriaState(
  editor: RefObject<Editor | null>,
  { listId, activeId, isInvalid }: { listId: string; activeId: string | undefined; isInvalid: boolean },
): void {
  useEffect(() => {
    const dom = editor.current?.view.dom
    if (dom === undefined) return
    dom.setAttribute('aria-autocomplete', 'list')
    if (activeId === undefined) dom.removeAttribute('aria-activedescendant')
    else dom.setAttribute('aria-activedescendant', `${listId}-${activeId}`)
    dom.setAttribute('aria-invalid', String(isInvalid))
  }, [editor, activeId, listId, isInvalid])
}

/** Offers members after `@`: those that match the typed words, the chosen one, and the keys that choose. */
function useNaming(
  editor: RefObject<Editor | null>,
  { members: known, onName }: Pick<RichTextEditorProps, 'members' | 'onName'>,
) {
  const members = known ?? []
  const [naming, setNaming] = useState<Naming | null>(null)
  const [place, setPlace] = useState(0)
  const active = naming?.found[Math.min(place, naming.found.length - 1)]
  const take = (member: Nameable) => {
    if (naming === null) return
    onName?.(member)
    editor.current
      ?.chain()
      .focus()
      .insertContentAt({ from: naming.from, to: naming.to }, { type: 'text', text: `@${member.name} ` })
      .run()
    setNaming(null)
  }
  const handleKey = (event: KeyboardEvent): boolean => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) return false
    if (naming === null || active === undefined) return false
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) setPlace((place + step + naming.found.length) % naming.found.length)
    else if (event.key === 'Enter' || event.key === 'Tab') take(active)
    else if (event.key === 'Escape') {
      event.stopPropagation()
      setNaming(null)
    } else return false
    event.preventDefault()
    return true
  }
  return {
    found: naming?.found ?? [],
    active,
    take,
    handleKey,
    /** Reads the words before the caret after a change. Moving the caret alone opens no list. */
    follow: (of: Editor, isEdit: boolean) => {
      setNaming(isEdit || naming !== null ? readNaming(of, members) : null)
      if (isEdit) setPlace(0)
    },
    look: (of: Editor) => {
      setNaming(readNaming(of, members))
    },
    end: () => {
      setNaming(null)
    },
  }
}

/** The style of rich text, the same in the field and where it is shown. */
const textLook =
  '[&_ul]:list-disc [&_ul]:ps-5 [&_ol]:list-decimal [&_ol]:ps-5 [&_blockquote]:border-s-2 [&_blockquote]:border-line-strong [&_blockquote]:ps-3 [&_blockquote]:text-ink-2 ' +
  '[&_code]:rounded-sm [&_code]:bg-sunken [&_code]:px-1 [&_code]:font-mono [&_code]:text-[0.92em] [&_pre]:overflow-x-auto [&_pre]:rounded-md [&_pre]:bg-sunken [&_pre]:px-3 [&_pre]:py-2 ' +
  '[&_strong]:font-semibold [&_:is(h1,h2)]:font-serif [&_:is(h1,h2)]:text-lg [&_:is(h1,h2,h3,h4,h5,h6)]:font-semibold [&>*+*]:mt-2'

/** The list of members that match the words typed after `@`. The field keeps the focus. */
function MemberChoice({
  id,
  members,
  activeId,
  onTake,
}: {
  id: string
  members: readonly Nameable[]
  activeId: string
  onTake: (member: Nameable) => void
}) {
  const active = members.find((member) => member.id === activeId)
  return (
    <>
      <span role="status" className="sr-only">
        {active === undefined ? '' : `${String(members.length)} members fit. ${active.name}`}
      </span>
      <ul
        id={id}
        role="listbox"
        aria-label="Members"
        // Above the field, because the field is often at the bottom of the screen.
        className="absolute inset-x-0 bottom-full z-10 mb-1 rounded-md border border-line-strong bg-surface py-1 shadow-float"
      >
        {members.map((member) => (
          <li
            key={member.id}
            id={`${id}-${member.id}`}
            role="option"
            aria-selected={member.id === activeId}
            dir="auto"
            className="cursor-pointer px-3 py-1 aria-selected:bg-sunken aria-selected:font-medium"
            // Runs before the field would lose the focus.
            onPointerDown={(event) => {
              event.preventDefault()
              onTake(member)
            }}
          >
            {member.name}
          </li>
        ))}
      </ul>
    </>
  )
}
