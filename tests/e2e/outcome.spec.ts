/** The results of a review: in the text, in lists, in the session and in the report. Also what a blind session puts aside. */
import { expect, openText, test, visitAs } from './outcome-app'
import { findProblemsInThemes } from './support/axe'

// In sequence, in one application; each is independent.
test.describe.configure({ mode: 'default' })

const counts = '1 sourced, 1 contradicted, 1 no claim'

test('a closed session shows its verdicts in the text first, and the marks on request', async ({ app, browser }) => {
  const page = await openText({ app, browser, who: 'tomas' })
  const panel = page.getByRole('complementary', { name: 'Verdicts' })
  await expect(panel.getByRole('article')).toHaveCount(3)
  await expect(panel.getByRole('article').nth(1)).toHaveAccessibleName(
    'sentence 2, settled as contradicted, you rated it unsourced',
  )
  await expect(page.getByRole('region', { name: 'Outcome' })).toContainText(`Settled in Harbour check: ${counts}`)

  // By keyboard: down to the second sentence, Enter opens its verdict, and a screen reader announces it.
  await page.locator('.reader-text').focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  const card = page.locator(`#card-${String(app.claimIds[1])}`)
  await expect(card.locator('[data-card-button]')).toBeFocused()
  await expect(page.getByTestId('announcement')).toContainText('settled as contradicted')
  await expect(card).toContainText('The figure or date is wrong')
  await expect(card).toContainText('The register counts 27,400.')
  await expect(card.getByRole('list', { name: 'Dissent' })).toContainText('You rated it Unsourced')
  await expect(card.getByRole('list', { name: 'Evidence' })).toContainText('Traffic register 2024')
  // A verdict has no ends to drag.
  await expect(page.locator('.reader-handle').filter({ visible: true })).toHaveCount(0)

  // J moves to the next claim; keys that would mark are refused visibly, and nothing is sent.
  await page.keyboard.press('Escape')
  await page.keyboard.press('j')
  await expect(page.locator(`#card-${String(app.claimIds[2])}`)).toHaveAttribute('data-open', 'true')
  const writes: string[] = []
  page.on('request', (request) => {
    if (request.method() !== 'GET' && /annotations|decisions/.test(request.url())) writes.push(request.url())
  })
  for (const key of ['2', '0', 'Delete', 'Control+z']) await page.keyboard.press(key)
  await expect(page.getByText('Verdicts are shown, and cannot be changed here.').first()).toBeVisible()
  expect(writes).toEqual([])

  // The marks, as chosen in the address.
  await page.keyboard.press('v')
  await expect(page.getByRole('complementary', { name: 'Annotations' }).getByRole('article')).toHaveCount(6)
  expect(new URL(page.url()).searchParams.get('show')).toBe('marks')
  await page.reload()
  await expect(page.getByRole('complementary', { name: 'Annotations' }).getByRole('article')).toHaveCount(6)
  await page.locator('label:visible').filter({ hasText: 'Verdicts' }).click()
  await expect(panel.getByRole('article')).toHaveCount(3)
  expect(new URL(page.url()).search).toBe('')
  await page.context().close()
})

