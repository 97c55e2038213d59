// A package after it was agreed: found in the list, read with its totals, asked about by a
// service, reviewed; and put together without scripts.
import { test, before, after } from 'node:test'
import { strict as assert } from 'node:assert'
import { open, come, look, narrow } from './house.js'
import { api, asked, at, called } from './panel.js'

/** What two services give to Leo from 7 December to 16 July. */
const PACKAGE = {
  key_worker: { name: 'Dawn Farrow', role: 'specialist teacher', contact: '01632 960 417' },
  key_worker_of: { service: 'specialist-sen' },
  contributions: [
    { service: 'specialist-sen', what: 'A specialist teacher in class', outcome: 'Leo stays in class',
      lead: 'Dawn Farrow', support: 'outreach', quantity: 1.5, unit: 'hour', frequency: 'weekly',
      unit_cost: { pence: 2150 }, starts: '2026-12-07', ends: '2027-07-16', funding: 'high_needs',
      review_on: '2027-03-15' },
    { service: 'speech-language-therapy', what: 'A therapist, once a month', outcome: 'Leo asks for a break',
      lead: 'Tessa Birch', support: 'advice', quantity: 1, unit: 'session', frequency: 'monthly',
      unit_cost: { pence: 9400 }, starts: '2026-12-07', ends: '2027-07-16', funding: 'health',
      review_on: '2027-03-15' },
  ],
}

let house, leo
before(async () => {
  house = await open(['--demo-clock', '2026-12-01T12:00:00Z'])
  leo = await asked(house, '900012', ['Leo', 'Ashcombe'], 'ASD', 'funding')
  const meeting = await called(house, '2026-12-01T13:00:00Z', [leo])
  await at(house, '2026-12-01T13:00:00Z')
  await api(house, 'demo-panel', `/meetings/${meeting}/attendance`, { event: 'arrived',
    members: ['joan-ferris', 'ruth-okonjo', 'kirsty-lyle', 'amy-pell'] })
  await api(house, 'demo-panel', `/meetings/${meeting}/items/${leo.id}/decide`, {
    decision: 'package', package: PACKAGE, evidence: ['request'],
    reason: { code: 'need_beyond_ordinary', criteria: ['terms of reference'], text: 'He needs both.' },
  })
  await api(house, 'demo-service-speech-language-therapy', `/requests/${leo.id}/actions/query`,
    { text: 'Our next free Monday is in January: is that early enough?' })
})
after(async () => { await house.close() })

const rows = table => table.getByRole('row').evaluateAll(all =>
  all.map(row => [...row.children].map(cell => cell.innerText.trim())))

test('a package is found, read, and its service answered', async () => {
  const { page, broken } = await come(house, 'The panel manager')
  await page.getByRole('link', { name: 'Packages', exact: true }).click()
  await look(page, 'packages')
  await narrow(page, 'packages')
  await page.getByText('Filters').click()
  await page.getByLabel('To be reviewed before').fill('2026-12-02')
  await page.getByRole('button', { name: 'Show these' }).click()
  assert.equal(await page.getByRole('link', { name: leo.reference }).count(), 0)
  await page.getByRole('link', { name: 'Reviews that are overdue' }).click()
  await look(page, 'packages-overdue')
  await page.getByRole('link', { name: 'All, the next to end first' }).click()
  await page.getByRole('link', { name: leo.reference }).click()
  // By hand: 32 weeks at £32.25, 17 of them by March; 8 months at £94, 4 of them by March.
  assert.deepEqual(await rows(page.getByRole('table', { name: 'Totals by agency' })), [
    ['Agency', '2026/27', '2027/28', 'Total'],
    ['Education', '£548.25', '£483.75', '£1,032'],
    ['Health', '£376', '£376', '£752'],
    ['All together', '£924.25', '£859.75', '£1,784'],
  ])
  await page.getByText('What the family is told').click()
  await look(page, 'package')
  await narrow(page, 'package')
  await page.getByRole('button', { name: 'Answer a service' }).click()
  await look(page, 'package-answer')
  await page.getByLabel('Your answer').fill('January is early enough.')
  await page.getByRole('button', { name: 'Send the answer' }).click()
  assert.match(await page.textContent('main'), /January is early enough/)
  assert.equal(await page.getByRole('button', { name: 'Answer a service' }).count(), 0)
  assert.deepEqual(broken, [])
})

test('a review says what was found and what follows', async () => {
  const { page } = await come(house, 'The panel manager')
  await page.goto(`/requests/${leo.id}`)
  await page.getByRole('link', { name: /^The package of support/ }).click()
  await page.getByRole('button', { name: 'Record a review' }).click()
  await look(page, 'review-which')
  await page.getByLabel('Goes on as it is').check()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('button', { name: 'Record the review' }).click()
  await look(page, 'review-faults')
  for (const part of await page.getByRole('region').all()) {
    await part.getByLabel('Partly met').check()
    await part.getByLabel(/What was measured/).fill('Three mornings of five.')
  }
  await page.getByLabel('In all').fill('He has come far.')
  await page.getByLabel('Reviewed again on').fill('2027-05-10')
  await page.getByRole('button', { name: 'Record the review' }).click()
  await look(page, 'reviewed')
  assert.match(await page.textContent('main'), /Next review 10 May 2027/)
  assert.match(await page.textContent('main'), /Partly/)
})

test('without scripts parts are added, removed and worked out, and nothing typed is lost', async () => {
  const { page } = await come(house, 'The panel manager', { javaScriptEnabled: false })
  await page.goto(`/requests/${leo.id}/review-package?then=change`)
  const part = number => page.getByRole('group', { name: `Part ${number}`, exact: true })
  await page.getByLabel('In all').fill('He needs less.')
  await part(1).getByLabel('How much each time').fill('1')
  await page.getByRole('button', { name: 'Add a part' }).click()
  await page.getByRole('button', { name: 'Remove part 2' }).click()
  assert.equal(await part(2).getByLabel('What is given').inputValue(), '')
  await part(2).getByLabel('Who gives it').selectOption('agency:voluntary')
  await part(2).getByLabel('Kind of support').selectOption('advice')
  await part(2).getByLabel('How much each time').fill('1')
  await part(2).getByLabel('Counted in').selectOption('sum')
  await part(2).getByLabel('How often').selectOption('once')
  await part(2).getByLabel('Cost of one').fill('250.50')
  await part(2).getByLabel('First day').fill('2027-01-11')
  await part(2).getByLabel('Last day').fill('2027-01-11')
  await page.getByRole('button', { name: 'Work out' }).last().click()
  assert.equal(await page.getByLabel('In all').inputValue(), 'He needs less.')
  assert.equal(await part(1).getByLabel('What is given').inputValue(), 'A specialist teacher in class')
  const table = page.getByRole('table', { name: 'Totals by agency' })
  assert.match(await table.innerText(), /Education\s+£365.50\s+£322.50\s+£688/)
  assert.match(await table.innerText(), /Voluntary sector\s+£250.50\s+£0\s+£250.50/)
})
