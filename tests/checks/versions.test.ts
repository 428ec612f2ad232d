import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** Packages below these versions have a known fault that costs data or security. */
const floors: [string, string][] = [
  ['next', '16.3.3'],
  ['react', '19.2.6'],
  ['next-auth', '4.24.15'],
  ['better-sqlite3', '12.8.0'],
  ['prosemirror-view', '1.42.3'],
]

function compareVersions(one: string, other: string): number {
  const [left, right] = [one, other].map((version) => version.split('.').map((part) => Number.parseInt(part, 10)))
  const place = [0, 1, 2].find((part) => left?.[part] !== right?.[part])
  return place === undefined ? 0 : (left?.[place] ?? 0) - (right?.[place] ?? 0)
}

test('versions are compared by number', () => {
  expect(compareVersions('16.10.0', '16.9.9')).toBeGreaterThan(0)
  expect(compareVersions('1.42.2', '1.42.3')).toBeLessThan(0)
  expect(compareVersions('3.4.7', '3.4.7')).toBe(0)
})

test.each(floors)('%s is at least %s', (name, floor) => {
  const { version } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')) as { version: string }
  expect(compareVersions(version, floor), `${name} ${version}`).toBeGreaterThanOrEqual(0)
})

test('every dependency is pinned to one version', () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<
    string,
    Record<string, string>
  >
  const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
    ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
  )
  expect(loose).toEqual([])
})
