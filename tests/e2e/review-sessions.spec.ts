/** A lead plans a session on one page, starts it, and moves work from one reviewer to another, mostly by keyboard. */
import { expect, test, type Page } from '@playwright/test'
import type { SessionMatrix } from '@/lib/domain/assignments/matrix'
import type { SessionView } from '@/lib/domain/review-sessions/schema'
import { joinAs, openAs, setUpOwner, type Person } from './support/people'
import { memberIds, planSession } from './support/sessions'
import { settle } from './support/settle'
import { startApp, type App } from './support/start-app'
import { importText } from './support/world'

let app: App
let lead: Person
let reviewer: Person
const documents: string[] = []

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  test.setTimeout(180_000)
  app = await startApp()
  lead = await setUpOwner(app)
  reviewer = await joinAs({ owner: lead, role: 'reviewer', name: 'Rosa Lind' })
  await joinAs({ owner: lead, role: 'reviewer', name: 'Tomas Keel' })
  for (const [at, place] of ['Arnvik', 'Brannow', 'Culver'].entries()) {
    const { id } = await importText(lead, {
      title: `The dam at ${place}`,
      source: 'Arnvik Courier',
      text: `The dam at ${place} was finished in 19${String(61 + at)}. It holds 48 million cubic metres of water. Nobody has been hurt there.`,
    })
    documents.push(id)
  }
})

test.afterAll(async () => {
  await app.stop()
})

async function openPage(browser: Parameters<typeof openAs>[0], person: Person, path: string): Promise<Page> {
  const page = await (await openAs(browser, person)).newPage()
  await page.goto(app.address + path)
  await settle(page)
  return page
}

async function matrixOf(id: string): Promise<SessionMatrix> {
  return lead.api.send<SessionMatrix>('GET', `/review-sessions/${id}/matrix`)
}

let sessionId = ''

