import { expect, type Page } from '@playwright/test'
import axe from 'axe-core'
import { settle } from './settle'

/** What to look at, and how findings are called. */
export interface Scan {
  label: string
  /** Look at the rules of colour only: what else axe checks is the same in every theme. */
  onlyColours?: boolean
  /** Rules that cannot hold here, such as those of whole pages for a part shown alone. */
  without?: readonly string[]
}

/** The rules whose outcome a theme can change. */
const colourRules = ['color-contrast', 'link-in-text-block']

/**
 * What axe finds wrong with a page as it is now, one line each; all rules unless the scan says otherwise. axe runs in the page itself and is put
 * there once for as long as the page stays: sending it along each time takes longer than the checks.
 */
export async function findProblems(page: Page, { label, onlyColours = false, without = [] }: Scan): Promise<string[]> {
  // axe would have to be put into every frame.
  expect(page.frames()).toHaveLength(1)
  // What was pressed before may still be on its way: a page that is read anew puts its title in last.
  await settle(page)
  await expect(page).toHaveTitle(/\S/)
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source)
  const found = await page.evaluate(
    async ({ only, left }) => {
      const { axe: here } = globalThis as unknown as { axe: typeof axe }
      // Passes are neither put into words nor sent.
      const { violations } = await here.run(document, {
        reporter: 'no-passes',
        resultTypes: ['violations'],
        rules: Object.fromEntries(left.map((rule) => [rule, { enabled: false }])),
        ...(only === null ? {} : { runOnly: { type: 'rule', values: only } }),
      })
      return violations.flatMap(({ id, help, nodes }) =>
        nodes.map(({ target, html }) => `${id} (${help}) at ${target.join(' ')}: ${html.slice(0, 140)}`),
      )
    },
    { only: onlyColours ? colourRules : null, left: [...without] },
  )
  return found.map((line) => `${label}: ${line}`)
}

/** Shows the page in a theme; what a change of colour moves has come to its end. */
async function chooseTheme(page: Page, theme: 'light' | 'dark', contrast?: 'more'): Promise<void> {
  await page.evaluate(
    async ([chosen, more]) => {
      const { dataset } = document.documentElement
      dataset['theme'] = chosen
      if (more === undefined) delete dataset['contrast']
      else dataset['contrast'] = more
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
      await frame()
      const changes = document.getAnimations().filter((animation) => animation instanceof CSSTransition)
      // A change that another one replaces is never finished, and need not be waited for.
      await Promise.allSettled(changes.map(({ finished }) => finished))
      await frame()
    },
    [theme, contrast] as const,
  )
}

/**
 * What axe finds in light and in dark, with high contrast of both when asked. On a telephone the same colours stand in another order, so there
 * one theme is enough.
 */
export async function findProblemsInThemes(page: Page, label: string, highContrast = false): Promise<string[]> {
  const isNarrow = (page.viewportSize()?.width ?? 0) < 600
  const themes = isNarrow ? (['light'] as const) : (['light', 'dark'] as const)
  const contrasts = highContrast && !isNarrow ? ([undefined, 'more'] as const) : [undefined]
  const found: string[] = []
  await page.emulateMedia({ reducedMotion: 'reduce' })
  // What is off the screen and not drawn keeps the colours of the theme before, for axe and for nobody else.
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(':is(.full-claims, .brief-claims) > li { content-visibility: visible !important }')
    document.adoptedStyleSheets.push(sheet)
  })
  for (const [at, contrast] of contrasts.entries()) {
    for (const [place, theme] of themes.entries()) {
      await chooseTheme(page, theme, contrast)
      const name = `${label}, ${theme}${contrast === undefined ? '' : ', high contrast'}`
      found.push(...(await findProblems(page, { label: name, onlyColours: at + place > 0 })))
    }
  }
  return found
}
