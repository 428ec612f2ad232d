import { createServer, type RequestListener } from 'node:http'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { fetchPage } from './fetch-page'
import { configuredRules, type FetchRules } from './guard'

const page = '<!doctype html><title>A cold winter</title><h1>A cold winter</h1><p>The harbour froze twice.</p>'

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

/** A site on this machine; answers its port and the paths that were asked for. */
async function publish(answer: RequestListener): Promise<{ port: number; asked: string[] }> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  ends.push(
    () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => {
          resolve()
        })
      }),
  )
  const address = server.address()
  return { port: typeof address === 'object' && address !== null ? address.port : 0, asked }
}

/** Rules that let a publisher on this machine pass, by its port, as a public site would be; every name is its own. */
function rulesFor(port: number, resolve: FetchRules['resolve'] = () => Promise.resolve(['127.0.0.1'])): FetchRules {
  const { isAllowed } = configuredRules()
  return { isAllowed: (address, asked) => isAllowed(address, asked) || asked === port, resolve }
}

const noPage = /There is no public site|Write an address in full|user name or a password/

describe('addresses that lead to this machine or a private network', () => {
  const canaryForms = [
    'http://127.0.0.1:PORT/',
    'http://127.1:PORT/',
    'http://127.0.1:PORT/',
    'http://2130706433:PORT/',
    'http://0x7f000001:PORT/',
    'http://0177.0.0.1:PORT/',
    'http://0x7f.1:PORT/',
    'http://0:PORT/',
    'http://0.0.0.0:PORT/',
    'http://localhost:PORT/',
    'http://LOCALHOST.:PORT/',
    'http://[::1]:PORT/',
    'http://[::]:PORT/',
    'http://[::ffff:127.0.0.1]:PORT/',
    'http://[::ffff:7f00:1]:PORT/',
    'http://[::7f00:1]:PORT/',
    'http://[64:ff9b::7f00:1]:PORT/',
    'http://[2002:7f00:1::]:PORT/',
    'http://１２７.０.０.１:PORT/',
    'http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:PORT/',
    'http://example.org@127.0.0.1:PORT/',
    'http://user:secret@localhost:PORT/',
    'http://127.0.0.1:PORT\\@example.org/',
    'ftp://127.0.0.1:PORT/',
    'file:///etc/passwd',
    'gopher://127.0.0.1:PORT/',
    'javascript:alert(1)',
    'data:text/html,x',
    '//127.0.0.1:PORT/',
  ]
  it.each(canaryForms)('%s is refused, and nothing is asked there', async (form) => {
    const canary = await publish((_request, response) => response.end(page))
    const failed = fetchPage(form.replaceAll('PORT', String(canary.port)), {})
    await expect(failed).rejects.toMatchObject({ code: 'invalid', message: expect.stringMatching(noPage) as string })
    expect(canary.asked).toEqual([])
  })

  const elsewhere = [
    'http://10.0.0.1/',
    'http://172.16.5.4/',
    'http://192.168.1.1/',
    'http://100.64.0.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://192.0.2.1/',
    'http://198.18.0.1/',
    'http://203.0.113.9/',
    'http://224.0.0.1/',
    'http://240.0.0.1/',
    'http://255.255.255.255/',
    'http://[fd00::1]/',
    'http://[fe80::1]/',
    'http://[fec0::1]/',
    'http://[ff02::1]/',
    'http://[2001:db8::1]/',
    'http://[2001::1]/',
    'http://[4000::1]/',
    'http://93.184.215.14:22/',
    'http://93.184.215.14:8080/',
  ]
  it.each(elsewhere)('%s is refused at once', async (address) => {
    const began = performance.now()
    await expect(fetchPage(address, {})).rejects.toMatchObject({ code: 'invalid' })
    expect(performance.now() - began).toBeLessThan(4_000)
  })

  it.each([
    ['a name of this machine', ['127.0.0.1']],
    ['a name of a private machine', ['10.1.2.3']],
    ['a name with a public and a private address', ['93.184.215.14', '127.0.0.1']],
    ['a name with a private address of IPv6', ['::ffff:127.0.0.1']],
    ['a name without an address', []],
  ])('%s is refused', async (_what, addresses) => {
    const rules = { ...configuredRules(), resolve: () => Promise.resolve(addresses) }
    await expect(fetchPage('http://harbour.example/', { rules })).rejects.toMatchObject({
      message: expect.stringMatching(noPage) as string,
    })
  })

  it('a redirect to any of them is refused, on the first hop and on the second', async () => {
    const canary = await publish((_request, response) => response.end(page))
    for (const form of canaryForms.slice(0, 21)) {
      const target = form.replaceAll('PORT', String(canary.port))
      const site = await publish((request, response) => {
        if (request.url === '/robots.txt') response.writeHead(404).end()
        else if (request.url === '/first') response.writeHead(302, { location: '/second' }).end()
        else response.writeHead(307, { location: Buffer.from(target).toString('latin1') }).end()
      })
      for (const path of ['first', 'second']) {
        const address = `http://harbour.example:${String(site.port)}/${path}`
        await expect(fetchPage(address, { rules: rulesFor(site.port) }), form).rejects.toMatchObject({
          code: 'invalid',
        })
      }
    }
    expect(canary.asked).toEqual([])
  })

  it('a robots.txt that leads to one is not followed', async () => {
    const canary = await publish((_request, response) => response.end('User-agent: *\nAllow: /'))
    const location = `http://127.0.0.1:${String(canary.port)}/`
    const site = await publish((_request, response) => response.writeHead(302, { location }).end())
    const failed = fetchPage(`http://harbour.example:${String(site.port)}/`, { rules: rulesFor(site.port) })
    await expect(failed).rejects.toMatchObject({ code: 'invalid' })
    expect(canary.asked).toEqual([])
  })

  it('a name that changes its address between two connections gains nothing', async () => {
    const canary = await publish((_request, response) => response.end(page))
    const site = await publish((request, response) => {
      if (request.url === '/robots.txt') response.writeHead(404, { connection: 'close' }).end()
      else response.end(page)
    })
    let asked = 0
    // First an address that may be connected to, then one that may not; each is given once.
    const rules: FetchRules = {
      isAllowed: (address) => address === '127.0.0.1',
      resolve: () => Promise.resolve([asked++ === 0 ? '127.0.0.1' : '127.0.0.2']),
    }
    const failed = fetchPage(`http://harbour.example:${String(site.port)}/`, { rules })
    await expect(failed).rejects.toMatchObject({ message: expect.stringMatching(noPage) as string })
    expect(asked).toBe(2)
    expect(site.asked).toEqual(['/robots.txt'])
    expect(canary.asked).toEqual([])
  })
})

