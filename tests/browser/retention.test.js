// Records that have come to the end of their time: due by the clock, disposed of by a person who
// is sure, and never what a hold keeps.
import { test, before, after } from 'node:test'
import { strict as assert } from 'node:assert'
import { api, open, come, look, narrow } from './house.js'
import { at } from './panel.js'

const CLOSED = '2026-11-23T10:00:00Z'
const A_YEAR_LATER = '2027-11-24T10:00:00Z'

let house
before(async () => { house = await open(['--demo-clock', CLOSED]) })
after(async () => { await house.close() })

/** A request about a child that was advised on and closed; with the child. */
async function closed(given_name) {
  const sent = await api(house, 'school-900001', 'POST', '/requests', {
    about: 'child', requested_by: { name: 'R. Hughes', role: 'SENCO' },
    child: { given_name, family_name: 'Quendelina', date_of_birth: '2016-03-02' },
    needs: { primary: 'HI', description: `${given_name} misses what is said behind her.` },
    support_sought: ['equipment'],
    consent: { given: true, by: 'parent', on: '2026-06-01', method: 'written' },
  })
  const act = (name, body) => api(house, 'adviser', 'POST', `/requests/${sent.id}/actions/${name}`, body)
  await act('advise', { text: 'Seat her at the front.' })
  await act('close', { ending: 'advice_given', text: 'Nothing more to do.' })
  const { child } = await api(house, 'adviser', 'GET', `/requests/${sent.id}`)
  return { id: sent.id, reference: sent.reference, child: child.id }
}

test('what the schedule keeps no longer is due a year later, is erased with a certificate, and what is held stays', async () => {
  const [gone, held] = [await closed('Posy'), await closed('Fern')]
  const { page } = await come(house, 'The data protection officer')
  await page.goto('/retention/set')
  const rule = page.getByRole('group', { name: 'A request that led to no support' })
  await rule.getByLabel('Kept for so many years').fill('1')
  await rule.getByLabel('From', { exact: true }).selectOption('closed')
  await rule.getByLabel('Where the rule comes from').fill('Our own schedule of 2026')
  await page.getByRole('button', { name: 'Set the schedule' }).click()
  await page.goto('/')
  assert.match(await page.textContent('main'), /Nothing has come to the end of its time/)
  await page.goto(`/children/${held.child}/hold`)
  await page.getByLabel('A complaint is being looked into').check()
  await page.getByLabel('In words').fill('Her mother complains.')
  await page.getByRole('button', { name: 'Put the hold' }).click()

  await at(house, A_YEAR_LATER)
  const later = await come(house, 'The data protection officer')
  await look(later.page, 'retention-start')
  assert.match(await later.page.textContent('main'), /They have been kept for as long as the schedule says/)
  await later.page.getByRole('link', { name: 'Records to erase' }).click()
  await due(later.page, gone, held)
  await erased(later.page, gone)
})

/** What is due, and that nothing is erased by half a wish. */
async function due(page, gone, held) {
  await look(page, 'retention-due')
  await narrow(page, 'retention-due')
  assert.doesNotMatch(await page.content(), /Posy|Fern/)
  const line = it => page.getByRole('row').filter({ has: page.getByRole('link', { name: it.child.slice(-6), exact: true }) })
  assert.match(await line(held).innerText(), /Yes: it stays/)
  assert.equal(await line(held).getByRole('checkbox').count(), 0)
  assert.match(await line(gone).innerText(), /23 November 2027/)
  await page.getByRole('button', { name: 'Erase those that are ticked' }).click()
  const faults = await page.textContent('.govuk-error-summary')
  assert.match(faults, /Choose whose records to erase/)
  assert.match(faults, /cannot be undone/)
  await look(page, 'retention-due-faults')
  await line(gone).getByRole('checkbox').check()
  await page.getByLabel('I understand').check()
  await page.getByRole('button', { name: 'Erase those that are ticked' }).click()
}

/** It is done, there is a certificate, and nobody reads of her again. */
async function erased(page, gone) {
  assert.match(await page.textContent('.govuk-notification-banner'), /1 erased, 0 not/)
  await look(page, 'retention-disposed')
  await page.getByRole('link', { name: /^Certificate of/ }).click()
  assert.match(await page.textContent('main'), /kept for as long as the rules say/)
  await look(page, 'retention-certificate')
  await page.goto(`/requests/${gone.id}`)
  assert.doesNotMatch(await page.content(), /Posy|misses what is said/)
  await page.goto('/retention/due')
  assert.equal(await page.getByRole('link', { name: gone.child.slice(-6), exact: true }).count(), 0)
  const adviser = await come(house, 'The duty adviser')
  await adviser.page.goto(`/requests/${gone.id}`)
  assert.doesNotMatch(await adviser.page.content(), /Posy|misses what is said/)
}
