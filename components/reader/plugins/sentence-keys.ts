/** Walks through the text by keyboard: from sentence to sentence, longer and shorter by a word, into the annotation and back. */
import { Extension } from '@tiptap/core'
import { Plugin } from '@tiptap/pm/state'
import { findLast, type TextPlaces } from '../text-places'
import type { TextRange } from '../types'
import { stepByWord, type WordStep } from './span-handles'
import type { TextSelection } from './selection'

/** A key of the reader, as a command. Keys with Ctrl or ⌘ belong to the browser and the shell and are never taken. */
export type KeyCommand =
  { do: 'sentence'; by: 1 | -1 } | { do: 'word'; step: WordStep } | { do: 'open' } | { do: 'back' }

/** The parts of a keyboard event that decide the command. */
export interface KeyPress {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey: boolean
}

/** The command of a key, or null when it is not the reader's. Where text runs from right to left, "forward" is to the left. */
export function readKey(press: KeyPress, rightToLeft: boolean): KeyCommand | null {
  if (press.ctrlKey || press.metaKey) return null
  if (press.key === 'ArrowLeft' || press.key === 'ArrowRight') {
    if (!press.shiftKey) return null
    return {
      do: 'word',
      step: { edge: press.altKey ? 'start' : 'end', forward: (press.key === 'ArrowRight') !== rightToLeft },
    }
  }
  if (press.altKey || press.shiftKey) return null
  switch (press.key) {
    case 'ArrowDown':
    case 'j':
      return { do: 'sentence', by: 1 }
    case 'ArrowUp':
    case 'k':
      return { do: 'sentence', by: -1 }
    case 'Enter':
      return { do: 'open' }
    case 'Escape':
      return { do: 'back' }
    default:
      return null
  }
}

const fields =
  'input, textarea, select, [contenteditable="true"], [role="dialog"], [role="menu"], [role="listbox"], [role="combobox"], [role="textbox"]'

/**
 * Whether a key pressed there has another purpose: any key in a field or a dialog and while a menu is open; Enter on a button or link. A dialog that
 * contains the reader leaves its keys to the reader.
 */
function ownsItsKeys(target: EventTarget | null, key: string, frame: HTMLElement): boolean {
  if (document.querySelector(':popover-open') !== null) return true
  if (!(target instanceof Element)) return false
  const owner = target.closest(fields)
  return (
    (owner !== null && !owner.contains(frame)) ||
    (key === 'Enter' && target.closest('button, a[href], summary') !== null)
  )
}

export interface SentenceKeysInput {
  frame: HTMLElement
  places: TextPlaces
  selection: TextSelection
  language: string
  isFolded: (offset: number) => boolean
  /** The offset of the first words on the screen. */
  firstVisible: () => number
  /** Ids of the annotations that touch a range, topmost first. */
  annotationsIn: (range: TextRange) => string[]
  /** The open mark if its ends may be moved, else null. */
  movable: () => TextRange | null
  onMove: (range: TextRange) => void
  onSentenceChange: (index: number) => void
  onActivate: (annotationIds: string[]) => void
  announce: (words: string) => void
}

export class SentenceKeys {
  /** Listens on the whole page: with nothing focused, the keys continue from the current sentence. */
  readonly extension = Extension.create({
    name: 'sentenceKeys',
    addProseMirrorPlugins: () => [
      new Plugin({
        view: () => {
          const listen = (event: KeyboardEvent) => {
            this.handleKey(event)
          }
          document.addEventListener('keydown', listen)
          return {
            destroy: () => {
              document.removeEventListener('keydown', listen)
            },
          }
        },
      }),
    ],
  })
  private readonly input: SentenceKeysInput
  private sentences: readonly TextRange[] = []
  private at: number | null = null

  constructor(input: SentenceKeysInput) {
    this.input = input
  }

  set(sentences: readonly TextRange[], current: number | null): void {
    this.sentences = sentences
    this.at = current
  }

  /** The current sentence, or null outside sentence mode. */
  get current(): TextRange | null {
    const range = this.at === null ? undefined : this.sentences[this.at]
    return range === undefined ? null : { start: range.start, end: range.end }
  }

  /** In sentence mode, makes the sentence at a place the current one. */
  goTo(offset: number | null): void {
    if (offset === null || this.at === null) return
    const found = findLast(this.sentences, offset)
    const range = this.sentences[found]
    if (range !== undefined && offset < range.end && found !== this.at) this.input.onSentenceChange(found)
  }

  private handleKey(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || ownsItsKeys(event.target, event.key, this.input.frame)) return
    const inside = event.target instanceof Node && this.input.frame.contains(event.target)
    // With nothing focused, the keys are the reader's only in sentence mode.
    if (!inside && !(event.target === document.body && this.at !== null)) return
    const command = readKey(event, this.runsRightToLeft())
    if (command !== null && this.run(command)) event.preventDefault()
  }

  private runsRightToLeft(): boolean {
    const { places, selection } = this.input
    const place = selection.current ?? this.current
    const element = place === null ? null : places.elementOf(places.blockNumberAt(place.start))
    return element !== null && getComputedStyle(element).direction === 'rtl'
  }

  private run(command: KeyCommand): boolean {
    switch (command.do) {
      case 'sentence':
        return this.goBy(command.by)
      case 'word':
        return this.extend(command.step)
      case 'open':
        return this.open()
      case 'back':
        if (this.input.selection.current === null) return false
        this.input.selection.clear()
        return true
    }
  }

  private goBy(by: 1 | -1): boolean {
    let next = this.at === null ? this.firstOnScreen() : this.at + by
    for (
      let range = this.sentences[next];
      range !== undefined && this.input.isFolded(range.start);
      range = this.sentences[next]
    )
      next += by
    if (this.sentences[next] === undefined) return this.at !== null
    this.input.selection.clear()
    this.input.onSentenceChange(next)
    return true
  }

  private firstOnScreen(): number {
    const start = this.input.firstVisible()
    const found = findLast(this.sentences, start)
    return found < 0 || (this.sentences[found]?.end ?? 0) <= start ? found + 1 : found
  }

  private extend(step: WordStep): boolean {
    const { places, selection, language, announce, movable, onMove } = this.input
    const open = selection.current === null ? movable() : null
    const span = selection.current ?? open ?? this.current
    if (span === null) return false
    const { text } = places.index
    const around = findLast(this.sentences, span.end - 1)
    const stops = this.sentences.slice(Math.max(0, around - 2), around + 3).map((sentence) => sentence.end)
    const moved = stepByWord({ text, span, step, language, stops })
    if (moved !== null) {
      if (open === null) selection.select(moved)
      else onMove(moved)
      announce(text.slice(moved.start, moved.end))
    }
    return true
  }

  private open(): boolean {
    const range = this.input.selection.current ?? this.current
    const ids = range === null ? [] : this.input.annotationsIn(range)
    if (ids.length > 0) this.input.onActivate(ids)
    return ids.length > 0
  }
}
