export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** The appearance of the interface. `highContrast` false leaves the contrast to the system. */
export interface Appearance {
  theme: Theme
  highContrast: boolean
}

export const themeCookie = 'sourcemark-theme'
export const contrastCookie = 'sourcemark-contrast'

const year = 365 * 24 * 60 * 60

/** The appearance set in a request's cookies; anything unknown counts as the system's choice. */
export function readAppearance(cookieOf: (name: string) => string | undefined): Appearance {
  const theme = themes.find((name) => name === cookieOf(themeCookie)) ?? 'system'
  return { theme, highContrast: cookieOf(contrastCookie) === 'more' }
}

/** The attributes of `<html>` that globals.css reads. */
export function appearanceAttributes({ theme, highContrast }: Appearance): {
  'data-theme'?: 'light' | 'dark'
  'data-contrast'?: 'more'
} {
  return {
    ...(theme === 'system' ? {} : { 'data-theme': theme }),
    ...(highContrast ? { 'data-contrast': 'more' as const } : {}),
  }
}

/** The page's present appearance. Browser only. */
export function currentAppearance(): Appearance {
  const { theme, contrast } = document.documentElement.dataset
  return { theme: themes.find((name) => name === theme) ?? 'system', highContrast: contrast === 'more' }
}

/** Changes the appearance at once and stores it in a cookie for a year, so that the server renders it right the first time. */
export function applyAppearance(appearance: Appearance): void {
  const { dataset } = document.documentElement
  if (appearance.theme === 'system') delete dataset['theme']
  else dataset['theme'] = appearance.theme
  if (appearance.highContrast) dataset['contrast'] = 'more'
  else delete dataset['contrast']
  writeCookie(themeCookie, appearance.theme)
  writeCookie(contrastCookie, appearance.highContrast ? 'more' : 'system')
}

function writeCookie(name: string, value: string): void {
  document.cookie = `${name}=${value}; path=/; max-age=${String(year)}; samesite=lax`
}
