// A pack that was published again says to each member what changed since that member read it.
import { test, before, after } from 'node:test'
import { strict as assert } from 'node:assert'
import { open, look, narrow } from './house.js'
import { api, asked, called, comeAs } from './panel.js'

let house, pack, request
before(async () => {
  house = await open(['--demo-clock', '2026-11-24T12:00:00Z'])
  request = await asked(house, '900012', ['Noah', 'Birling'], 'SLCN', 'funding')
  const meeting = await called(house, '2026-12-01T13:00:00Z', [request])
  pack = `/meetings/${meeting}/items/${request.id}/pack`
})
after(async () => { await house.close() })

/** Something comes in, and the pack is published with it. */
async function comesIn(text) {
  await api(house, 'demo-coordinator', `/requests/${request.id}/actions/note`, { text })
  await api(house, 'demo-panel', pack, {})
}

/** What changed, as the page lists it: the heading, and how many lines. */
async function changes(page) {
  await page.goto(pack)
  const inset = page.locator('.govuk-inset-text')
  return [await inset.getByRole('heading').innerText(), await inset.getByRole('listitem').count()]
}

test('whoever read the first version is told all that came after it, and others of the last alone', async () => {
  const reader = await comeAs(house, 'demo-panel-amy-pell')
  await reader.page.goto(pack)
  await look(reader.page, 'pack-first')
  assert.equal(await reader.page.locator('.govuk-inset-text').count(), 0)
  await comesIn('The therapist’s report has come.')
  await comesIn('The school sent its timetable.')

  assert.deepEqual(await changes(reader.page), ['Changed since you read version 1', 2])
  await look(reader.page, 'pack-changed')
  await narrow(reader.page, 'pack-changed')
  assert.deepEqual(await changes(reader.page), ['Changed since version 2', 1])
  const other = await comeAs(house, 'demo-panel-colin-drewe')
  assert.deepEqual(await changes(other.page), ['Changed since version 2', 1])
})