test('a finding of the report leads to its verdict, under the number that the reader has', async ({ app, browser }) => {
  const page = await visitAs({ app, browser, who: 'lena', path: `/sources/${app.sourceId}/report` })
  // The picture: a strip is one tab stop, Enter opens a tick in place, and the open part follows the arrows.
  const strip = page.getByRole('group', { name: /^Claims of “The bridge that changed the harbour”/ })
  await expect(strip.getByRole('link')).toHaveCount(2)
  await strip.getByRole('link').first().focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'Claim 1: sourced, sentence 1' })).toContainText(
    'bridge opened in 1974',
  )
  await page.keyboard.press('ArrowRight')
  const opened = page.getByRole('region', { name: 'Claim 2: contradicted, sentence 2' })
  await expect(opened.locator('mark')).toHaveText(['40,000', '27,400'])
  expect(await findProblemsInThemes(page, 'report with an open tick')).toEqual([])
  await page.keyboard.press('Escape')
  await expect(opened).toHaveCount(0)
  await expect(strip.getByRole('link', { name: 'Claim 2: contradicted, sentence 2' })).toBeFocused()

  const finding = page.getByRole('listitem').filter({ hasText: 'more than 40,000 cars' }).first()
  await expect(finding).toContainText('sentence 2.')
  await finding.getByRole('link', { name: /^The bridge that changed the harbour/ }).click()
  const card = page.locator(`#card-${String(app.claimIds[1])}`)
  await expect(card).toHaveAttribute('data-open', 'true')
  await expect(card).toContainText('sentence 2')
  await expect(card).toContainText('The register counts 27,400.')
  // And back to the finding.
  await card.getByRole('link', { name: 'In the report' }).click()
  await expect(page).toHaveURL(new RegExp(`/report#claim-${String(app.claimIds[1])}$`))
  await expect(page.locator(`[id="claim-${String(app.claimIds[1])}"]`).first()).toBeVisible()
  await page.context().close()
})

test('lists, session and report tell the outcome and lead to each other', async ({ app, browser }) => {
  const page = await visitAs({ app, browser, who: 'lena', path: '/documents' })
  const row = page.getByRole('row').filter({ hasText: 'The bridge that changed the harbour' })
  await expect(row).toContainText(`Settled in “Harbour check”: ${counts}`)
  await expect(row).not.toContainText('not begun')
  await expect(row.locator('[data-claim-ticks="3"] a')).toHaveCount(3)
  await page.goto(`${app.address}/sources/${app.sourceId}`)
  await expect(page.getByRole('row').filter({ hasText: 'The bridge that' })).toContainText(counts)

  await page.goto(`${app.address}/review-sessions/${app.sessionId}`)
  const outcome = page.getByRole('region', { name: 'What was settled' })
  await expect(outcome).toContainText(counts)
  await outcome.getByRole('link', { name: /^Report/ }).click()
  await expect(page).toHaveURL(`${app.address}/sources/${app.sourceId}/report`)
  await page.getByText('How it was reviewed').click()
  await page.getByRole('link', { name: 'Harbour check' }).first().click()
  await expect(page).toHaveURL(`${app.address}/review-sessions/${app.sessionId}`)
  await page.context().close()
})

test('every tick leads to its claim, and a strip is one stop of the Tab key', async ({ app, browser }) => {
  const page = await visitAs({ app, browser, who: 'lena', path: '/documents' })
  const row = page.getByRole('row').filter({ hasText: 'The bridge that changed the harbour' })
  const strip = row.getByRole('group', {
    name: 'Claims of “The bridge that changed the harbour”: 1 sourced, 1 contradicted, 1 no claim',
  })
  const ticks = strip.getByRole('link')
  await expect(ticks).toHaveCount(3)
  await expect(strip.locator('[tabindex="0"]')).toHaveCount(1)
  expect(await findProblemsInThemes(page, 'documents with ticks')).toEqual([])
  await row.getByRole('link', { name: 'The bridge that changed the harbour', exact: true }).focus()
  await page.keyboard.press('Tab')
  await expect(ticks.nth(0)).toBeFocused()
  await page.keyboard.press('End')
  await expect(ticks.nth(2)).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(ticks.nth(2)).toBeFocused()
  await page.keyboard.press('ArrowLeft')
  await expect(ticks.nth(1)).toBeFocused()
  await expect(ticks.nth(1)).toHaveAccessibleName('Claim 2: contradicted')
  // The next tab stop is after the strip; going back returns to the same tick.
  await page.keyboard.press('Tab')
  await expect(strip.locator(':focus')).toHaveCount(0)
  await page.keyboard.press('Shift+Tab')
  await expect(ticks.nth(1)).toBeFocused()
  await page.keyboard.press('Enter')
  const card = page.locator(`#card-${String(app.claimIds[1])}`)
  await expect(card).toHaveAttribute('data-open', 'true')

  // At the foot of the verdicts as well.
  const foot = page.getByRole('group', { name: 'Claims: 1 sourced, 1 contradicted, 1 no claim' })
  await foot.getByRole('link', { name: 'Claim 1: sourced' }).click()
  await expect(page.locator(`#card-${String(app.claimIds[0])}`)).toHaveAttribute('data-open', 'true')

  for (const [path, name] of [
    [`/review-sessions/${app.sessionId}`, /^Claims of “The bridge/],
    [`/sources/${app.sourceId}`, /^Claims of “The bridge/],
  ] as const) {
    await page.goto(app.address + path)
    const link = page.getByRole('group', { name }).filter({ visible: true }).getByRole('link').nth(1)
    await link.click()
    await expect(card, path).toHaveAttribute('data-open', 'true')
  }
  await page.context().close()
})

