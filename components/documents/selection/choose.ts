/** Which rows of a list are selected, by id, and the one that was pressed last: a range begins there. */
export interface Selection {
  ids: ReadonlySet<string>
  last: string | null
}

/** Nothing selected. */
export const noSelection: Selection = { ids: new Set(), last: null }

/**
 * The selection after a press on a row: it changes sides. With `isRange` everything from the row pressed before up to it comes to be as it, in the order of
 * the list; where there is none before, it is a press on the row alone.
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
