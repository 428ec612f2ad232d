/**
 * Adjudicating a session by keyboard alone, two adjudicators on one claim, settling unanimous claims at once, and what reviewers and the report then
 * show.
 */
import type { Browser, Page } from '@playwright/test'
import { findProblemsInThemes } from './support/axe'
import { expect, testWith, visitAs, type SeededApp } from './support/seeded-app'

interface SeededSession {
  id: string
  documentIds: string[]
  sourceId: string
}

interface Seed {
  password: string
  sessions: Record<'keyboard' | 'conflict' | 'bulk' | 'wide' | 'narrow', SeededSession>
}

const test = testWith<Seed>('tests/e2e/adjudication-seed.ts')

type Given = { app: SeededApp<Seed>; browser: Browser; who: string; path: string; width?: number }

async function openAdjudication(given: Omit<Given, 'path'> & { session: SeededSession }): Promise<Page> {
  const page = await visitAs({ ...given, path: `/review-sessions/${given.session.id}/adjudication` })
  // Keys work only after hydration: then the shortcut sheet opens.
  await expect(async () => {
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog')).toContainText('Undo the last verdict', { timeout: 1_000 })
  }).toPass()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  return page
}

async function expectClaim(page: Page, place: number): Promise<void> {
  await expect(page.locator('#claim-title')).toContainText(new RegExp(`^Claim ${String(place)} of`))
}

async function expectDecided(page: Page, decided: number, of: number): Promise<void> {
  await expect(page.locator('[data-progress]')).toHaveText(`${String(decided)} of ${String(of)} claims decided`)
}

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
}

test('an adjudicator settles every claim by keyboard, reviewers then see what was decided, and the report rests on it', async ({
  app,
  browser,
}) => {
  const session = app.sessions.keyboard
  const page = await openAdjudication({ app, browser, who: 'joan', session })
  await expectDecided(page, 0, 6)
  await expectClaim(page, 1)
  await expect(page.getByRole('article', { name: /^Reviewer [ABC]:/ })).toHaveCount(3)
  for (const name of ['Mina', 'Tomas', 'Aiko']) expect(await page.content()).not.toContain(name)

  // Sourced: the reviewers' evidence is picked, the reason is a letter.
  await press(page, '1')
  await expect(page.getByRole('checkbox', { name: /Minutes of the harbour board/ })).toBeChecked()
  await press(page, 'c', 'Enter')
  await expectDecided(page, 1, 6)
  await expectClaim(page, 2)

  // Contradicted, in words; without its evidence it is refused.
  await press(page, '3', 'f', 'i')
  await page.keyboard.type('The register counts 27,400.')
  // An unfinished verdict is restored after the page was left.
  await expect(page.locator('[data-draft="device"]')).toHaveText('Draft kept on this device until you decide.')
  await page.reload()
  await expect(page.getByLabel(/^In words/)).toHaveText('The register counts 27,400.')
  await expect(page.getByRole('button', { name: 'Contradicted', pressed: true })).toBeVisible()
  await expect(page.getByRole('navigation', { name: 'Queue' }).getByText('· draft')).toHaveCount(1)
  await press(page, 'v', 'Space', 'Enter')
  await expect(page.getByRole('alert').filter({ hasText: 'Contradicted needs a citation' })).toBeVisible()
  await expectDecided(page, 1, 6)
  await press(page, 'v', 'Space', 'Enter')
  await expectClaim(page, 3)
  await expect(page.getByRole('navigation', { name: 'Queue' }).getByText('· draft')).toHaveCount(0)
  await expect(page.getByText('dissents (unsourced)')).toBeVisible()

  // A reason must be chosen; the next one needs words, which Ctrl+Enter confirms.
  await press(page, '2', 'Enter')
  await expect(page.getByRole('alert').filter({ hasText: 'Choose a reason' })).toBeVisible()
  await press(page, 'n', 'Enter')
  await expectClaim(page, 4)
  await press(page, '4', 'o')
  await page.keyboard.type('Irony.')
  await press(page, 'Control+Enter')
  await expectClaim(page, 5)

  // No claim; taken back; then decided otherwise.
  await press(page, '0', 's', 'Enter')
  await expectClaim(page, 6)
  await expectDecided(page, 5, 6)
  await press(page, 'u')
  await expectClaim(page, 5)
  await expectDecided(page, 4, 6)
  await press(page, '1', 'p', 'Enter')
  await expectClaim(page, 6)
  await press(page, '3', 'e', 'd', 'Enter')
  await expectDecided(page, 6, 6)
  await expect(page.getByText('Every claim is decided. The lead can close the session.')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Close the session/ })).toHaveCount(0)

  // Going back shows the dissenting reviewer, still by letter.
  await press(page, 'k', 'k', 'k', 'k')
  await expectClaim(page, 2)
  await expect(page.getByRole('region', { name: 'Verdict' })).toContainText('The figure or date is wrong')
  await expect(page.getByRole('region', { name: 'Verdict' })).toContainText(/[ABC] dissents \(unsourced\)/)
  await page.reload()
  await expectClaim(page, 2)
  await page.context().close()

  const lead = await visitAs({ app, browser, who: 'lena', path: `/review-sessions/${session.id}/adjudication` })
  // A lead closes the session from this page.
  await expect(lead.getByText('The lead can close the session.')).toHaveCount(0)
  await lead.getByRole('button', { name: 'Close the session …' }).click()
  await lead
    .getByRole('alertdialog', { name: 'Close the session' })
    .getByRole('button', { name: 'Close the session' })
    .click()
  await expect
    .poll(async () => {
      const answer = await lead.request.get(`${app.address}/api/v1/review-sessions/${session.id}`)
      return ((await answer.json()) as { state: string }).state
    })
    .toBe('closed')
  await lead.goto(`${app.address}/sources/${session.sourceId}/report`)
  const finding = lead.getByRole('listitem').filter({ hasText: 'Last year it carried more than 40,000 cars a day.' })
  await expect(finding.first()).toContainText('The register counts 27,400.')
  await expect(finding.first()).toContainText('rated so by 2 of 3 reviewers; 1 dissents.')
  await lead.context().close()

  const reviewer = await visitAs({
    app,
    browser,
    who: 'tomas',
    path: `/documents/${session.documentIds[1] ?? ''}?show=marks`,
  })
  const card = reviewer
    .locator('article[id^="card-"]')
    .filter({ hasText: 'Tolls ended in 1989.' })
    .filter({ hasText: 'Decided' })
  await card.locator('[data-card-button]').click()
  await expect(card).toContainText('not as you rated it')
  await expect(card).toContainText('Decided in “Harbour claims, spring”')
  await expect(card).toContainText('The primary record bears it out')
  await card.getByRole('link', { name: 'All ratings and the discussion' }).click()
  await expectClaim(reviewer, 5)
  await expect(reviewer.getByRole('article', { name: 'Mina Reyes: Sourced' })).toBeVisible()
  await expect(reviewer.getByRole('button', { name: 'Discuss this claim' })).toBeVisible()
  await reviewer.context().close()
})