test('the list of sources and the inbox tell how far reviews are and what was settled', async ({ app, browser }) => {
  const page = await visitAs({ app, browser, who: 'lena', path: '/sources' })
  const source = page.getByRole('row').filter({ hasText: 'The Coastal Herald' })
  await expect(source.getByText('1 of 3 documents settled, 1 in review')).toBeVisible()
  await expect(source.getByText('2 claims assessed in 1 document')).toBeVisible()
  const strip = 'Settled claims of The Coastal Herald: 1 sourced, 1 contradicted, 1 no claim'
  await expect(source.getByRole('img', { name: strip })).toBeVisible()
  await expect(source.getByText('Too few claims for shares: 2 of at least 30 are assessed.')).toBeVisible()
  await page.context().close()

  const reviewer = await visitAs({ app, browser, who: 'tomas', path: '/inbox' })
  const work = reviewer.getByRole('listitem').filter({ hasText: 'The bridge at night' })
  await expect(work).toContainText('In review in “Third look”, waiting for your review')
  await expect(work.getByText('Third look', { exact: true })).toHaveCount(0)
  const settled = reviewer.getByRole('listitem').filter({ hasText: 'The bridge at night' })
  await expect(settled.getByRole('link').first()).toHaveAttribute('href', `/documents/${app.thirdId}`)
  await reviewer.context().close()
})

test('without script the text can be read, and its marks and verdicts in a list', async ({ app, browser }) => {
  const signedIn = await openText({ app, browser, who: 'tomas' })
  const storageState = await signedIn.context().storageState()
  await signedIn.context().close()
  const context = await browser.newContext({ javaScriptEnabled: false, storageState })
  const page = await context.newPage()
  await page.goto(`${app.address}/documents/${app.documentId}`)
  for (const words of [
    'A bridge',
    'Last year it carried more than 40,000 cars a day.',
    'We would build it again.',
    '2024',
  ])
    await expect(
      page
        .getByRole('document')
        .getByText(words, { exact: words.length < 12 })
        .first(),
    ).toBeVisible()
  await expect(page.getByRole('heading', { name: 'What is marked' })).toHaveCount(0)
  await page.getByRole('link', { name: 'Read the 3 settled claims and 6 marks in a list under the text' }).click()
  const list = page.getByRole('region', { name: 'What is marked' }).getByRole('listitem')
  await expect(list).toHaveCount(9)
  await expect(list.nth(1)).toContainText(
    'Last year it carried more than 40,000 cars a day.Settled: Contradicted, sentence 2',
  )
  const mark = list.filter({ hasText: 'Contradicted by Mina Reyes' })
  await expect(mark).toContainText('Fewer.')
  await expect(mark).toBeVisible()
  await expect(mark.getByRole('link')).toHaveAttribute(
    'href',
    '#:~:text=Last%20year%20it%20carried%20more%20than%2040%2C000%20cars%20a%20day.',
  )
  await context.close()

  // No other member sees or loads the list.
  const withScript = await openText({ app, browser, who: 'tomas' })
  await expect(withScript.getByText('Read the 3 settled claims')).toBeHidden()
  expect(await withScript.content()).not.toContain('What is marked')
  await withScript.context().close()
})

