// A front door of its own for the tests, and browsers that look at each page they come to.
import { spawn } from 'node:child_process'
import { mkdtemp, mkdir, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strict as assert } from 'node:assert'
import { chromium } from 'playwright-core'

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const pictures = new URL('../../target/screenshots/', import.meta.url).pathname
const program = process.env.FRONTDOOR_BIN ??
  new URL('../../target/release/frontdoor', import.meta.url).pathname

/** A made-up county, served; and a browser. `more` is what else the server is told. */
export async function open(more = []) {
  const home = await mkdtemp(join(tmpdir(), 'frontdoor-'))
  await mkdir(pictures, { recursive: true })
  const args = ['serve', '--demo', '--demo-requests', '60', '--listen', '127.0.0.1:0',
    '--data-dir', join(home, 'data'), '--log-level', 'warn', ...more]
  const server = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const address = await new Promise((found, lost) => {
    let said = ''
    server.stdout.on('data', text => {
      said += text
      const where = said.match(/listens on (http:\/\/[\d.:]+)/)
      if (where) found(where[1])
    })
    server.on('exit', () => lost(new Error(`the server is gone: ${said}`)))
  })
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  const close = async () => {
    await browser.close()
    server.removeAllListeners('exit')
    const gone = new Promise(over => server.on('exit', over))
    server.kill()
    await gone
    await rm(home, { recursive: true, force: true })
  }
  return { address, browser, close }
}

/** Somebody at a browser of their own, who chose whom to be. */
export async function come(house, who, options = {}) {
  const visitor = await arrive(house, options)
  await visitor.page.getByRole('button', { name: who, exact: true }).click()
  return inside(visitor)
}

/** Somebody whom the door does not name, with their demonstration key. */
export async function comeAs(house, key, options = {}) {
  const visitor = await arrive(house, options)
  await visitor.page.getByText('Be somebody else').click()
  await visitor.page.getByLabel('Demonstration key').fill(key)
  await visitor.page.getByRole('button', { name: 'Be this person' }).click()
  return inside(visitor)
}

/** The same, once they have come in: whoever goes on before that never does. */
async function inside(visitor) {
  await visitor.page.waitForURL(address => !address.pathname.startsWith('/sign-in'))
  return visitor
}

async function arrive(house, options) {
  const context = await house.browser.newContext({ baseURL: house.address, ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(8000)
  looksOnceItIsThere(page)
  const broken = []
  page.on('console', message => {
    if (message.type() === 'error') broken.push(message.text())
  })
  page.on('pageerror', error => broken.push(String(error)))
  await page.goto('/sign-in')
  return { page, broken, context }
}

/** Whoever clicks, or presses a key, reads the page that comes of it once all of it is there. */
function looksOnceItIsThere(page) {
  const press = page.keyboard.press.bind(page.keyboard)
  page.keyboard.press = async (...how) => {
    await press(...how)
    await page.waitForLoadState()
  }
  const locator = Object.getPrototypeOf(page.locator('main'))
  if (locator.press.waits) return
  for (const does of ['click', 'press']) {
    const original = locator[does]
    locator[does] = async function (...how) {
      await original.apply(this, how)
      await this.page().waitForLoadState()
    }
    locator[does].waits = true
  }
}

/**
 * Looks at a page: no fault of accessibility, nothing lost on the narrowest screen that WCAG 1.4.10
 * asks for nor at 200 % on one of 1280 (1.4.4), and a picture.
 */
export async function look(page, name) {
  await page.evaluate(axe)
  const faults = await page.evaluate(async () => {
    const found = await window.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      resultTypes: ['violations'],
    })
    return found.violations.map(it => `${it.id}: ${it.nodes.map(node => node.html).join(' | ')}`)
  })
  assert.deepEqual(faults, [], `${name}, ${page.url()}`)
  for (const width of [320, 640]) await asWide(page, width, () => nothingLost(page, name, width))
  await picture(page, name)
}

/** A picture of the page as a telephone shows it. */
export async function narrow(page, name) {
  await asWide(page, 320, () => picture(page, `${name}-narrow`))
}

async function picture(page, name) {
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true })
}

async function asWide(page, width, then) {
  const size = page.viewportSize()
  await page.setViewportSize({ width, height: width * 2 })
  await then()
  await page.setViewportSize(size)
}

/** Nothing reaches beyond the screen, and no words are cut off. Fields scroll; paper has its own width. */
async function nothingLost(page, name, width) {
  const lost = await page.evaluate(() => {
    if (matchMedia('print').matches) return { wide: 0, cut: [] }
    const wide = document.documentElement.scrollWidth
    const cut = [...document.querySelectorAll('main :not(input, select, textarea)')].filter(it =>
      it.scrollWidth > it.clientWidth + 1 && it.clientWidth > 1 &&
      ['hidden', 'clip'].includes(getComputedStyle(it).overflowX))
    return { wide, cut: cut.map(it => it.outerHTML.slice(0, 120)) }
  })
  assert.ok(lost.wide <= width, `${name} is ${lost.wide} wide on a screen of ${width}`)
  assert.deepEqual(lost.cut, [], `${name} cuts words off on a screen of ${width}`)
}

/** What somebody does with a key of the demonstration: only to set a test up. */
export async function api(house, key, method, path, body) {
  const answer = await fetch(`${house.address}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer demo-${key}`, 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  })
  const says = await answer.json().catch(() => null)
  assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${JSON.stringify(says)}`)
  return says
}
