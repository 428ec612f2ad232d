/**
 * Discussions in the reader: on an annotation with a mention, resolved and reopened; on a passage; a question to the lead; hidden between blind
 * reviewers.
 */
import { expect, test, type Browser, type Page } from '@playwright/test'
import type { NotificationView } from '@/lib/domain/notifications/schema'
import { findProblems } from './support/axe'
import { joinAs, openAs, password, setUpOwner, type Person } from './support/people'
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

/** The position of words on the screen: the middle and both ends of their first line. */
async function placeOf(page: Page, words: string): Promise<{ left: number; right: number; middle: number; y: number }> {
  const box = await page.locator('.reader-text').evaluate((root, wanted) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const at = node.textContent?.indexOf(wanted) ?? -1
      if (at === -1) continue
      const range = document.createRange()
      range.setStart(node, at)
      range.setEnd(node, at + wanted.length)
      const [line] = range.getClientRects()
      return line === undefined ? null : { left: line.left, right: line.right, y: (line.top + line.bottom) / 2 }
    }
    return null
  }, words)
  if (box === null) throw new Error(`“${words}” is not on the page.`)
  return { ...box, middle: (box.left + box.right) / 2 }
}

async function selectWords(page: Page, words: string): Promise<void> {
  const { left, right, y } = await placeOf(page, words)
  await page.mouse.move(left + 1, y)
  await page.mouse.down()
  await page.mouse.move(right - 1, y, { steps: 4 })
  await page.mouse.up()
}

async function pressWords(page: Page, words: string): Promise<void> {
  const { middle, y } = await placeOf(page, words)
  await page.mouse.click(middle, y)
}

/** The words under a highlight. */
function drawn(page: Page, name: 'sm-commented' | 'sm-commented-now'): Promise<string[]> {
  return page.evaluate(
    (wanted) =>
      [...(CSS.highlights.get(wanted) ?? [])].map(({ startContainer, startOffset, endOffset }) =>
        (startContainer.textContent ?? '').slice(startOffset, endOffset),
      ),
    name,
  )
}

