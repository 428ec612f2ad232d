/** Discussions in the reader: on an annotation with a mention, resolved and opened again; a question to the lead; hidden between blind reviewers. */
import { expect, test, type Browser, type Page } from '@playwright/test'
import type { NotificationView } from '@/lib/domain/notifications/schema'
import { findProblems } from './support/axe'
import { joinAs, openAs, setUpOwner, type Person } from './support/people'
import { startApp, type App } from './support/start-app'
import { annotate, importText } from './support/world'

const text = 'The pier was opened in 1931. It carried two thousand people on its first day. Nobody has counted since.'

let app: App
let owner: Person
let rita: Person
let bruno: Person
let openDocument: string
let blindDocument: string
let annotationId: string

async function memberOf({ api }: Person): Promise<string> {
  return (await api.send<{ memberId: string }>('GET', '/me')).memberId
}

async function readerOf(browser: Browser, person: Person, path: string): Promise<Page> {
  const page = await (await openAs(browser, person)).newPage()
  await page.goto(`${app.address}${path}`)
  await page.locator('.reader[data-ready]').waitFor()
  return page
}

test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000)
  app = await startApp()
  owner = await setUpOwner(browser, app)
  rita = await joinAs(browser, app, { owner, role: 'reviewer', name: 'Rita Reviewer' })
  bruno = await joinAs(browser, app, { owner, role: 'reviewer', name: 'Bruno Berg' })
  const open = await importText(owner, { text, source: 'Pier Gazette', title: 'The open pier' })
  const blind = await importText(owner, {
    text: `${text} The lamps were gas.`,
    source: 'Pier Gazette',
    title: 'The blind pier',
  })
  openDocument = `/documents/${open.id}`
  blindDocument = `/documents/${blind.id}`
  annotationId = await annotate(rita, {
    revision: open.revision.id,
    words: 'opened in 1931',
    rating: 'unsourced',
    note: '',
  })
  const session = await owner.api.send<{ id: string }>('POST', '/review-sessions', { name: 'Spring' })
  const place = `/review-sessions/${session.id}`
  await owner.api.send('POST', `${place}/documents`, { how: 'picked', documentIds: [blind.id] })
  const members = [await memberOf(rita), await memberOf(bruno)]
  for (const memberId of members)
    await owner.api.send('PUT', `${place}/members/${memberId}`, { reviews: true, adjudicates: false })
  await owner.api.send('PUT', `${place}/members/${await memberOf(owner)}`, { reviews: false, adjudicates: true })
  const { version } = await owner.api.send<{ version: number }>('GET', place)
  await owner.api.change('POST', `${place}/transitions`, { body: { name: 'activate' }, version })
  for (const memberId of members)
    await owner.api.send('POST', `${place}/assignments`, { documentId: blind.id, memberId })
})

test.afterAll(async () => {
  await app.stop()
})

