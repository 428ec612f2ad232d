'use client'

import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react'
import type { DocumentView } from '@/lib/domain/documents/schema'
import { registerShortcuts } from '@/components/shell/keys/shortcuts'
import { SelectionBar } from './selection-bar'

/** The ids of the selected rows, and the row that was pressed last, where a range begins. */
export interface Selection {
  ids: ReadonlySet<string>
  last: string | null
}

/** The empty selection. */
export const noSelection: Selection = { ids: new Set(), last: null }

/**
 * The selection after a press on a row, which toggles it. With `isRange`, all rows from the one pressed before up to this one get this row's new
 * state; without a row pressed before, only this row changes.
 */
export function choose(
  selection: Selection,
  { id, isRange, order }: { id: string; isRange: boolean; order: readonly string[] },
): Selection {
  const ids = new Set(selection.ids)
  const isAdding = !ids.has(id)
  const from = isRange && selection.last !== null ? order.indexOf(selection.last) : -1
  const to = order.indexOf(id)
  const pressed = from === -1 ? [id] : order.slice(Math.min(from, to), Math.max(from, to) + 1)
  for (const each of pressed) {
    if (isAdding) ids.add(each)
    else ids.delete(each)
  }
  return { ids, last: id }
}

/** The selection without rows that have left the list: a row that returns is not selected. */
export function keepListed({ ids, last }: Selection, order: readonly string[]): Selection {
  return {
    ids: new Set(order.filter((id) => ids.has(id))),
    last: last !== null && order.includes(last) ? last : null,
  }
}

interface SelectionContext {
  isSelected: (id: string) => boolean
  /** How much of the list is selected. */
  extent: 'none' | 'some' | 'all'
  press: (id: string, isRange: boolean) => void
  selectAll: (all: boolean) => void
}

const Context = createContext<SelectionContext | null>(null)

function useSelection(): SelectionContext {
  const selection = use(Context)
  if (selection === null) throw new Error('The boxes of a list stand in a DocumentSelection.')
  return selection
}

/** The focused row. */
function focusedRow(): string | null {
  return document.activeElement?.closest<HTMLElement>('[data-document]')?.dataset['document'] ?? null
}

/** A list whose documents can be selected: a checkbox per row, X for the focused row, and the bar of actions on the selection. */
export function DocumentSelection({
  documents,
  children,
}: {
  documents: readonly DocumentView[]
  children: ReactNode
}) {
  const order = useMemo(() => documents.map(({ id }) => id), [documents])
  const [selection, setSelection] = useState(noSelection)
  const [listed, setListed] = useState(documents)
  if (listed !== documents) {
    setListed(documents)
    setSelection(keepListed(selection, order))
  }
  const selected = documents.filter(({ id }) => selection.ids.has(id))
  const isAny = selected.length > 0
  const value: SelectionContext = {
    isSelected: (id) => selection.ids.has(id),
    extent: !isAny ? 'none' : selected.length === documents.length ? 'all' : 'some',
    press: (id, isRange) => {
      setSelection((before) => choose(before, { id, isRange, order }))
    },
    selectAll: (all) => {
      setSelection(all ? { ids: new Set(order), last: null } : noSelection)
    },
  }
  useEffect(() => {
    const pressFocused = (isRange: boolean) => () => {
      const id = focusedRow()
      if (id !== null && order.includes(id)) setSelection((before) => choose(before, { id, isRange, order }))
    }
    const clear = {
      keys: 'Escape',
      label: 'Select nothing',
      run: () => {
        setSelection(noSelection)
      },
    }
    return registerShortcuts({
      title: 'Documents',
      shortcuts: [
        { keys: 'x', label: 'Select the document in focus', run: pressFocused(false) },
        { keys: 'Shift+x', label: 'Select from the last one to the document in focus', run: pressFocused(true) },
        ...(isAny ? [clear] : []),
      ],
    })
  }, [order, isAny])
  return (
    <Context value={value}>
      {children}
      {isAny && (
        <SelectionBar
          selected={selected}
          onClear={() => {
            setSelection(noSelection)
          }}
        />
      )}
    </Context>
  )
}

const boxClasses = 'size-4 cursor-pointer accent-accent'
// Presses change the box, because a change event does not report the Shift key.
const nothing = () => undefined

/** The checkbox of one row. */
export function DocumentBox({ id, title }: { id: string; title: string }) {
  const { isSelected, press } = useSelection()
  return (
    <label className="-m-2 grid size-8 cursor-pointer place-items-center print:hidden">
      <span className="sr-only">Select “{title}”</span>
      <input
        type="checkbox"
        className={boxClasses}
        checked={isSelected(id)}
        onChange={nothing}
        onMouseDown={(event) => {
          // Otherwise Shift would select the text between the presses.
          if (event.shiftKey) event.preventDefault()
        }}
        onClick={(event) => {
          press(id, event.shiftKey)
        }}
      />
    </label>
  )
}

/** The checkbox that selects everything on the page, or nothing. */
export function AllDocumentsBox() {
  const { extent, selectAll } = useSelection()
  return (
    <label className="-m-2 grid size-8 cursor-pointer place-items-center print:hidden">
      <span className="sr-only">Select all on this page</span>
      <input
        type="checkbox"
        className={boxClasses}
        checked={extent === 'all'}
        ref={(box) => {
          if (box !== null) box.indeterminate = extent === 'some'
        }}
        onChange={(event) => {
          selectAll(event.currentTarget.checked)
        }}
      />
    </label>
  )
}