test.beforeAll(async () => {
  test.setTimeout(180_000)
  app = await startApp()
  owner = await setUpOwner(app)
  rita = await joinAs({ owner, role: 'reviewer', name: 'Rita Reviewer' })
  bruno = await joinAs({ owner, role: 'reviewer', name: 'Bruno Berg' })
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
  // Without the server, no typed text is lost, even when the page is reloaded.
  await page.context().setOffline(true)
  await page.keyboard.press('Control+Enter')
  await expect(panel.getByRole('alert')).toContainText('Not sent')
  await expect(field).toHaveText('Do you have the year book, @Bruno Berg')
  await page.context().setOffline(false)
  await page.reload()
  await page.locator('.reader[data-ready]').waitFor()
  await page.getByRole('button', { name: 'Discuss', exact: true }).click()
  await expect(field).toHaveText('Do you have the year book, @Bruno Berg')
  // Bruno is on another page, with a document to review: his count of waiting items updates by itself.
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
  // Rita has the discussion open, so her notification of it is read.
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
  // Edited and deleted.
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

test('a comment on selected words: lit while it is written, marked then, opened by a press, gone when it is resolved', async ({
  browser,
}) => {
  const words = 'two thousand people'
  const page = await readerOf(browser, rita, openDocument)
  const other = await readerOf(browser, bruno, openDocument)
  await selectWords(page, words)
  await expect(page.getByRole('toolbar').getByRole('button', { name: /^Comment/ })).toBeVisible()
  await page.keyboard.press('c')
  const panel = page.getByRole('region', { name: 'Discussion of a passage' })
  const field = panel.getByRole('textbox', { name: 'Comment on these words' })
  await expect(field).toBeFocused()
  await expect(panel).toContainText('Sentence 2')
  await page.keyboard.type('Who counted them, c or d?')
  expect(await drawn(page, 'sm-commented-now')).toEqual([words])
  expect(await drawn(page, 'sm-commented')).toEqual([])
  expect(await findProblems(page, { label: 'a comment on a passage' })).toEqual([])
  // An unfinished comment is restored after the panel was closed, with the same selection.
  await page.keyboard.press('Escape')
  await expect(panel).toBeHidden()
  await expect(page.locator('.reader-text')).toBeFocused()
  expect(await drawn(page, 'sm-commented-now')).toEqual([])
  expect(await page.evaluate(() => getSelection()?.toString())).toBe(words)
  await page.keyboard.press('c')
  await expect(field).toHaveText('Who counted them, c or d?')
  await page.keyboard.press('Control+Enter')
  const card = panel.getByRole('article', { name: 'Sentence 2, started by' })
  await expect(card).toContainText('Who counted them, c or d?')
  await expect.poll(() => drawn(page, 'sm-commented')).toEqual([words])
  await page.keyboard.press('Escape')
  await expect(page.locator('.reader-text')).toBeFocused()

  // Bruno has the text open: the words are marked for him too, and a press on them opens the discussion.
  await expect.poll(() => drawn(other, 'sm-commented')).toEqual([words])
  await pressWords(other, words)
  const forBruno = other.getByRole('region', { name: 'Discussion', exact: true })
  await expect(forBruno).toContainText('Who counted them, c or d?')
  await forBruno.getByRole('textbox', { name: 'Answer' }).fill('The harbour office.')
  await forBruno.getByRole('button', { name: 'Answer', exact: true }).click()

  await page.reload()
  await page.locator('.reader[data-ready]').waitFor()
  await expect.poll(() => drawn(page, 'sm-commented')).toEqual([words])
  await pressWords(page, words)
  const thread = page.getByRole('region', { name: 'Discussion', exact: true })
  await expect(thread).toContainText('The harbour office.')
  expect(await drawn(page, 'sm-commented-now')).toEqual([words])
  await page.keyboard.press('Escape')
  await expect(thread).toBeHidden()
  await expect(page.locator('.reader-text')).toBeFocused()
  // By keyboard: the press has made its sentence the current one, and C opens its discussion.
  await page.keyboard.press('c')
  await expect(card).toContainText('The harbour office.')
  await card.getByRole('button', { name: 'Resolve' }).click()
  await expect.poll(() => drawn(page, 'sm-commented')).toEqual([])
  await expect.poll(() => drawn(other, 'sm-commented')).toEqual([])
  await page.keyboard.press('Escape')
  await pressWords(page, words)
  await expect(panel).toBeHidden()
})

test('the words of a discussion lead to their place, and a link to it opens it after signing in', async ({
  browser,
}) => {
  const words = 'Nobody has counted'
  const { revision, id } = await rita.api.send<{ id: string; revision: { id: string } }>('GET', openDocument)
  const start = text.indexOf(words)
  const made = await rita.api.send<{ id: string }>('POST', `/documents/${id}/threads`, {
    passage: { revisionId: revision.id, start, end: start + words.length },
    comment: { body: 'Really nobody?' },
  })
  const page = await readerOf(browser, bruno, openDocument)
  await page.getByRole('button', { name: /^Discussion/ }).click()
  const all = page.getByRole('region', { name: 'Discussion', exact: true })
  const place = all.getByRole('button', { name: `Sentence 3 ${words}` })
  await place.focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => drawn(page, 'sm-commented-now')).toEqual([words])
  await page.keyboard.press('Escape')
  await expect(page.locator('.reader-text')).toBeFocused()
  expect(await drawn(page, 'sm-commented-now')).toEqual([])

  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('button', { name: /^Discussion/ }).click()
  await all.getByRole('article', { name: 'Sentence 3, started by' }).getByRole('button', { name: 'Copy link' }).click()
  await expect(page.getByText('Copied the link to the discussion of sentence 3.')).toBeVisible()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  expect(link).toBe(`${app.address}${openDocument}?revision=${revision.id}#thread-${made.id}`)

  const stranger = await (await browser.newContext()).newPage()
  await stranger.goto(link)
  await stranger.getByLabel('E-mail').fill(bruno.email)
  await stranger.getByLabel('Password', { exact: true }).fill(password)
  await stranger.keyboard.press('Enter')
  await stranger.locator('.reader[data-ready]').waitFor()
  await expect(stranger.getByRole('region', { name: 'Discussion', exact: true })).toContainText('Really nobody?')
  await expect.poll(() => drawn(stranger, 'sm-commented-now')).toEqual([words])
})

test('on a phone the selected words are commented on from the foot of the screen', async ({ browser }) => {
  const context = await openAs(browser, bruno, { viewport: { width: 390, height: 844 } })
  const page = await context.newPage()
  await page.goto(`${app.address}${openDocument}`)
  await page.locator('.reader[data-ready]').waitFor()
  const comment = page.getByRole('button', { name: 'Comment', exact: true })
  await expect(comment).toBeHidden()
  await selectWords(page, 'The pier was')
  await comment.click()
  const panel = page.getByRole('region', { name: 'Discussion of a passage' })
  await expect(panel).toContainText('The pier was')
  await expect(panel.getByRole('textbox', { name: 'Comment on these words' })).toBeFocused()
  expect(await findProblems(page, { label: 'a comment on a phone' })).toEqual([])
  await panel.getByRole('button', { name: 'Close the discussion' }).click()
  await expect(page.locator('.reader-text')).toBeFocused()
})

test('where one reviews blind, nothing of a colleague’s comment on a passage is shown', async ({ browser }) => {
  const words = 'two thousand people'
  const page = await readerOf(browser, rita, blindDocument)
  const other = await readerOf(browser, bruno, blindDocument)
  await selectWords(page, words)
  await page
    .getByRole('toolbar')
    .getByRole('button', { name: /^Comment/ })
    .click()
  const panel = page.getByRole('region', { name: 'Discussion of a passage' })
  await panel.getByRole('textbox', { name: 'Comment on these words' }).fill('Brambleworth.')
  await panel.getByRole('button', { name: 'Comment', exact: true }).click()
  await expect.poll(() => drawn(page, 'sm-commented')).toEqual([words])
  await other.reload()
  await other.locator('.reader[data-ready]').waitFor()
  await other.getByRole('button', { name: 'Discussion', exact: true }).click()
  await expect(other.getByRole('region', { name: 'Discussion', exact: true })).toContainText('No comments yet.')
  expect(await drawn(other, 'sm-commented')).toEqual([])
  expect(await other.content()).not.toContain('Brambleworth')
  await pressWords(other, words)
  await expect(other.getByText('Brambleworth')).toHaveCount(0)
})

test('in a blind phase a question reaches the lead alone, and what reviewers say is hidden from each other', async ({
  browser,
}) => {
  const page = await readerOf(browser, rita, blindDocument)
  const questions = page.getByRole('region', { name: 'Questions to the lead' })
  // The session's bar is hydrated after the reader, and cannot be pressed before.
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
  await expect(other.getByRole('region', { name: 'Discussion', exact: true })).toContainText('No comments yet.')

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
  await expect(other.getByRole('region', { name: 'Discussion', exact: true })).toContainText('No comments yet.')
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
