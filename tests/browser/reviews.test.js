// What a review of a package leads to: it goes on for longer, it ends, or the panel has it again.
import { test, before, after } from 'node:test'
import { strict as assert } from 'node:assert'
import { open, come, comeAs, look, narrow } from './house.js'
import { api, asked, at, called } from './panel.js'

const part = (service, support, what) => ({ service, support, what, outcome: 'Stays in class',
  lead: 'Dawn Farrow', quantity: 1, unit: 'hour', frequency: 'weekly', unit_cost: { pence: 2150 },
  starts: '2026-12-07', ends: '2027-07-16', funding: 'high_needs', review_on: '2027-03-15' })

const PACKAGE = {
  key_worker: { name: 'Dawn Farrow', role: 'specialist teacher' },
  key_worker_of: { service: 'specialist-sen' },
  contributions: [part('specialist-sen', 'outreach', 'A specialist teacher in class')],
}

let house, longer, over, again
before(async () => {
  house = await open(['--demo-clock', '2026-12-01T12:00:00Z'])
  const requests = []
  for (const name of ['Leo', 'Mia', 'Ned']) requests.push(await asked(house, '900012', [name, 'Ashcombe'], 'ASD', 'funding'))
  ;[longer, over, again] = requests
  const meeting = await called(house, '2026-12-01T13:00:00Z', requests)
  await at(house, '2026-12-01T13:00:00Z')
  await api(house, 'demo-panel', `/meetings/${meeting}/attendance`, { event: 'arrived',
    members: ['joan-ferris', 'ruth-okonjo', 'kirsty-lyle', 'amy-pell'] })
  for (const { id } of requests) {
    await api(house, 'demo-panel', `/meetings/${meeting}/items/${id}/decide`, {
      decision: 'package', package: PACKAGE, evidence: ['request'],
      reason: { code: 'need_beyond_ordinary', criteria: ['terms of reference'], text: 'More is needed.' },
    })
  }
})
after(async () => { await house.close() })

/** Comes to the form of a review by what follows from it, and says what was found. */
async function reviewing(page, { id }, follows, name) {
  await page.goto(`/requests/${id}/package`)
  await page.getByRole('button', { name: 'Record a review' }).click()
  await page.getByLabel(follows, { exact: true }).check()
  await page.getByRole('button', { name: 'Continue' }).click()
  await look(page, name)
  await narrow(page, name)
  await page.getByRole('button', { name: 'Record the review' }).click()
  await look(page, `${name}-faults`)
  assert.match(await page.textContent('[id="results.0.outcome-error"]'), /required/)
  await page.getByLabel('Partly met').check()
  await page.getByLabel(/What was measured/).fill('Three mornings of five.')
  await page.getByLabel('In all').fill('Come far, and not there yet.')
}

const record = page => page.getByRole('button', { name: 'Record the review' }).click()

test('a package goes on for longer, and what that comes to is worked out first', async () => {
  const { page, broken } = await come(house, 'The panel manager')
  await reviewing(page, longer, 'Goes on for longer', 'review-extend')
  const form = page.getByRole('group', { name: 'Part 1', exact: true })
  assert.equal(await form.getByLabel('Last day').inputValue(), '2027-07-16')
  await form.getByLabel('Last day').fill('2027-12-17')
  await form.getByLabel('Reviewed on').fill('2027-09-20')
  await page.getByRole('button', { name: 'Work out' }).last().click()
  // By hand: from Monday 7 December 2026 to Friday 17 December 2027 is 54 times £21.50.
  assert.match(await page.getByRole('table', { name: 'Totals by agency' }).innerText(), /£1,161/)
  await look(page, 'review-extend-worked')
  await record(page)
  await look(page, 'review-extended')
  assert.match(await page.textContent('main'), /Next review 20 September 2027/)
  assert.match(await page.textContent('main'), /17 December 2027/)
  assert.deepEqual(broken.filter(it => !/422/.test(it)), [])
})

test('a package ends, and no more is done to it', async () => {
  const { page } = await come(house, 'The panel manager')
  await reviewing(page, over, 'Ends today', 'review-end')
  await record(page)
  await look(page, 'review-ended')
  assert.match(await page.textContent('main'), /Over/)
  assert.equal(await page.getByRole('button', { name: 'Record a review' }).count(), 0)
  await page.goto(`/requests/${over.id}`)
  await look(page, 'review-ended-request')
})

test('the key worker’s service refers a package back, and the panel has it again', async () => {
  const { page } = await comeAs(house, 'demo-service-specialist-sen')
  await page.goto(`/requests/${again.id}`)
  await page.getByRole('link', { name: /^The package of support/ }).click()
  await reviewing(page, again, 'Goes back to the panel', 'review-refer')
  await record(page)
  await look(page, 'review-referred')
  assert.match(await page.textContent('main'), /Back before the panel/)
  assert.match(await page.textContent('main'), /The support was reviewed: the panel has it again/)
  const shown = await api(house, 'demo-panel', `/requests/${again.id}`)
  assert.equal(shown.status, 'awaiting_panel')
  const panel = await come(house, 'The panel manager')
  await panel.page.goto('/panels/communication-interaction')
  assert.ok(await panel.page.getByRole('link', { name: again.reference }).count())
})
