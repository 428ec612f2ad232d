/** What became of a review: in the text, in lists, in the session and in the report; and what a blind session puts aside. */
import { expect, openText, test, visitAs } from './outcome-app'
import { findProblemsInThemes } from './support/axe'

test.describe.configure({ mode: 'serial' })

const counts = '1 sourced, 1 contradicted, 1 no claim'

test('a closed session shows its verdicts in the text first, and the marks on request', async ({ app, browser }) => {
  const page = await openText({ app, browser, who: 'tomas' })
  const panel = page.getByRole('complementary', { name: 'Verdicts' })
  await expect(panel.getByRole('article')).toHaveCount(3)
  await expect(panel.getByRole('article').nth(1)).toHaveAccessibleName(
    'sentence 2, settled as contradicted, you rated it unsourced',
  )
  await expect(page.getByRole('region', { name: 'Outcome' })).toContainText(`Settled in Harbour check: ${counts}`)

  // By keyboard: down to the second sentence, Enter opens its verdict, and a screen reader hears it.
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

  // J goes on to the next claim; what would mark is refused, visibly, and nothing is sent.
  await page.keyboard.press('Escape')
  await page.keyboard.press('j')
  await expect(page.locator(`#card-${String(app.claimIds[2])}`)).toHaveAttribute('data-open', 'true')
  const writes: string[] = []
  page.on('request', (request) => {
    if (request.method() !== 'GET' && /annotations|decisions/.test(request.url())) writes.push(request.url())
  })
  for (const key of ['2', '0', 'Delete', 'Control+z']) await page.keyboard.press(key)
  await expect(page.getByText('Verdicts are shown, and they do not change here.').first()).toBeVisible()
  expect(writes).toEqual([])

  // The marks, kept in the address.
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
  const finding = page.getByRole('listitem').filter({ hasText: 'more than 40,000 cars' }).first()
  await expect(finding).toContainText('sentence 2.')
  await finding.getByRole('link', { name: 'The bridge that changed the harbour' }).click()
  const card = page.locator(`#card-${String(app.claimIds[1])}`)
  await expect(card).toHaveAttribute('data-open', 'true')
  await expect(card).toContainText('sentence 2')
  await expect(card).toContainText('The register counts 27,400.')
  await page.context().close()
})

test('lists, session and report tell the outcome and lead to each other', async ({ app, browser }) => {
  const page = await visitAs({ app, browser, who: 'lena', path: '/documents' })
  const row = page.getByRole('row').filter({ hasText: 'The bridge that changed the harbour' })
  await expect(row).toContainText(`Settled in “Harbour check”: ${counts}`)
  await expect(row).not.toContainText('not begun')
  await expect(row.locator('[data-claim-ticks="3"] g')).toHaveCount(3)
  await page.goto(`${app.address}/sources/${app.sourceId}`)
  await expect(page.getByRole('row').filter({ hasText: 'The bridge' })).toContainText(counts)

  await page.goto(`${app.address}/review-sessions/${app.sessionId}`)
  const outcome = page.getByRole('region', { name: 'What was settled' })
  await expect(outcome).toContainText(counts)
  await outcome.getByRole('link', { name: /^Report/ }).click()
  await expect(page).toHaveURL(`${app.address}/sources/${app.sourceId}/report`)
  await page.getByRole('link', { name: 'Harbour check' }).first().click()
  await expect(page).toHaveURL(`${app.address}/review-sessions/${app.sessionId}`)
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