describe('a page', () => {
  const html = { 'content-type': 'text/html; charset=utf-8' }
  const withoutRobots =
    (answer: RequestListener): RequestListener =>
    (request, response) => {
      if (request.url === '/robots.txt') response.writeHead(404).end()
      else answer(request, response)
    }
  const fetchFrom = async (answer: RequestListener, path = '/page') => {
    const site = await publish(answer)
    const address = `http://harbour.example:${String(site.port)}${path}`
    return { site, address, fetched: fetchPage(address, { rules: rulesFor(site.port) }) }
  }

  it('comes with its bytes, its address after redirects, and what the site said', async () => {
    const { fetched, address } = await fetchFrom(
      withoutRobots((request, response) => {
        if (request.url === '/page') response.writeHead(301, { location: '/winter#top' }).end()
        else response.writeHead(200, { ...html, 'set-cookie': 'a=b', etag: '"7"' }).end(page)
      }),
    )
    const { bytes, url, requestedUrl, status, headers } = await fetched
    expect(new TextDecoder().decode(bytes)).toBe(page)
    expect({ url, requestedUrl, status }).toEqual({
      url: address.replace('/page', '/winter'),
      requestedUrl: address,
      status: 200,
    })
    expect(headers).toMatchObject({ ...html, etag: '"7"' })
    expect(headers).not.toHaveProperty('set-cookie')
  })

  const refused: [what: string, answer: RequestListener, code: string, says: RegExp][] = [
    ['that is not there', (_, response) => response.writeHead(404).end(), 'invalid', /answered 404: there is no such/],
    ['behind a paywall', (_, response) => response.writeHead(403).end(), 'invalid', /answered 403: .* paste/],
    ['of a failing site', (_, response) => response.writeHead(503).end(), 'invalid', /answered 503: .* later/],
    [
      'that is a picture',
      (_, response) => response.writeHead(200, { 'content-type': 'image/png' }).end('x'),
      'unsupported-media-type',
      /image\/png, which holds no text/,
    ],
    [
      'that says that it is too large',
      (_, response) => response.writeHead(200, { ...html, 'content-length': 30_000_000 }).end('x'),
      'too-large',
      /more than 25 MB/,
    ],
    [
      'that unpacks to more than it may have',
      (_, response) =>
        response.writeHead(200, { ...html, 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(40_000_000))),
      'too-large',
      /more than 25 MB/,
    ],
    [
      'that leads on and on',
      (request, response) => response.writeHead(302, { location: `${request.url ?? ''}x` }).end(),
      'invalid',
      /more than 5 times/,
    ],
    ['of a site that hangs up', (request) => request.socket.destroy(), 'invalid', /does not answer/],
  ]
  it.each(refused)('%s is refused with what would work', async (...[, answer, code, says]) => {
    const { fetched } = await fetchFrom(withoutRobots(answer))
    await expect(fetched).rejects.toMatchObject({ code, message: expect.stringMatching(says) as string })
  })

  it('that robots.txt keeps from programs is not asked for', async () => {
    const robots = 'User-agent: *\nDisallow: /private\n\nUser-agent: sourcemark\nDisallow: /page\n'
    const { fetched, site } = await fetchFrom((request, response) =>
      response.end(request.url === '/robots.txt' ? robots : page),
    )
    await expect(fetched).rejects.toMatchObject({ message: expect.stringMatching(/robots\.txt/) as string })
    expect(site.asked).toEqual(['/robots.txt'])
    const allowed = fetchPage(`http://harbour.example:${String(site.port)}/other`, { rules: rulesFor(site.port) })
    expect(await allowed).toMatchObject({ status: 200 })
  })

  it('is given up when its caller goes away', async () => {
    const site = await publish(withoutRobots(() => undefined))
    const gone = new AbortController()
    const rules = rulesFor(site.port)
    const fetched = fetchPage(`http://harbour.example:${String(site.port)}/`, { rules, signal: gone.signal })
    setTimeout(() => {
      gone.abort()
    }, 100)
    await expect(fetched).rejects.toMatchObject({ code: 'invalid' })
  })
})
