// A commissioner sees how everything is going, follows every number to what is behind it, and never
// learns who any child is.
import { test, before, after } from 'node:test'
import { strict as assert } from 'node:assert'
import { open, come, look, narrow } from './house.js'

let house
let names
before(async () => {
  house = await open()
  names = await everyName()
})
after(async () => { await house.close() })

const FIGURES = ['response-times', 'flow', 'queues', 'spend', 'gaps', 'feedback']

/** What children are called: as an adviser, who may know, is told. */
async function everyName() {
  const headers = { authorization: 'Bearer demo-adviser' }
  const found = new Set()
  let cursor = ''
  do {
    const answer = await fetch(`${house.address}/api/v1/requests?limit=200${cursor}`, { headers })
    const list = await answer.json()
    for (const { child } of list.items) {
      if (child?.given_name) found.add(`${child.given_name} ${child.family_name}`)
    }
    cursor = list.next && `&cursor=${list.next}`
  } while (cursor)
  assert.ok(found.size > 20, `${found.size} names`)
  return found
}

/** A commissioner on whose every page is nobody's name. */
async function commissioner() {
  const visit = await come(house, 'A commissioner')
  const nameless = async () => {
    const said = await visit.page.content()
    for (const name of names) assert.ok(!said.includes(name), `${name} on ${visit.page.url()}`)
  }
  const visited = async path => {
    const answer = await visit.page.goto(path)
    assert.equal(answer.status(), 200, path)
    await nameless()
  }
  return { ...visit, visited, nameless }
}

/** What the requests that are listed from an address on count, page by page: one each, or what the
 *  page says where some count more than once. No name is among them. */
async function counted(page, href) {
  let [count, more] = [0]
  while (href) {
    const answer = await page.request.get(href)
    assert.equal(answer.status(), 200, href)
    const said = await answer.text()
    for (const name of names) assert.ok(!said.includes(name), `${name} at ${href}`)
    count += said.match(/<th scope="row"/g)?.length ?? 0
    more = said.match(/The number counts ([\d,]+)/)?.[1]
    const heads = said.match(/([\d,]+) requests? behind this number/)?.[1]
    href = said.match(/rel="next" href="([^"]+)"/)?.[1].replaceAll('&amp;', '&').replaceAll('&#x2f;', '/')
    if (!href && heads) assert.equal(count, whole(heads), 'the heading says how many are listed')
  }
  return more ? whole(more) : count
}

const whole = written => Number(written.replaceAll(',', ''))

/** The numbers on a page that lead somewhere, each with where. */
async function numbers(page) {
  const links = await page.locator('main table a, main .govuk-body-l a, .fd-numbers dt + dd a').evaluateAll(all =>
    all.map(it => ({ says: it.textContent.trim(), href: it.getAttribute('href') })))
  return links.filter(it => /^[\d,]+$/.test(it.says)).map(it => ({ ...it, number: whole(it.says) }))
}

test('the start tells a commissioner what matters, and leads there', async () => {
  const { page, broken, visited, nameless } = await commissioner()
  await nameless()
  await look(page, 'commissioner-start')
  await narrow(page, 'commissioner-start')
  const found = await numbers(page)
  assert.ok(found.length >= 3, JSON.stringify(found))
  await page.getByRole('link', { name: 'All figures' }).click()
  assert.equal(new URL(page.url()).pathname, '/figures')
  await visited('/requests')
  assert.deepEqual(broken, [])
})

test('every figure reads well, on a phone too', async () => {
  const { page, broken, visited } = await commissioner()
  for (const figure of ['', ...FIGURES.map(it => `/${it}`)]) {
    await visited(`/figures${figure}`)
    await look(page, `figures${figure.replaceAll('/', '-')}`)
    await narrow(page, `figures${figure.replaceAll('/', '-')}`)
  }
  assert.deepEqual(broken, [])
})

test('a chart says what it is, and has the numbers of its table', async () => {
  const { page, visited } = await commissioner()
  await visited('/figures/flow')
  const chart = page.getByRole('img', { name: /Where open requests were/ })
  await chart.waitFor()
  const open = await page.locator('table').first().locator('tbody tr:not(.fd-total) td:last-child').allTextContents()
  const drawn = await chart.locator('text').allTextContents()
  for (const number of open) assert.ok(drawn.includes(number.trim()), `${number} of ${drawn}`)
})

test('behind every number are as many requests as it says', async () => {
  const { page, visited, broken } = await commissioner()
  const ways = ['/', '/figures', '/figures/flow', '/figures/flow?group_by=week', '/figures/queues', '/figures/feedback', '/figures/gaps',
    '/figures/response-times', '/figures/response-times?group_by=service&promise=first_contact', '/figures/response-times?group_by=area', '/figures/spend']
  const seen = new Set()
  for (const way of ways) {
    await visited(way)
    for (const { number, href } of await numbers(page)) {
      if (seen.has(href)) continue
      seen.add(href)
      assert.equal(await counted(page, href), number, `${href}, from ${way}`)
    }
  }
  assert.ok(seen.size > 40, `${seen.size} numbers were followed`)
  assert.deepEqual(broken, [])
})

