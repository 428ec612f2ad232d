import { describe, expect, it } from 'vitest'
import { parseJson, readBytes } from './request-body'

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
