import type { Page } from '@playwright/test'

/** Waits until a page has loaded, its scripts have run and its fonts are there: the browser must have been idle twice. */
export async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('load')
  await page.evaluate(async () => {
    const idle = () =>
      new Promise<void>((resolve) =>
        requestIdleCallback(
          () => {
            resolve()
          },
          { timeout: 2_000 },
        ),
      )
    await idle()
    await document.fonts.ready
    await idle()
  })
}
