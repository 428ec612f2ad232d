import { describe, expect, it } from 'vitest'
import { parseJson, readBytes, isActionBody, isFormBody } from './request-body'

function streamed(parts: string[]): Request {
  const body = new ReadableStream({
    start(controller) {
      for (const part of parts) controller.enqueue(new TextEncoder().encode(part))
      controller.close()
    },
  })
  return new Request('http://localhost', { method: 'POST', body, duplex: 'half' } as RequestInit)
}

describe('readBytes', () => {
  it('reads a stream without a declared length up to the limit', async () => {
    expect(new TextDecoder().decode(await readBytes(streamed(['ab', 'cd']), 4))).toBe('abcd')
  })
  it('stops a stream that passes the limit', async () => {
    await expect(readBytes(streamed(['ab', 'cd', 'e']), 4)).rejects.toMatchObject({ code: 'too-large' })
  })
  it('reads no body as no bytes', async () => {
    expect(await readBytes(new Request('http://localhost'), 4)).toHaveLength(0)
  })
})

describe('parseJson', () => {
  const parse = (text: string) => parseJson(new TextEncoder().encode(text))
  it('counts brackets of the structure only, not those in strings', () => {
    expect(parse(JSON.stringify({ text: '['.repeat(500) + '\\"[' }))).toEqual({ text: '['.repeat(500) + '\\"[' })
  })
  it('takes a byte order mark as RFC 8259 allows', () => {
    expect(parse('\uFEFF{}')).toEqual({})
  })
})

function post(body: string | FormData, type?: string): Request {
  const headers = type === undefined ? {} : { 'content-type': type }
  return new Request('http://localhost/settings', { method: 'POST', body, headers })
}

function formOf(fields: Record<string, string>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  return form
}

describe('the body of an action', () => {
  it.each<[string, Request]>([
    ['arguments', post('["an id",{"role":"lead"},2]', 'text/plain;charset=UTF-8')],
    ['no arguments', post('[]', 'text/plain;charset=UTF-8')],
    ['words that begin with a dollar', post('["$$K1","$undefined","$D2026-01-02T03:04:05.678Z","$n12"]', 'text/plain')],
    ['a form', post(formOf({ '1_name': 'Night desk', '0': '[{},"$K1"]' }))],
    ['an empty form', post(formOf({ '0': '[{},"$K1"]' }))],
    ['a list in a part', post(formOf({ '0': '["$Q1"]', '1': '[]' }))],
  ])('can be read: %s', async (_, request) => {
    expect(await isActionBody(request)).toBe(true)
  })

  it.each<[string, Request]>([
    ['nothing', post('', 'text/plain')],
    ['no JSON', post('{', 'text/plain')],
    ['no list', post('{"0":1}', 'text/plain')],
    ['a form that is not there', post('["$K1"]', 'text/plain')],
    ['a part that is not there', post('["$@3"]', 'text/plain')],
    ['an invalid form', post('nonsense', 'multipart/form-data; boundary=x')],
    ['a form without arguments', post(formOf({ '1_name': 'Night desk' }))],
    ['a form with broken arguments', post(formOf({ '0': '[{},"$K1"' }))],
    ['a form whose part is not there', post(formOf({ '0': '["$Q1"]' }))],
  ])('cannot be read: %s', async (_, request) => {
    expect(await isActionBody(request)).toBe(false)
  })
})

describe('a form that is sent without scripts', () => {
  const bound = '{"id":"4f","bound":"$@1"}'
  it.each<[string, Request, boolean]>([
    ['no form', post('nonsense', 'multipart/form-data; boundary=x'), false],
    ['a form without a boundary', post('nonsense', 'multipart/form-data'), false],
    ['an action without its bound values', post(formOf({ $ACTION_REF_1: '' })), false],
    ['broken bound values', post(formOf({ $ACTION_REF_1: '', '$ACTION_1:0': '{' })), false],
    ['bound values that are null', post(formOf({ $ACTION_REF_1: '', '$ACTION_1:0': 'null' })), false],
    ['bound values whose part is missing', post(formOf({ $ACTION_REF_1: '', '$ACTION_1:0': bound })), false],
    [
      'an action with its bound values',
      post(formOf({ $ACTION_REF_1: '', '$ACTION_1:0': bound, '$ACTION_1:1': '[]' })),
      true,
    ],
    ['fields alone', post(formOf({ name: 'Night desk' })), true],
    ['another media type', post('x', 'text/plain'), true],
  ])('is read or refused: %s', async (_, request, isReadable) => {
    expect(await isFormBody(request)).toBe(isReadable)
  })
})
