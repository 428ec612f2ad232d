import { expect, test } from 'vitest'
import { readProfile } from './oidc'

const person = { iss: 'https://provider.example', sub: '7' }

test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
  ['nothing but the account', {}, {}],
  ['all claims', { email: 'ana@example.org', email_verified: 'true', name: 'Ana' }, {}],
  ['a claim that is null', { email: 'ana@example.org', name: null }, { name: undefined }],
  ['a claim of another type', { email: 5, email_verified: 1 }, { email: undefined, email_verified: undefined }],
])('a profile with %s reads each claim or counts it as not given', (_name, claims, changed) => {
  expect(readProfile({ ...person, ...claims })).toEqual({ ...person, ...claims, ...changed })
})

test.each([null, {}, { iss: person.iss }, { ...person, sub: 7 }])('nobody is behind the profile %j', (profile) => {
  expect(() => readProfile(profile)).toThrow()
})