test('a plan: words, documents, members, a distribution, the start', async ({ browser }) => {
  const page = await openPage(browser, lead, '/review-sessions')
  await page.getByRole('button', { name: 'New session' }).first().click()
  await page.getByLabel('Name').fill('Dams, spring')
  await page.getByRole('button', { name: 'Make the plan' }).click()
  await page.waitForURL(/\/review-sessions\/[0-9a-f-]{36}$/)
  await settle(page)
  sessionId = page.url().split('/').at(-1) ?? ''

  await page.getByRole('textbox', { name: /^Question/ }).fill('What do they say of the dams?')
  await page.getByRole('textbox', { name: /^Guidelines/ }).fill('# Figures\n\nCheck **every** figure.')
  await expect(page.getByText('All saved')).toBeVisible()
  await page.getByText('Preview', { exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Figures' })).toBeVisible()
  await expect(page.getByText('Add at least one document.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Activate …' })).toBeDisabled()

  await page.getByRole('button', { name: 'Add documents' }).click()
  await page.getByRole('checkbox', { name: 'The dam at Arnvik' }).check()
  await page.getByRole('checkbox', { name: 'The dam at Brannow' }).check()
  await page.getByRole('button', { name: 'Add 2 documents' }).click()
  await expect(page.getByRole('list', { name: 'Documents of the session' }).getByRole('listitem')).toHaveCount(2)

  for (const name of ['Olga Winter', 'Rosa Lind', 'Tomas Keel']) {
    await page.getByLabel('Add a member').selectOption({ label: name })
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await expect(page.getByRole('checkbox', { name: `${name} reviews` })).toBeVisible()
  }
  await page.getByLabel('Seed').fill('7')
  await page.getByRole('button', { name: 'Distribute …' }).click()
  const preview = page.getByRole('region', { name: 'What distributing would do' })
  await expect(preview.getByRole('status')).toHaveText('Would make 4 assignments, with seed 7.')
  expect((await matrixOf(sessionId)).totals.assignments).toBe(0)
  await preview.getByRole('button', { name: 'Make 4 assignments' }).click()
  await expect(page.getByRole('grid').getByText('assigned', { exact: true })).toHaveCount(4)

  await page.getByRole('button', { name: 'Activate …' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Activate', exact: true }).click()
  await expect(page.getByText('Active, blind')).toBeVisible()
  await expect(page.getByRole('grid').getByText('not started')).toHaveCount(4)
  await page.context().close()
})

test('work is given to someone else by keyboard alone', async ({ browser }) => {
  const before = await matrixOf(sessionId)
  const [document] = before.documents
  const cell = document?.cells[0]
  const free = before.reviewers.find(
    ({ member }) => document?.cells.every(({ memberId }) => memberId !== member.id) === true,
  )
  if (document === undefined || cell === undefined || free === undefined)
    throw new Error('The plan has no free reviewer.')
  const column = before.reviewers.findIndex(({ member }) => member.id === cell.memberId)

  const page = await openPage(browser, lead, `/review-sessions/${sessionId}`)
  const grid = page.getByRole('grid')
  await grid.locator('[data-at][tabindex="0"]').focus()
  await page.keyboard.press('Control+Home')
  for (let at = 0; at <= column; at += 1) await page.keyboard.press('ArrowRight')
  await expect(grid.locator(`[data-assignment="${cell.assignmentId}"]`)).toBeFocused()

  const dialog = page.getByRole('dialog')
  // A person waits for the menu before typing into it.
  const askToGive = async () => {
    await page.keyboard.press('Enter')
    await expect(page.getByRole('menuitem').first()).toBeFocused()
    await page.keyboard.press('g')
    await page.keyboard.press('Enter')
  }
  await askToGive()
  await expect(dialog.getByLabel('Reviewer')).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(grid.locator(`[data-assignment="${cell.assignmentId}"]`)).toBeFocused()

  await askToGive()
  await expect(dialog.getByLabel('Reviewer')).toHaveValue(free.member.id)
  await page.keyboard.press('Tab')
  await page.keyboard.type('Fell ill')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(grid.getByText('taken back, kept')).toBeVisible()

  const after = (await matrixOf(sessionId)).documents.find(({ id }) => id === document.id)
  expect(after?.cells.find(({ memberId }) => memberId === cell.memberId)?.state).toBe('withdrawn')
  expect(after?.cells.find(({ memberId }) => memberId === free.member.id)?.state).toBe('assigned')
  await page.context().close()
})

test('a selection is reminded together, and another lead sees the page move', async ({ browser }) => {
  const page = await openPage(browser, lead, `/review-sessions/${sessionId}`)
  const ids = await memberIds(lead)
  await page.getByLabel('Which reviewers').selectOption({ label: 'Rosa Lind' })
  await page.locator(`[data-select-row]`).first().click()
  await expect(page.getByRole('region', { name: 'Selected assignments' })).toContainText('1 assignment selected')
  await page.getByRole('button', { name: 'Clear' }).click()
  await page.getByLabel('Which reviewers').selectOption({ label: 'All reviewers' })

  const rosa = ids.get('Rosa Lind') ?? ''
  const shown = await matrixOf(sessionId)
  const own = shown.documents
    .flatMap(({ cells }) => cells)
    .find(({ memberId, state }) => memberId === rosa && state === 'assigned')
  if (own === undefined) throw new Error('Rosa has nothing to start.')
  await reviewer.api.send('POST', `/assignments/${own.assignmentId}/start`)
  await expect(page.locator(`[data-assignment="${own.assignmentId}"]`)).not.toContainText('not started')
  await page.context().close()
})

test('adjudication waits for what is not submitted, and says so', async ({ browser }) => {
  const page = await openPage(browser, lead, `/review-sessions/${sessionId}`)
  await page.getByRole('button', { name: 'Start adjudication …' }).click()
  const dialog = page.getByRole('alertdialog')
  await expect(dialog).toContainText('4 assignments are not submitted')
  await expect(dialog.getByRole('button', { name: 'Start adjudication' })).toBeDisabled()
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Members …' }).click()
  const adjudicates = page.getByRole('checkbox', { name: 'Olga Winter adjudicates' })
  await adjudicates.click()
  await expect(adjudicates).toBeChecked()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Start adjudication …' }).click()
  await dialog.getByRole('checkbox', { name: /^Withdraw 4 assignments/ }).check()
  await dialog.getByRole('button', { name: 'Start adjudication' }).click()
  await expect(page.getByText('In adjudication')).toBeVisible()
  await page.context().close()
})

test('a reviewer sees their own part of a blind session, and nothing of the others', async ({ browser }) => {
  const { id } = await planSession(lead, {
    name: 'Dams, autumn',
    documentIds: documents,
    reviewers: ['Rosa Lind', 'Tomas Keel'],
    isActive: true,
  })
  const page = await openPage(browser, reviewer, `/review-sessions/${id}`)
  await expect(page.getByRole('heading', { name: 'Your part' })).toBeVisible()
  await expect(page.getByRole('link', { name: /^Start “The dam at/ })).toHaveCount(3)
  await expect(page.getByRole('grid')).toHaveCount(0)
  await expect(page.locator('main')).not.toContainText('Tomas Keel')
  await page.getByRole('button', { name: 'Guidelines' }).click()
  await expect(page.getByRole('dialog')).toContainText('Check every figure.')
  await page.context().close()
})

test('work is dragged to another reviewer, and a selection is changed together', async ({ browser }) => {
  // Documents that these people do not have in a session already.
  const documentIds: string[] = []
  for (const place of ['Drevnik', 'Eskel', 'Fenmark']) {
    const text = `The dam at ${place} was finished in 1971. Nobody has been hurt there.`
    documentIds.push((await importText(lead, { title: `The dam at ${place}`, source: 'Arnvik Courier', text })).id)
  }
  const { id, protocol, version } = await planSession(lead, {
    name: 'Dams, winter',
    documentIds,
    reviewers: ['Olga Winter', 'Rosa Lind', 'Tomas Keel'],
    isActive: false,
  })
  const path = `/review-sessions/${id}`
  const body = { protocol: { ...protocol, requireSentenceDecisions: false } }
  const planned = await lead.api.change<SessionView>('PATCH', path, { body, version })
  const page = await openPage(browser, lead, path)
  const grid = page.getByRole('grid')

  /** Drags work of `name` to the reviewer who has not had the document. */
  const drag = async (name: string) => {
    const shown = await matrixOf(id)
    const giver = shown.reviewers.findIndex(({ member }) => member.name === name)
    const row = shown.documents.findIndex(({ cells }) =>
      cells.some(({ memberId, state }) => memberId === shown.reviewers[giver]?.member.id && state === 'assigned'),
    )
    const document = shown.documents[row]
    const taker = shown.reviewers.findIndex(
      ({ member }) => document?.cells.every(({ memberId }) => memberId !== member.id) === true,
    )
    const receiver = shown.reviewers[taker]?.member
    if (giver < 0 || receiver === undefined || document === undefined)
      throw new Error(`Nothing of ${name} can be given away.`)
    const place = (column: number) => grid.locator(`[data-at="${String(row)}:${String(column + 1)}"]`)
    await place(giver).hover()
    await page.mouse.down()
    await place(taker).hover()
    await expect(page.locator('[data-drag-label]')).toContainText(`to ${receiver.name}`)
    return { documentId: document.id, receiver }
  }
  const has = async ({ documentId, receiver }: Awaited<ReturnType<typeof drag>>) =>
    (await matrixOf(id)).documents
      .find((document) => document.id === documentId)
      ?.cells.some(({ memberId }) => memberId === receiver.id)

  // Escape cancels; in a plan, dropping is enough.
  const first = await drag('Rosa Lind')
  await page.keyboard.press('Escape')
  await page.mouse.up()
  expect(await has(first)).toBe(false)
  await drag('Rosa Lind')
  await page.mouse.up()
  await expect.poll(() => has(first)).toBe(true)

  await lead.api.change('POST', `${path}/transitions`, { body: { name: 'activate' }, version: planned.version })
  await page.reload()
  await settle(page)
  const second = await drag('Olga Winter')
  await page.mouse.up()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByLabel('Reviewer')).toHaveValue(second.receiver.id)
  await dialog.getByRole('button', { name: 'Give it to them' }).click()
  await expect.poll(() => has(second)).toBe(true)

  const said = (words: RegExp) => expect(page.getByRole('listitem').filter({ hasText: words })).toBeVisible()
  const bar = page.getByRole('region', { name: 'Selected assignments' })
  const selectAllOf = async (name: string) => {
    await page.getByLabel('Which reviewers').selectOption({ label: name })
    for (const box of await page.locator('[data-select-row]').all()) await box.click()
  }
  await selectAllOf('Tomas Keel')
  await bar.getByRole('button', { name: 'Remind' }).click()
  await said(/^Sent \d reminders?\./)
  await bar.getByRole('button', { name: 'Due date …' }).click()
  await dialog.getByLabel('Due').fill('2100-05-01')
  await dialog.getByRole('button', { name: 'Set the date' }).click()
  await said(/^Changed the due date of \d/)
  await bar.getByRole('button', { name: 'Take back …' }).click()
  await dialog.getByRole('button', { name: 'Take back' }).click()
  await said(/^Took back \d assignments?\. The work is kept\./)
  await bar.getByRole('button', { name: 'Clear' }).click()

  const rosa = (await memberIds(lead)).get('Rosa Lind') ?? ''
  const own = (await matrixOf(id)).documents
    .flatMap(({ cells }) => cells)
    .filter(({ memberId, state }) => memberId === rosa && state === 'assigned')
  for (const { assignmentId } of own) {
    await reviewer.api.send('POST', `/assignments/${assignmentId}/start`)
    await reviewer.api.send('POST', `/assignments/${assignmentId}/submit`)
  }
  // The page updates by itself.
  await selectAllOf('Rosa Lind')
  await expect(grid.getByText('submitted', { exact: true })).toHaveCount(own.length)
  await bar.getByRole('button', { name: /^Accept/ }).click()
  await said(/^Accepted \d/)
  await bar.getByRole('button', { name: /^Return …/ }).click()
  await dialog.getByLabel('What should change').fill('The second sentence has a figure.')
  await dialog.getByRole('button', { name: 'Return' }).click()
  await said(/^Returned \d/)
  for (const { assignmentId } of own) {
    const { version: seen } = await lead.api.send<{ version: number }>('GET', `/assignments/${assignmentId}`)
    const dueAt = new Date(Date.now() + 1_500).toISOString()
    await lead.api.change('PATCH', `/assignments/${assignmentId}`, { body: { dueAt }, version: seen })
  }
  await page.waitForTimeout(1_600)
  await page.reload()
  await settle(page)
  await selectAllOf('Rosa Lind')
  await bar.getByRole('button', { name: /^Release late work/ }).click()
  await said(/^Took back \d/)
  // None of her work counts any more.
  await expect(page.getByText('No document matches these filters.')).toBeVisible()
  await page.context().close()
})
