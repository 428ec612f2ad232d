/** A report from freezing to withdrawing: the lead's actions, what anyone with the link reads, and the result of verifying the bundle. */
import { expect, test, visitAs } from './outcome-app'
import { findProblemsInThemes } from './support/axe'

test('a report is frozen, published, answered, verified by anyone, and withdrawn with a reason', async ({
  app,
  browser,
}) => {
  const page = await visitAs({ app, browser, who: 'lena', path: `/sources/${app.sourceId}/report` })
  await page.getByRole('button', { name: 'Freeze as version 1' }).click()
  await page.getByRole('button', { name: 'Freeze', exact: true }).click()
  await page.waitForURL(/\/reports\/[^/]+$/)
  await expect(page.getByText('Version 1', { exact: true }).first()).toBeVisible()

  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  await page.getByRole('button', { name: 'Make a public link' }).click()
  await expect(page.getByText('This report is published')).toBeVisible()
  const address = (await page.locator('.select-all:visible').last().textContent()) ?? ''
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Note a reply or a correction' }).click()
  await page.getByLabel('Day').fill('2026-03-14')
  await page.getByLabel('In words').fill('We have asked the register and will correct the figure.')
  await page.getByRole('button', { name: 'Note it' }).click()
  await expect(page.getByText('We have asked the register').filter({ visible: true })).toBeVisible()

  // A visitor without a sign-in, whose browser runs no scripts.
  const path = new URL(address).pathname
  const plain = await browser.newContext({ javaScriptEnabled: false })
  const shown = await plain.newPage()
  const answer = await shown.goto(app.address + path)
  expect(answer?.status()).toBe(200)
  await expect(shown.locator('meta[name=robots]')).toHaveAttribute('content', /noindex/)
  await expect(shown.getByText('We have asked the register')).toBeVisible()
  await expect(shown.getByText('The register counts 27,400.').first()).toBeVisible()
  for (const name of ['Mina', 'Tomas', 'Aiko', 'Lena']) expect(await shown.content()).not.toContain(name)
  // The page is cached: a browser that has it gets no second copy.
  const etag = (await answer?.headerValue('etag')) ?? ''
  const again = await plain.request.get(app.address + path, { headers: { 'if-none-match': etag } })
  expect([again.status(), (await again.body()).length]).toEqual([304, 0])
  const bundle = await (await plain.request.get(`${app.address}${path}/bundle`)).text()
  await plain.close()

  const context = await browser.newContext()
  const reader = await context.newPage()
  await reader.goto(app.address + path)
  expect(await findProblemsInThemes(reader, 'a published report')).toEqual([])
  await reader.goto(`${app.address}/verify`)
  const choose = (text: string) =>
    reader
      .locator('input[type=file]')
      .setInputFiles({ name: 'report.json', mimeType: 'application/json', buffer: Buffer.from(text) })
  await choose(bundle)
  await expect(reader.getByText('come out of its inputs again')).toBeVisible()
  expect(bundle).toContain('"contradicted":1,')
  await choose(bundle.replace('"contradicted":1,', '"contradicted":0,'))
  await expect(reader.getByText('Different:').first()).toBeVisible()
  expect(await findProblemsInThemes(reader, 'a bundle that differs')).toEqual([])

  // Finished ratings, used by someone without an account: the server gets no request.
  await reader.goto(`${app.address}/finished-ratings`)
  const rows = Array.from({ length: 40 }, (_, at) => `d${String(at)},Herald,${at < 4 ? 'mostly false' : 'true'}`)
  const buffer = Buffer.from(['document,source,rating', ...rows, 'd40,,true'].join('\n'))
  await reader.locator('input[type=file]').setInputFiles({ name: 'ratings.csv', mimeType: 'text/csv', buffer })
  await expect(reader.getByText('40 of 41 rows can be used')).toBeVisible()
  await reader.getByRole('button', { name: 'Use the nearest ratings' }).click()
  const asked: string[] = []
  reader.on('request', (request) => asked.push(request.url()))
  await reader.getByRole('button', { name: 'Make the report' }).click()
  await expect(reader.getByText('No agreement data')).toBeVisible()
  await expect(reader.getByText('4 of 40', { exact: true })).toBeVisible()
  expect(asked).toEqual([])
  const downloading = reader.waitForEvent('download')
  await reader.getByRole('button', { name: 'Download the record' }).click()
  expect((await downloading).suggestedFilename()).toBe('ratings-record.json')
  expect(await findProblemsInThemes(reader, 'a report from finished ratings')).toEqual([])

  await page.getByRole('button', { name: 'Published', exact: true }).click()
  await page.getByText('Withdraw this report').click()
  await page.getByLabel('Withdraw it, because').fill('Two registers were mixed up.')
  await page.getByRole('button', { name: 'Withdraw', exact: true }).click()
  await expect(page.getByText(/^Withdrawn on .*Two registers were mixed up/)).toBeVisible()
  await reader.goto(app.address + path)
  await expect(reader.getByText('Two registers were mixed up.')).toBeVisible()
  await expect(reader.getByText('The register counts 27,400.')).toHaveCount(0)
  await context.close()
  await page.context().close()
})
