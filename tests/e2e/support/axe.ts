import { expect, type Page } from '@playwright/test'
import axe from 'axe-core'
import { settle } from './settle'

/** The scope of a scan, and the label of its findings. */
export interface Scan {
  label: string
  /** Whether only rules about colour are checked: all others give the same result in every theme. */
  onlyColours?: boolean
  /** Rules that cannot apply here, such as those of whole pages for a part shown alone. */
  without?: readonly string[]
}

/** The rules whose outcome depends on the theme. */
const colourRules = ['color-contrast', 'link-in-text-block']

/**
 * Lists the problems that axe finds on a page now, one line each, with all rules unless the scan says otherwise. axe runs in the page itself and is
 * injected once for as long as the page stays: sending it each time takes longer than the checks.
 */
export async function findProblems(page: Page, { label, onlyColours = false, without = [] }: Scan): Promise<string[]> {
  // axe would have to be injected into every frame.
  expect(page.frames()).toHaveLength(1)
  // An earlier press may still be loading a page. A new page gets its title last, so the title is waited for.
  await settle(page)
  await expect(page).toHaveTitle(/\S/)
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source)
  const found = await page.evaluate(
    async ({ only, left }) => {
      const { axe: here } = globalThis as unknown as { axe: typeof axe }
      // Passed checks are neither described nor sent.
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

/** Shows the page in a theme, and waits for the end of transitions. */
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
      // A transition that another one replaces never finishes, and need not be waited for.
      await Promise.allSettled(changes.map(({ finished }) => finished))
      await frame()
    },
    [theme, contrast] as const,
  )
}

/**
 * Lists the problems that axe finds in light and in dark, with high contrast of both on request. A telephone uses the same colours in another layout,
 * so one theme is enough there.
 */
export async function findProblemsInThemes(page: Page, label: string, highContrast = false): Promise<string[]> {
  const isNarrow = (page.viewportSize()?.width ?? 0) < 600
  const themes = isNarrow ? (['light'] as const) : (['light', 'dark'] as const)
  const contrasts = highContrast && !isNarrow ? ([undefined, 'more'] as const) : [undefined]
  const found: string[] = []
  await page.emulateMedia({ reducedMotion: 'reduce' })
  // Content that is off the screen and not rendered keeps the colours of the previous theme, which only axe would see.
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