test('of two adjudicators on one claim the second sees both verdicts, and chooses', async ({ app, browser }) => {
  const session = app.sessions.conflict
  const joan = await openAdjudication({ app, browser, who: 'joan', session })
  const saul = await openAdjudication({ app, browser, who: 'saul', session })
  // The claim that one adjudicator reads stays on screen when the other decides it.
  await press(joan, '1', 'c', 'Enter')
  await expectDecided(saul, 1, 4)
  await expectClaim(saul, 1)
  await expect(saul.getByRole('region', { name: 'Verdict' })).toContainText('Joan Marsh')
  await press(saul, 'j', '2', 'w', 'i')
  await saul.keyboard.type('The register is of another year.')
  await press(saul, 'Escape')
  await expectClaim(saul, 2)
  await expectClaim(joan, 2)
  await press(joan, '3', 'f', 'Enter')
  await expectDecided(joan, 2, 4)
  // The other's page updates by itself, and the text being written stays.
  await expectDecided(saul, 2, 4)
  await press(saul, 'Enter')
  const conflict = saul.getByRole('alert').filter({ hasText: 'Joan Marsh decided this claim while you did' })
  await expect(conflict.getByRole('region', { name: 'Theirs' })).toContainText('The figure or date is wrong')
  await expect(conflict.getByRole('region', { name: 'Yours' })).toContainText('The register is of another year.')
  await expect(saul.locator('[data-save]')).toHaveText('Not saved')
  await expect(conflict.getByRole('button', { name: 'Keep theirs' })).toBeFocused()
  await press(saul, 'Tab', 'Enter')
  await expect(saul.locator('[data-save]')).toHaveText('All saved')
  await press(joan, 'k')
  await expect(joan.getByRole('region', { name: 'Verdict' })).toContainText('The register is of another year.')

  // They discuss the next claim by keyboard, and can still decide it at once.
  await expectClaim(saul, 3)
  await press(saul, 'q')
  await expect(saul.getByRole('textbox', { name: 'Start a discussion of this claim' })).toBeFocused()
  await saul.keyboard.type('Which year, @joa')
  await press(saul, 'Enter', 'Control+Enter')
  await expect(saul.getByRole('region', { name: 'Discussion' })).toBeFocused()
  await expect(joan.getByRole('navigation', { name: 'Queue' })).toContainText('1 comment')
  await press(joan, 'j')
  const talk = joan.getByRole('region', { name: 'Discussion' })
  await expect(talk).toContainText('Which year, @Joan Marsh')
  await press(joan, 'q')
  await joan.keyboard.type('The last one.')
  await press(joan, 'Control+Enter')
  await expect(saul.getByRole('region', { name: 'Discussion' })).toContainText('The last one.')
  await talk.getByRole('button', { name: 'Resolve' }).press('Enter')
  await expect(talk.getByRole('button', { name: 'Show 1 resolved' })).toBeVisible()
  await press(saul, '4', 'p')
  await press(joan, '2', 'n', 'Enter')
  await expectDecided(saul, 3, 4)
  await press(saul, 'Enter')
  await expect(saul.getByRole('button', { name: 'Keep theirs' })).toBeFocused()
  await press(saul, 'Enter')
  await expectClaim(saul, 4)
  await expectDecided(saul, 3, 4)
  await expect(saul.getByRole('navigation', { name: 'Queue' }).getByText('· draft')).toHaveCount(0)
  await joan.context().close()
  await saul.context().close()
})