test('raised numbers are raised on verdict cards and in what a claim is called', async ({ app, browser }) => {
  const page = await openText({ app, browser, who: 'mina' })
  const card = page.locator(`#card-${String(app.claimIds[2])}`)
  await expect(card.getByRole('button')).toHaveAccessibleName('Open: The city has so far spent 10⁶ crowns on paint.')
  await expect(card.locator('sup')).toHaveText('6')
  await page.context().close()
})

test('marks made before a blind session are put aside, and the text says so', async ({ app, browser }) => {
  const page = await openText({ app, browser, who: 'mina', path: `/documents/${app.thirdId}` })
  await expect(page.getByRole('note').filter({ hasText: 'put aside' })).toContainText(
    'Your earlier mark is put aside until the reviews of “Third look” are over, because they start afresh. Nothing is lost',
  )
  await expect(page.locator('article[id^="card-"]')).toHaveCount(0)
  await page.context().close()
  const other = await openText({ app, browser, who: 'tomas', path: `/documents/${app.thirdId}` })
  await expect(other.getByText('put aside')).toHaveCount(0)
  await other.context().close()
})

test('a running session keeps its actions beside its name, its titles whole, and no column for claims', async ({
  app,
  browser,
}) => {
  const page = await visitAs({ app, browser, who: 'lena', path: `/review-sessions/${app.runningId}` })
  const title = page.getByRole('heading', { level: 1, name: /^Third look/ })
  await expect(title).toBeVisible()
  const lines = await page.evaluate(() => {
    const heading = document.querySelector('h1')
    const actions = [...(heading?.closest('header')?.querySelectorAll('button, a[href]') ?? [])]
      .map((action) => action.getBoundingClientRect())
      .filter(({ left, width }) => width > 0 && left > (heading?.getBoundingClientRect().left ?? 0) + 100)
    const name = heading?.getBoundingClientRect()
    return {
      tops: [...new Set(actions.map(({ top }) => Math.round(top)))],
      count: actions.length,
      below: name?.bottom ?? 0,
    }
  })
  expect(lines.count).toBeGreaterThan(0)
  expect(lines.tops).toHaveLength(1)
  expect(lines.tops[0]).toBeLessThan(lines.below)
  const table = page.getByRole('grid').or(page.getByRole('table')).first()
  await expect(table.getByRole('columnheader', { name: 'Covered' })).toBeVisible()
  await expect(table.getByRole('columnheader', { name: 'Claims' })).toHaveCount(0)
  const name = table.getByRole('rowheader').first()
  await expect(name).toContainText('The bridge at night')
  // Its end is on the screen, which tells it from others with the same beginning.
  const end = name.getByText('old crossing').first()
  const [box, cell] = [await end.boundingBox(), await name.boundingBox()]
  expect((box?.x ?? 0) + (box?.width ?? Infinity)).toBeLessThanOrEqual((cell?.x ?? 0) + (cell?.width ?? 0) + 1)
  await page.context().close()
})

