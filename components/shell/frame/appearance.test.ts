import { describe, expect, it } from 'vitest'
import { appearanceAttributes, contrastCookie, readAppearance, themeCookie } from './appearance'

describe('the appearance of a request', () => {
  it.each<[string, Record<string, string>, ReturnType<typeof appearanceAttributes>]>([
    ['no cookies leave it to the system', {}, {}],
    ['dark', { [themeCookie]: 'dark' }, { 'data-theme': 'dark' }],
    [
      'light with high contrast',
      { [themeCookie]: 'light', [contrastCookie]: 'more' },
      { 'data-theme': 'light', 'data-contrast': 'more' },
    ],
    [
      'the system’s theme with high contrast',
      { [themeCookie]: 'system', [contrastCookie]: 'more' },
      { 'data-contrast': 'more' },
    ],
    ['nonsense counts as nothing', { [themeCookie]: '"><script>', [contrastCookie]: '1' }, {}],
  ])('%s', (_name, cookies, expected) => {
    expect(appearanceAttributes(readAppearance((name) => cookies[name]))).toEqual(expected)
  })
})
