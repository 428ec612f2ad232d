'use client'

import type { Editor } from '@tiptap/core'
import { useState, type KeyboardEvent, type ReactNode } from 'react'
import { classNames } from '@/components/ui/class-names'
import { isAllowedHref } from '@/lib/domain/text/href'

interface Tool {
  name: string
  label: string
  sign: ReactNode
  run: (editor: Editor) => void
}

const tools: readonly Tool[] = [
  { name: 'bold', label: 'Bold', sign: <b>B</b>, run: (editor) => editor.chain().focus().toggleBold().run() },
  { name: 'italic', label: 'Italic', sign: <i>I</i>, run: (editor) => editor.chain().focus().toggleItalic().run() },
  { name: 'strike', label: 'Struck out', sign: <s>S</s>, run: (editor) => editor.chain().focus().toggleStrike().run() },
  { name: 'code', label: 'Code', sign: '‹›', run: (editor) => editor.chain().focus().toggleCode().run() },
  { name: 'bulletList', label: 'List', sign: '•', run: (editor) => editor.chain().focus().toggleBulletList().run() },
  {
    name: 'orderedList',
    label: 'Numbered list',
    sign: '1.',
    run: (editor) => editor.chain().focus().toggleOrderedList().run(),
  },
  {
    name: 'blockquote',
    label: 'Quotation',
    sign: '“',
    run: (editor) => editor.chain().focus().toggleBlockquote().run(),
  },
]

const toolClasses =
  'grid size-7 shrink-0 place-items-center rounded-md text-sm text-ink-2 hover:bg-hover hover:text-ink aria-pressed:bg-sunken aria-pressed:text-ink aria-pressed:outline aria-pressed:outline-line-strong'

/** Left and right arrows go from button to button; Escape goes back to the text. */
function moveOn(event: KeyboardEvent<HTMLElement>, editor: Editor): void {
  if (event.target instanceof HTMLInputElement) return
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('button')]
  const at = buttons.findIndex((button) => button === document.activeElement)
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
  if (step !== undefined) {
    event.preventDefault()
    buttons[(at + step + buttons.length) % buttons.length]?.focus()
  } else if (event.key === 'Escape') {
    event.preventDefault()
    event.stopPropagation()
    editor.commands.focus()
  }
}

function LinkAddress({ editor, onDone }: { editor: Editor; onDone: () => void }) {
  const { href } = editor.getAttributes('link')
  const [address, setAddress] = useState(typeof href === 'string' ? href : 'https://')
  const isAllowed = isAllowedHref(address.trim())
  const set = () => {
    const chain = editor.chain().focus().extendMarkRange('link')
    if (address.trim() === '' || address === 'https://') chain.unsetLink().run()
    else if (!isAllowed) return
    else if (editor.state.selection.empty && href === undefined)
      chain
        .insertContent({
          type: 'text',
          text: address.trim(),
          marks: [{ type: 'link', attrs: { href: address.trim() } }],
        })
        .run()
    else chain.setLink({ href: address.trim() }).run()
    onDone()
  }
  return (
    <input
      aria-label="Address of the link. Enter sets it; an empty address removes the link."
      dir="ltr"
      autoFocus
      value={address}
      maxLength={4_000}
      aria-invalid={!isAllowed && address !== '' && address !== 'https://'}
      className="h-7 min-w-0 flex-1 rounded-md border border-field bg-surface px-2 text-sm aria-invalid:border-danger"
      onChange={(event) => {
        setAddress(event.currentTarget.value)
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== 'Escape') return
        event.preventDefault()
        event.stopPropagation()
        if (event.key === 'Enter') set()
        else {
          editor.commands.focus()
          onDone()
        }
      }}
    />
  )
}

/** The formatting buttons, in one quiet row. `changes` grows with every change of the editor, so that the buttons show the state at the caret. */
export function Toolbar({ editor, changes, labelId }: { editor: Editor; changes: number; labelId: string }) {
  const [asksAddress, setAsksAddress] = useState(false)
  return (
    <div
      role="toolbar"
      aria-label="Formatting"
      aria-describedby={labelId}
      data-changes={changes}
      className="flex h-7 items-center gap-0.5 overflow-x-auto print:hidden"
      onKeyDown={(event) => {
        moveOn(event, editor)
      }}
    >
      {asksAddress ? (
        <LinkAddress
          editor={editor}
          onDone={() => {
            setAsksAddress(false)
          }}
        />
      ) : (
        <>
          {tools.map(({ name, label, sign, run }, at) => (
            <button
              key={name}
              type="button"
              tabIndex={at === 0 ? 0 : -1}
              aria-label={label}
              title={label}
              aria-pressed={editor.isActive(name)}
              className={toolClasses}
              onPointerDown={(event) => {
                event.preventDefault()
              }}
              onClick={() => {
                run(editor)
              }}
            >
              <span aria-hidden="true">{sign}</span>
            </button>
          ))}
          <button
            type="button"
            tabIndex={-1}
            aria-label="Link"
            title="Link"
            aria-pressed={editor.isActive('link')}
            className={classNames(toolClasses, 'underline')}
            onPointerDown={(event) => {
              event.preventDefault()
            }}
            onClick={() => {
              setAsksAddress(true)
            }}
          >
            <span aria-hidden="true">a</span>
          </button>
        </>
      )}
    </div>
  )
}