test('references are sorted, and two that are the same are merged', async ({ app, browser }) => {
  const page = await visitAs({ app, browser, who: 'lena', path: '/references' })
  const titles = page.locator('main ul:not(details ul) > li a[href^="/references/"]')
  await expect(titles).toHaveText(['A register of traffic', 'Traffic register 2024'])
  await page.getByLabel('Order').selectOption({ label: 'Last cited first' })
  await expect(page).toHaveURL(/order=used/)
  await expect(titles).toHaveText(['Traffic register 2024', 'A register of traffic'])
  await page.getByLabel('Order').selectOption({ label: 'By title' })
  await expect(titles).toHaveText(['A register of traffic', 'Traffic register 2024'])

  await page.getByText('One reference seems to have a duplicate').click()
  await page.getByRole('button', { name: 'Merge…' }).click()
  const dialog = page.getByRole('alertdialog', { name: 'Merge two references' })
  // The cited reference stays unless one chooses otherwise.
  await expect(dialog.getByRole('radio', { name: /^Traffic register 2024/ })).toBeChecked()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(titles).toHaveCount(2)
  await page.getByRole('button', { name: 'Merge…' }).click()
  await dialog.getByRole('button', { name: 'Merge' }).click()
  await expect(page.getByText('Merged into “Traffic register 2024”.')).toBeVisible()
  await expect(titles).toHaveText(['Traffic register 2024'])
  await expect(page.getByText('seems to have a duplicate')).toHaveCount(0)

  // A mistaken merge is undone from its message; after another change, the undo is refused with a sentence.
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('“A register of traffic” is a reference of its own again.')).toBeVisible()
  await expect(titles).toHaveText(['A register of traffic', 'Traffic register 2024'])
  await page.getByText('One reference seems to have a duplicate').click()
  await page.getByRole('button', { name: 'Merge…' }).click()
  await dialog.getByRole('button', { name: 'Merge' }).click()
  await expect(titles).toHaveText(['Traffic register 2024'])
  const [path, version] = await page.request
    .get(`${app.address}/api/v1/references?q=Traffic`)
    .then(async (answer) => (await answer.json()) as { items: { id: string }[] })
    .then(({ items }) => page.request.get(`${app.address}/api/v1/references/${items[0]?.id ?? ''}`))
    .then(async (answer) => [answer.url(), ((await answer.json()) as { version: number }).version] as const)
  const changed = await page.request.patch(path, {
    headers: { 'If-Match': `"${String(version)}"`, Origin: app.address },
    data: { csl: { type: 'webpage', title: 'Traffic register 2024, corrected' } },
  })
  expect(changed.status()).toBe(200)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText(/was changed since they were merged/)).toBeVisible()
  await page.context().close()
})

test('a discussion shows the reader’s own time, and the whole moment on hover', async ({ app, browser }) => {
  const path = `/review-sessions/${app.sessionId}/adjudication`
  const page = await visitAs({ app, browser, who: 'lena', path: `${path}?claim=${String(app.claimIds[0])}` })
  await page.getByRole('button', { name: 'Discuss this claim' }).click()
  await expect(page.getByRole('textbox', { name: 'Start a discussion of this claim' })).toBeFocused()
  await page.keyboard.type('Was it not 1975?')
  await page.keyboard.press('Control+Enter')
  const time = page.getByRole('listitem').filter({ hasText: 'Was it not 1975?' }).locator('time')
  // The browser of these tests is in the time zone of the Chatham Islands.
  await expect(time).toHaveAttribute('title', /^\w+day, \d+ \w+ \d{4} at \d\d:\d\d:\d\d GMT\+1[23]:45$/)
  const instant = (await time.getAttribute('datetime')) ?? ''
  const zone = { timeZone: 'Pacific/Chatham', hour: '2-digit', minute: '2-digit' } as const
  await expect(time).toHaveText(new RegExp(`, ${new Date(instant).toLocaleTimeString('en-GB', zone)}$`))
  await page.context().close()
})

test('verdicts can be read on a small screen and in both themes', async ({ app, browser }) => {
  const page = await openText({ app, browser, who: 'mina', width: 390 })
  await page.getByRole('button', { name: 'Next claim' }).click()
  await expect(page.getByRole('region', { name: 'Verdict', exact: true })).toContainText('Sourced')
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  expect(await findProblemsInThemes(page, 'verdicts on a small screen')).toEqual([])
  await page.locator('label:visible').filter({ hasText: 'Marks' }).first().click()
  await expect(page.getByRole('region', { name: 'Verdict', exact: true })).toHaveCount(0)
  await page.context().close()
  const wide = await openText({ app, browser, who: 'mina' })
  await wide.keyboard.press('j')
  await expect(wide.locator('article[data-open]')).toHaveCount(1)
  expect(await findProblemsInThemes(wide, 'verdicts')).toEqual([])
  await wide.context().close()
})