test('a thread on an annotation: a mention by keyboard, an answer that arrives, resolved and opened again', async ({
  browser,
}) => {
  const page = await readerOf(browser, rita, `${openDocument}#annotation-${annotationId}`)
  await page.getByRole('button', { name: 'Discuss', exact: true }).click()
  const panel = page.getByRole('region', { name: 'Discussion of an annotation' })
  const field = panel.getByRole('textbox', { name: 'Start a discussion' })
  await expect(field).toBeFocused()
  await page.keyboard.type('Do you have the year book, @bru')
  await expect(panel.getByRole('option', { name: 'Bruno Berg' })).toBeVisible()
  expect(await findProblems(page, { label: 'a mention' })).toEqual([])
  await page.keyboard.press('Enter')
  await expect(field).toHaveText('Do you have the year book, @Bruno Berg')
  // The server cannot be reached: nothing typed is lost, also when the page is loaded again.
  await page.context().setOffline(true)
  await page.keyboard.press('Control+Enter')
  await expect(panel.getByRole('alert')).toContainText('Not sent')
  await expect(field).toHaveText('Do you have the year book, @Bruno Berg')
  await page.context().setOffline(false)
  await page.reload()
  await page.locator('.reader[data-ready]').waitFor()
  await page.getByRole('button', { name: 'Discuss', exact: true }).click()
  await expect(field).toHaveText('Do you have the year book, @Bruno Berg')
  // Bruno is elsewhere, with a document to review: the count of what waits for him moves by itself.
  const forBruno = await (await openAs(browser, bruno)).newPage()
  await forBruno.goto(`${app.address}/`)
  await forBruno.waitForURL(/\/inbox$/)
  const waiting = forBruno.getByRole('navigation', { name: 'Places' })
  await expect(waiting).toContainText('1 thing waiting')
  await panel.getByRole('button', { name: 'Start', exact: true }).click()
  const thread = panel.getByRole('article', { name: /An annotation, started by Rita Reviewer/ })
  await expect(thread).toContainText('Do you have the year book, @Bruno Berg')
  await expect(field).toHaveText('')
  await expect(page.getByRole('button', { name: '1 comment', exact: true })).toBeVisible()

  // He finds it in his inbox and answers.
  await expect(waiting).toContainText('2 things waiting')
  expect(await findProblems(forBruno, { label: 'inbox' })).toEqual([])
  await forBruno.getByRole('link', { name: 'The open pier', exact: true }).click()
  const reply = forBruno.getByRole('textbox', { name: 'Answer' })
  await reply.fill('I do: it says 1931.')
  await forBruno.getByRole('button', { name: 'Answer', exact: true }).click()
  await expect(thread).toContainText('I do: it says 1931.')
  await expect(waiting).toContainText('1 thing waiting')
  // Rita has the discussion before her: what she was told of it is read.
  const ofReply = async () => {
    const { items } = await rita.api.send<{ items: NotificationView[] }>('GET', '/notifications')
    return items.filter(({ type }) => type === 'reply').map(({ readAt }) => readAt !== null)
  }
  await expect.poll(ofReply).toEqual([true])

  await thread.getByRole('button', { name: 'Resolve' }).click()
  await expect(thread).toBeHidden()
  await panel.getByRole('button', { name: 'Show 1 resolved' }).click()
  await expect(thread).toContainText('Resolved by Rita Reviewer')
  await thread.getByRole('button', { name: 'Open again' }).click()
  await expect(thread).not.toContainText('Resolved by')
  // Changed and deleted.
  await thread.getByRole('button', { name: 'Change' }).click()
  await thread.getByRole('textbox', { name: 'Change your comment' }).fill('Do you have any year book?')
  await thread.getByRole('button', { name: 'Save' }).click()
  await expect(thread).toContainText('edited')
  await thread.getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
  await expect(thread).toContainText('This comment was deleted.')
  await page.keyboard.press('Escape')
  await expect(panel).toBeHidden()
})

test('in a blind phase a question reaches the lead alone, and what reviewers say is hidden from each other', async ({
  browser,
}) => {
  const page = await readerOf(browser, rita, blindDocument)
  const questions = page.getByRole('region', { name: 'Questions to the lead' })
  // The bar of the session comes alive after the reader, and cannot be pressed before.
  await page.getByRole('button', { name: 'Ask the lead' }).first().click()
  await questions.getByRole('textbox', { name: 'Your question to the lead' }).fill('Do captions count?')
  await questions.getByRole('button', { name: 'Ask the lead' }).click()
  const question = questions.getByRole('article', { name: /A question to the lead/ })
  await expect(question).toContainText('Do captions count?')
  await questions.getByRole('button', { name: 'Show all' }).click()
  const all = page.getByRole('region', { name: 'Discussion', exact: true })
  await all.getByRole('textbox', { name: 'Start a discussion' }).fill('The year looks wrong to me.')
  await all.getByRole('button', { name: 'Start', exact: true }).click()
  await expect(all).toContainText('The year looks wrong to me.')
  expect(await findProblems(page, { label: 'questions and discussion' })).toEqual([])

  const other = await readerOf(browser, bruno, blindDocument)
  await other.getByRole('button', { name: 'Discussion', exact: true }).click()
  await expect(other.getByRole('region', { name: 'Discussion', exact: true })).toContainText('Nothing was said yet.')

  const lead = await (await openAs(browser, owner)).newPage()
  await lead.goto(`${app.address}/inbox`)
  await lead.getByRole('link', { name: 'The blind pier', exact: true }).first().click()
  const asLead = lead.getByRole('region', { name: 'Discussion', exact: true })
  await expect(asLead).toContainText('Do captions count?')
  await asLead.getByRole('textbox', { name: 'Answer' }).fill('They do.')
  await asLead.getByRole('button', { name: 'Answer', exact: true }).click()
  await expect(all).toContainText('They do.')
  await asLead.getByRole('button', { name: 'Show all' }).click()
  await expect(asLead).not.toContainText('The year looks wrong to me.')
  await expect(other.getByRole('region', { name: 'Discussion', exact: true })).toContainText('Nothing was said yet.')
})

test('the settings say that no mail is sent here, and keep what one chooses', async ({ browser }) => {
  const page = await (await openAs(browser, rita)).newPage()
  await page.goto(`${app.address}/settings#notifications`)
  await expect(page.getByText('This server sends no mail')).toBeVisible()
  await page.getByRole('radio', { name: 'Once a day' }).check()
  await expect(page.getByText('Stored.')).toBeVisible()
  await page.reload()
  await expect(page.getByRole('radio', { name: 'Once a day' })).toBeChecked()
  expect(await findProblems(page, { label: 'settings' })).toEqual([])
})