test('what all agree on is confirmed at once after being looked over; claims are split and merged', async ({
  app,
  browser,
}) => {
  const page = await openAdjudication({ app, browser, who: 'joan', session: app.sessions.bulk })
  await press(page, 'b')
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('list', { name: 'To be confirmed' }).getByRole('listitem')).toHaveCount(2)
  await expect(dialog).toContainText('The city has so far answered with paint.')
  const confirm = dialog.getByRole('button', { name: 'Confirm 2 claims' })
  for (let presses = 0; presses < 6 && !(await confirm.evaluate((each) => each === document.activeElement)); presses++)
    await press(page, 'Tab')
  await press(page, 'Enter')
  await expect(dialog.getByRole('status')).toHaveText('2 of 2 confirmed.')
  // The button that was pressed is gone; the one that comes next has the focus.
  await press(page, 'Enter')
  await expect(dialog).toBeHidden()
  await expectDecided(page, 2, 6)
  await expect(
    page.getByRole('button', { name: /^The city has so far answered with paint. Not checkable/ }),
  ).toBeVisible()

  await page.getByRole('navigation', { name: 'Queue' }).getByText('Last year it carried').click()
  await expect(page.getByRole('article', { name: /^Reviewer / })).toHaveCount(3)
  await page.getByRole('button', { name: 'Split off rating B' }).press('Enter')
  await expectDecided(page, 2, 7)
  await expect(page.getByRole('article', { name: /^Reviewer / })).toHaveCount(2)
  await page.getByRole('button', { name: 'Undo' }).press('Enter')
  await expectDecided(page, 2, 6)
  await expect(page.getByRole('article', { name: /^Reviewer / })).toHaveCount(3)
  await page.getByRole('button', { name: 'Split off rating B' }).press('Enter')
  await expectDecided(page, 2, 7)
  await page.getByText('Merge with another claim').press('Enter')
  await page.getByRole('button', { name: 'Merge', exact: true }).press('Enter')
  await expectDecided(page, 2, 6)
  await expect(page.getByRole('article', { name: /^Reviewer / })).toHaveCount(3)
  await expect(page.getByText('An adjudicator merged this claim from two.')).toBeVisible()

  await page.getByLabel('Agreement', { exact: true }).selectOption('disagreement')
  await expect(page).toHaveURL(/agreement=disagreement/)
  await expect(page.getByRole('navigation', { name: 'Queue' }).getByRole('button')).toHaveCount(3)
  await page.context().close()
})

for (const width of [1440, 390]) {
  test(`no rule of axe is broken, in light and, where there is room, in dark, at ${String(width)} px`, async ({
    app,
    browser,
  }) => {
    const session = width === 1440 ? app.sessions.wide : app.sessions.narrow
    const page = await openAdjudication({ app, browser, who: 'saul', session, width })
    const found: string[] = []
    const scan = async (label: string) => found.push(...(await findProblemsInThemes(page, label)))
    await press(page, 'j', '3', 'f', 'l', 'q')
    await expect(page.getByRole('textbox', { name: 'Start a discussion of this claim' })).toBeFocused()
    await scan('a verdict being made')
    await press(page, 'Escape')
    if (width < 1000) await page.getByRole('button', { name: 'Queue' }).click()
    await scan('the queue')
    await press(page, 'b')
    await expect(page.getByRole('list', { name: 'To be confirmed' })).toBeVisible()
    await scan('what all agree on')
    await press(page, 'Escape')
    await press(page, 'Enter')
    await expectDecided(page, 1, 6)
    await press(page, 'k')
    await expect(page.getByRole('region', { name: 'Verdict' })).toContainText('The figure or date is wrong')
    await scan('a verdict')
    expect(found).toEqual([])
    await page.context().close()
  })
}
