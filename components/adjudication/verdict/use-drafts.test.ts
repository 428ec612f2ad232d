import 'fake-indexeddb/auto'
import { expect, test, vi } from 'vitest'
import { DraftKeeper } from './use-drafts'
import { openDraftShelf, type DraftShelf } from './kept-drafts'

let databases = 0
const nextName = () => `drafts-${String((databases += 1))}`
const read = (value: unknown) => (typeof value === 'string' ? value : null)

async function startKeeper(open: () => Promise<DraftShelf<string>>): Promise<DraftKeeper<string>> {
  const keeper = new DraftKeeper(open)
  await keeper.start()
  return keeper
}

async function settled(keeper: DraftKeeper<string>): Promise<void> {
  await vi.waitFor(() => {
    expect([...keeper.getSnapshot().unkept]).toEqual([])
  })
}

test('a draft is there again in the next page, for its group alone, until it is forgotten', async () => {
  const name = nextName()
  const first = await startKeeper(() => openDraftShelf('ann spring', { read, name }))
  first.keep('claim-1', 'Bec')
  first.keep('claim-1', 'Because')
  first.keep('claim-2', 'Not', false)
  expect([...first.getSnapshot().unkept]).toEqual(['claim-1'])
  await settled(first)
  expect(first.getSnapshot()).toMatchObject({
    storage: 'device',
    drafts: new Map([
      ['claim-1', 'Because'],
      ['claim-2', 'Not'],
    ]),
  })

  const second = await startKeeper(() => openDraftShelf('ann spring', { read, name }))
  expect([...second.getSnapshot().drafts]).toEqual([['claim-1', 'Because']])
  for (const group of ['ann', 'ann sprin', 'ann spring 2', 'ben spring'])
    expect((await startKeeper(() => openDraftShelf(group, { read, name }))).getSnapshot().drafts.size, group).toBe(0)
  second.keep('claim-1', null)
  await vi.waitFor(async () => {
    expect((await startKeeper(() => openDraftShelf('ann spring', { read, name }))).getSnapshot().drafts.size).toBe(0)
  })
})

test('what lies on the device and is no draft is left aside, and what was begun before it was read stays', async () => {
  const name = nextName()
  const shelf = await openDraftShelf<unknown>('ann spring', { read, name })
  await shelf.write(
    new Map<string, unknown>([
      ['claim-1', { words: 'of another version' }],
      ['claim-2', 'kept'],
      ['claim-3', 'kept'],
    ]),
  )
  const keeper = new DraftKeeper(() => openDraftShelf('ann spring', { read, name }))
  const starting = keeper.start()
  keeper.keep('claim-3', 'newer')
  expect(keeper.getSnapshot().storage).toBe('opening')
  await starting
  await settled(keeper)
  expect(keeper.getSnapshot().drafts).toEqual(
    new Map([
      ['claim-2', 'kept'],
      ['claim-3', 'newer'],
    ]),
  )
})

test('without a device drafts live in the page, which can tell', async () => {
  const keeper = await startKeeper(() => Promise.reject(new Error('There is no device.')))
  keeper.keep('claim-1', 'Because')
  expect(keeper.getSnapshot()).toMatchObject({ storage: 'page', unkept: new Set(['claim-1']) })
  expect(keeper.getSnapshot().drafts.get('claim-1')).toBe('Because')
})

test('a device that is full is tried again with the next change, and has the last of all then', async () => {
  const onDevice = new Map<string, unknown>()
  let isFull = true
  let writes = 0
  const keeper = await startKeeper(() =>
    Promise.resolve({
      load: () => Promise.resolve(new Map<string, string>()),
      write: async (drafts) => {
        writes += 1
        await Promise.resolve()
        if (isFull) throw new Error('The quota is used up.')
        for (const [key, value] of drafts) onDevice.set(key, value)
      },
    }),
  )
  keeper.keep('claim-1', 'Because')
  await vi.waitFor(() => {
    expect(keeper.getSnapshot().storage).toBe('page')
  })
  isFull = false
  for (const words of ['a', 'ab', 'abc']) keeper.keep('claim-2', words)
  await settled(keeper)
  expect(keeper.getSnapshot().storage).toBe('device')
  expect(onDevice).toEqual(
    new Map([
      ['claim-1', 'Because'],
      ['claim-2', 'abc'],
    ]),
  )
  expect(writes).toBeLessThan(4)
})
