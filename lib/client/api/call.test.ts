import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { callApi, failureOf } from './call'
import { isSignedOut, noteSignedOut, subscribeToSignedOut } from './signed-out'

const forPrograms = 'Sign in, or send a personal token as Authorization: Bearer <token>.'

beforeEach(() => {
  noteSignedOut(false)
})
afterEach(() => {
  vi.unstubAllGlobals()
})

function answerWith(status: number, body: unknown) {
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json(body, { status })))
}

it('tells a person who is signed out to sign in, and not how programs do it', async () => {
  answerWith(401, { code: 'unauthenticated', detail: forPrograms })
  let told = 0
  const stop = subscribeToSignedOut(() => {
    told += 1
  })
  const result = await callApi({ method: 'POST', path: '/api/v1/threads', body: {} })
  await callApi({ method: 'POST', path: '/api/v1/threads', body: {} })
  expect(result).toMatchObject({ ok: false, status: 401, code: 'unauthenticated' })
  expect(result.ok ? '' : result.message).toMatch(/signed out.*Sign in again/)
  expect([isSignedOut(), told]).toEqual([true, 1])
  answerWith(200, {})
  await callApi({ method: 'GET', path: '/api/v1/me' })
  expect([isSignedOut(), told]).toEqual([false, 2])
  stop()
})

it('keeps the server’s words for every other refusal, and does not call it a sign-out', () => {
  expect(failureOf(403, { code: 'forbidden', detail: 'Your role may not.' }).message).toBe('Your role may not.')
  expect(failureOf(500, null).message).toMatch(/makes no sense/)
  const fields = [{ path: 'note', message: 'Too long.' }, { path: 5 }, 'note']
  expect(failureOf(502, { code: 5, detail: {}, fields })).toMatchObject({
    code: 'internal',
    message: failureOf(500, null).message,
    fields: fields.slice(0, 1),
  })
  expect(isSignedOut()).toBe(false)
})
