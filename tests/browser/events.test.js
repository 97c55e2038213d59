// The log, looked through: by what happened, by whom, and by the days on which it was recorded.
import { test, before, after } from 'node:test'
import { strict as assert } from 'node:assert'
import { api, open, come, look, narrow } from './house.js'

let house
before(async () => { house = await open() })
after(async () => { await house.close() })

const kinds = page => page.locator('tbody tr td:nth-of-type(1) .govuk-hint').allInnerTexts()
const show = async page => {
  await page.getByRole('button', { name: 'Show these' }).click()
  await page.waitForURL(/\?/)
  await page.getByText(/\d found, at positions/).waitFor()
}

test('events of one kind are found, page by page, each with the way to itself', async () => {
  const { page, broken } = await come(house, 'An auditor')
  await page.goto('/audit/events')
  const says = await page.locator('option[value="request.triaged"]').textContent()
  await page.getByLabel('What happened').selectOption({ label: says })
  await show(page)
  const first = await kinds(page)
  assert.equal(first.length, 50)
  assert.deepEqual([...new Set(first)], ['request.triaged'])
  assert.match(await page.textContent('caption'), /50 found, at positions \d+ to \d+/)
  await look(page, 'events-of-a-kind')
  await narrow(page, 'events-of-a-kind')
  await page.getByRole('link', { name: 'Next' }).click()
  assert.equal(await page.getByLabel('What happened').inputValue(), 'request.triaged')
  assert.deepEqual([...new Set(await kinds(page))], ['request.triaged'])
  await page.getByRole('rowheader').getByRole('link').first().click()
  assert.equal((await page.textContent('h1')).trim(), says)
  assert.deepEqual(broken, [])
})

test('events are found by whom and by day, and whatever happened to something as one', async () => {
  const { page } = await come(house, 'An auditor')
  const sent = await api(house, 'school-900003', 'POST', '/requests', {
    about: 'school', requested_by: { name: 'Sam Hill', role: 'SENCO' }, support_sought: ['training'],
  })
  const { items } = await api(house, 'auditor', 'GET', '/audit/events?type=request.received&actor=demo-school-900003')
  const last = items.at(-1)
  assert.equal(last.stream, `request-${sent.id}`)
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' }).format(new Date(last.recorded_at))
  await page.goto('/audit/events')
  await page.getByLabel('What happened').selectOption('request')
  await page.getByLabel('Who did it').fill('demo-school-900003')
  await page.getByLabel('From', { exact: true }).fill(day)
  await page.getByLabel('To', { exact: true }).fill(day)
  await show(page)
  const found = await kinds(page)
  assert.ok(found.includes('request.received') && found.every(it => it.startsWith('request.')), found)
  assert.match(await page.locator('tbody').innerText(), /demo-school-900003/)
  await look(page, 'events-of-a-day')
})

test('days without any event say so, and a time that ends before it begins is a fault', async () => {
  const { page } = await come(house, 'An auditor')
  await page.goto('/audit/events?from=2020-01-01&to=2020-01-02')
  assert.match(await page.textContent('main'), /There is no event like this/)
  await look(page, 'events-none')
  await page.getByRole('link', { name: 'Show every event' }).click()
  assert.match(await page.textContent('caption'), /Positions 1 to 50/)
  await page.goto('/audit/events?from=2026-05-01&to=2026-04-01')
  assert.match(await page.textContent('.govuk-error-summary'), /later than/)
  await look(page, 'events-fault')
})

test('without scripts the officer finds events just the same', async () => {
  const { page } = await come(house, 'The data protection officer', { javaScriptEnabled: false })
  await page.goto('/audit/events')
  await page.getByLabel('What happened').selectOption('panel')
  await show(page)
  assert.deepEqual([...new Set(await kinds(page))], ['panel.established'])
})
