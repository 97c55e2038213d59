// Pages stay light: what comes over the wire on somebody's first visit, and on the next.
import { test, before, after } from 'node:test'
import { strict as assert } from 'node:assert'
import { open, come } from './house.js'

let house
before(async () => { house = await open() })
after(async () => { await house.close() })

const MOST_BYTES = 100_000
const MOST_FILES = 6

const PEOPLE = ['A school', 'The duty adviser', 'A coordinator', 'A service manager', 'The panel manager', 'A commissioner', 'An auditor', 'The data protection officer', 'The administrator']

/** What a page brought over the wire: its bytes, headers included, and its files. */
async function brought(page, path) {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  let bytes = 0
  const kept = new Set()
  const files = new Map()
  session.on('Network.requestWillBeSent', it => files.set(it.requestId, it.request.url))
  session.on('Network.requestServedFromCache', it => kept.add(it.requestId))
  session.on('Network.responseReceived', it => { if (it.response.fromDiskCache) kept.add(it.requestId) })
  session.on('Network.loadingFinished', it => { bytes += it.encodedDataLength })
  await page.goto(path, { waitUntil: 'networkidle' })
  await session.detach()
  const fetched = [...files].filter(([id, url]) => !kept.has(id) && url.startsWith('http')).map(([, url]) => new URL(url).pathname)
  return { bytes, fetched }
}

for (const who of PEOPLE) {
  test(`${who}: every page of the menu is light on the first visit, and lighter on the next`, async () => {
    const { page } = await come(house, who)
    const menu = await page.locator('#navigation a').evaluateAll(links => links.map(it => it.getAttribute('href')))
    for (const path of new Set(['/', ...menu])) {
      // Somebody's first visit: a browser that has nothing yet, with the same session.
      const fresh = await house.browser.newContext({ baseURL: house.address })
      await fresh.addCookies(await page.context().cookies())
      const visit = await fresh.newPage()
      const first = await brought(visit, path)
      assert.ok(first.bytes > 1_000 && first.bytes < MOST_BYTES, `${path} brings ${first.bytes} bytes`)
      assert.ok(first.fetched.length <= MOST_FILES, `${path} brings ${first.fetched}`)
      const next = await brought(visit, path)
      const again = next.fetched.filter(it => it.startsWith('/assets/'))
      assert.deepEqual(again, [], `${path} fetched assets again`)
      assert.ok(next.bytes < first.bytes, `${next.bytes} after ${first.bytes}`)
      await fresh.close()
    }
  })
}
