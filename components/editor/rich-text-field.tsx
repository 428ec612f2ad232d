'use client'

import {
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  type ComponentType,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  Suspense,
} from 'react'
import { classNames } from '@/components/ui/class-names'
import { controlClasses, Field } from '@/components/ui/controls/field'
import type { Nameable } from '@/lib/domain/threads/mentions'
import type { RichTextEditorProps } from './rich-text-editor'
import { lazyPart } from '@/lib/client/lazy-part'

/** The buttons of the editor as they look before it is loaded. */
const toolSigns: readonly [sign: string, classes?: string][] = [
  ['B', 'font-bold'],
  ['I', 'italic'],
  ['S', 'line-through'],
  ['‹›'],
  ['•'],
  ['1.'],
  ['“'],
  ['a', 'underline'],
]

/** Finds the focusable element of a rich-text field, before and after the editor is loaded. */
export const writingField = '[data-rich-text] :is(textarea, [role=textbox])'

const Markdown = lazyPart(() => import('./markdown').then(({ Markdown }) => Markdown))

/** Characters with a meaning in Markdown. Most notes have none of them and need no parser. */
const signs = /[*_~`[\]<&\\|]|https?:|www\.|^ {0,3}(?:#|>|[-+] |\d{1,9}[.)] |={1,}$|-+$)|^(?: {4}|\t)/m

type Editor = ComponentType<RichTextEditorProps>

export interface RichTextFieldProps {
  /** Markdown, as it is stored. */
  value: string
  onChange: (value: string) => void
  label: ReactNode
  hideLabel?: boolean | undefined
  optional?: boolean | undefined
  hint?: ReactNode
  error?: string | null | undefined
  placeholder?: string | undefined
  /** The height of the field while it is empty, in lines. */
  rows?: number | undefined
  /** The most UTF-16 code units of the Markdown. */
  maxLength: number
  /** The members who can be named with `@`; without it, none can be. */
  members?: readonly Nameable[] | null | undefined
  /** Called before `onChange` when a member was chosen from the list. */
  onName?: ((member: Nameable) => void) | undefined
  autoFocus?: boolean | undefined
  onBlur?: (() => void) | undefined
  onKeyDown?: ((event: KeyboardEvent) => void) | undefined
  /** The name of the data attribute that marks the focusable element. */
  mark?: `data-${string}` | undefined
}

/** The room left before the field's limit, in words; null while there is enough. */
function roomInWords(length: number, most: number): string | null {
  const left = most - length
  if (left < 0) return `${String(-left)} characters too many.`
  return left < most / 20 ? `Room for ${String(left)} more characters.` : null
}

/** The buttons that the editor will bring, drawn before it loads so that nothing jumps. A press on them is the first use of the field. */
function ToolbarToCome({ onPress }: { onPress: () => void }) {
  return (
    <div
      aria-hidden="true"
      className="flex h-7 items-center gap-0.5 overflow-hidden text-sm text-ink-3 select-none print:hidden"
      onPointerDown={(event) => {
        event.preventDefault()
        onPress()
      }}
    >
      {toolSigns.map(([sign, classes]) => (
        <span key={sign} className={classNames('grid size-7 shrink-0 place-items-center', classes)}>
          {sign}
        </span>
      ))}
    </div>
  )
}

/**
 * A field for a few paragraphs with bold, lists, quotations and links, stored as Markdown. It is a plain field until it is used: then the editor is
 * loaded and takes over the typed words. It stays plain where the editor cannot be loaded, or cannot hold a stored text without loss.
 */
export function RichTextField(props: RichTextFieldProps) {
  const { value, onChange, label, hideLabel, optional, hint, error, placeholder, rows = 3, maxLength, mark } = props
  const { autoFocus = false, onBlur, onKeyDown } = props
  const labelId = useId()
  const [isWanted, setWanted] = useState(autoFocus || value !== '')
  const [isPlain, setPlain] = useState(false)
  const area = useRef<HTMLTextAreaElement>(null)
  const editor = useEditor(isWanted, area)
  // Runs before painting, so that no key goes elsewhere.
  useLayoutEffect(() => {
    const element = area.current
    if (!autoFocus || element === null) return
    element.focus({ preventScroll: true })
    element.setSelectionRange(element.value.length, element.value.length)
  }, [autoFocus])
  const room = roomInWords(value.length, maxLength)
  const isTooLong = value.length > maxLength
  const marks = { ...(mark === undefined ? {} : { [mark]: '' }), ...(autoFocus ? { 'data-autofocus': '' } : {}) }
  const size = { minHeight: `${String(rows * 1.625 + 0.75)}em` }
  return (
    <div data-rich-text onKeyDown={onKeyDown}>
      <Field
        label={<span id={labelId}>{label}</span>}
        hideLabel={hideLabel}
        optional={optional}
        hint={hint}
        error={error ?? (isTooLong ? room : null)}
      >
        {(control) =>
          editor !== null && !isPlain ? (
            <editor.Component
              {...props}
              size={size}
              marks={marks}
              labelId={labelId}
              control={{ ...control, id: `${control.id}-rich` }}
              takesFocus={editor.takesFocus}
              onUnfit={() => {
                setPlain(true)
              }}
            />
          ) : (
            <>
              {!isPlain && (
                <ToolbarToCome
                  onPress={() => {
                    area.current?.focus()
                  }}
                />
              )}
              <textarea
                ref={area}
                dir="auto"
                {...control}
                {...marks}
                placeholder={placeholder}
                value={value}
                style={size}
                className={classNames(controlClasses, 'max-h-[60vh] field-sizing-content leading-relaxed')}
                onCompositionStart={({ currentTarget }) => {
                  currentTarget.setAttribute('data-composing', '')
                }}
                onCompositionEnd={({ currentTarget }) => {
                  currentTarget.removeAttribute('data-composing')
                }}
                onFocus={() => {
                  setWanted(true)
                }}
                onBlur={onBlur}
                onChange={(event) => {
                  onChange(event.currentTarget.value)
                }}
              />
              {isPlain && (
                <p className="text-xs text-ink-3">
                  This has Markdown that the field cannot lay out, such as a table or picture. Here it is as it is
                  written.
                </p>
              )}
            </>
          )
        }
      </Field>
      {room !== null && !isTooLong && (
        <p role="status" className="mt-1 text-xs text-ink-3">
          {room}
        </p>
      )}
    </div>
  )
}

/** The editor once it is wanted and loaded, and whether it takes the focus from the plain field. */
function useEditor(
  isWanted: boolean,
  area: RefObject<HTMLTextAreaElement | null>,
): { Component: Editor; takesFocus: boolean } | null {
  const [editor, setEditor] = useState<{ Component: Editor; takesFocus: boolean } | null>(null)
  useEffect(() => {
    if (!isWanted) return
    let isHere = true
    let timer: ReturnType<typeof setTimeout> | undefined
    const takeOver = (Component: Editor) => {
      if (!isHere) return
      const field = area.current
      // Waits while an input method is composing: it would lose its words.
      if (field?.hasAttribute('data-composing') === true) timer = setTimeout(takeOver, 100, Component)
      else setEditor({ Component, takesFocus: field !== null && document.activeElement === field })
    }
    // The editor cannot be loaded, as without a connection: the plain field remains.
    void import('./rich-text-editor').then(
      ({ RichTextEditor }) => {
        takeOver(RichTextEditor)
      },
      () => undefined,
    )
    return () => {
      isHere = false
      clearTimeout(timer)
    }
  }, [isWanted, area])
  return editor
}

/**
 * Shows the text of a rich-text field, with its lists, links and marks. Line ends stay line ends. The parser is loaded with the first text that needs
 * it; until then the stored text is shown.
 */
export function RichText({
  source,
  className,
  showText,
}: {
  source: string
  className?: string | undefined
  /** Replaces words by other elements, such as names in bold. */
  showText?: ((text: string) => ReactNode) | undefined
}) {
  const plain = (
    <p dir="auto" className={classNames('whitespace-pre-wrap [overflow-wrap:anywhere]', className)}>
      {showText === undefined ? source : showText(source)}
    </p>
  )
  if (!signs.test(source)) return plain
  return (
    <Suspense fallback={plain}>
      <Markdown source={source} showText={showText} className={classNames('[&_p]:whitespace-pre-wrap', className)} />
    </Suspense>
  )
}