test('from a number one gets to a request, and back to the figure as it was', async () => {
  const { page, visited, nameless } = await commissioner()
  await visited('/figures/flow?group_by=week')
  await page.locator('.fd-total a').first().click()
  await look(page, 'figures-behind')
  await narrow(page, 'figures-behind')
  const back = page.getByRole('link', { name: 'Back to the figure' })
  assert.match(await back.getAttribute('href'), /^\/figures\/flow\?.*group_by=week/)
  await page.getByRole('rowheader').getByRole('link').first().click()
  await nameless()
  assert.match(new URL(page.url()).pathname, /^\/requests\/[0-9a-f-]+$/)
})

test('another time and another grouping are a matter of a form', async () => {
  const { page, visited } = await commissioner()
  await visited('/figures/response-times')
  await page.getByText('Choose another time or grouping').click()
  await look(page, 'figures-choosing')
  await page.getByLabel('From', { exact: true }).fill('2020-01-01')
  await page.getByLabel('To', { exact: true }).fill('2020-06-30')
  await page.getByRole('button', { name: 'Show' }).click()
  await page.getByText('From 1 January 2020 to 30 June 2020').waitFor()
  await page.getByText('No promise was made in this time').waitFor()
  await page.getByText('Choose another time or grouping').click()
  await page.getByRole('link', { name: 'Last 12 months' }).click()
  await page.getByRole('img', { name: /Promises kept/ }).waitFor()
  await page.getByText('Choose another time or grouping').click()
  await page.getByLabel('Grouped by').selectOption('service')
  await page.getByRole('button', { name: 'Show' }).click()
  await page.getByRole('columnheader', { name: 'Service' }).first().waitFor()
})

test('a time that ends before it begins is told to be one', async () => {
  const { page } = await commissioner()
  const answer = await page.goto('/figures/flow?from=2026-05-01&to=2026-04-01')
  assert.equal(answer.status(), 422)
  await page.getByRole('heading', { name: 'There is a problem' }).waitFor()
  await look(page, 'figures-fault')
})

test('what is printed is the figure: its charts whole, and nothing to click', async () => {
  const { page, visited } = await commissioner()
  await page.emulateMedia({ media: 'print' })
  await page.setViewportSize({ width: 720, height: 1000 })
  for (const figure of ['flow', 'queues', 'response-times']) {
    await visited(`/figures/${figure}`)
    assert.ok(!await page.getByRole('navigation', { name: 'Figures' }).isVisible())
    assert.ok(!await page.getByRole('link', { name: /Download/ }).isVisible())
    const cut = await page.locator('.fd-chart').evaluateAll(charts => charts.flatMap(chart => {
      const room = chart.getBoundingClientRect()
      return [...chart.querySelectorAll('text')].filter(it => {
        const box = it.getBoundingClientRect()
        return box.left < room.left - 1 || box.right > room.right + 1 || box.bottom > room.bottom + 1
      }).map(it => it.textContent)
    }))
    assert.deepEqual(cut, [], figure)
    const wide = await page.evaluate(() => document.documentElement.scrollWidth)
    assert.ok(wide <= 720, `${figure} is ${wide} wide on paper of 720`)
    await look(page, `print-${figure}`)
  }
})

test('every figure can be taken to a spreadsheet, as it stands', async () => {
  const { page, visited } = await commissioner()
  for (const figure of FIGURES) {
    await visited(`/figures/${figure}`)
    const href = await page.getByRole('link', { name: /Download/ }).getAttribute('href')
    const answer = await page.request.get(href)
    assert.equal(answer.status(), 200, href)
    assert.match(answer.headers()['content-type'], /^text\/csv/)
    const table = await answer.text()
    for (const name of names) assert.ok(!table.includes(name), `${name} in ${href}`)
  }
})

test('an auditor gets from a number to the events that made it', async () => {
  const { page } = await come(house, 'An auditor')
  await page.goto('/figures/flow')
  const closed = page.locator('.fd-total a').nth(2)
  const number = await closed.textContent()
  await closed.click()
  await page.getByRole('link', { name: 'The events that made them count' }).click()
  await page.getByText(`It counts ${number}`).waitFor()
})

test('a school has its own response times and no figure of others', async () => {
  const { page } = await come(house, 'A school')
  assert.equal((await page.goto('/figures/response-times')).status(), 200)
  for (const figure of ['flow', 'queues', 'spend', 'gaps']) {
    assert.equal((await page.goto(`/figures/${figure}`)).status(), 404, figure)
    assert.equal((await page.goto(`/figures/${figure}/requests`)).status(), 404, figure)
  }
})
