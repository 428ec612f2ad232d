import { describe, expect, it } from 'vitest'
import { choose, keepListed, noSelection, type Selection } from './document-selection'

const order = ['a', 'b', 'c', 'd', 'e']

/** Presses rows one after another; a capital letter is a press with Shift. */
function press(rows: string): Selection {
  return [...rows].reduce(
    (selection, row) => choose(selection, { id: row.toLowerCase(), isRange: row !== row.toLowerCase(), order }),
    noSelection,
  )
}

describe('choosing rows of a list', () => {
  const cases: [string, string, string][] = [
    ['one', 'b', 'b'],
    ['one and off again', 'bb', ''],
    ['two', 'db', 'bd'],
    ['a range downwards', 'bD', 'bcd'],
    ['a range upwards', 'dB', 'bcd'],
    ['a range that grows from where the last one ended', 'bDE', 'bcde'],
    ['a range over one that is selected', 'cbE', 'bcde'],
    ['a range that is taken off', 'bEC', 'b'],
    ['Shift with nothing pressed before', 'C', 'c'],
  ]
  for (const [name, presses, selected] of cases) {
    it(name, () => {
      expect([...press(presses).ids].sort().join('')).toBe(selected)
    })
  }
})

describe('rows that leave the list', () => {
  const selection: Selection = { ids: new Set(['b', 'd']), last: 'd' }

  it('are not selected any more, and no range begins there', () => {
    expect(keepListed(selection, ['a', 'b', 'c'])).toEqual({ ids: new Set(['b']), last: null })
    expect(keepListed(selection, ['c', 'd'])).toEqual({ ids: new Set(['d']), last: 'd' })
    expect(keepListed({ ids: new Set(), last: 'd' }, ['a'])).toEqual(noSelection)
  })

  it('leave the others selected, in any order of the list', () => {
    expect(keepListed(selection, order.toReversed())).toEqual(selection)
  })
})
