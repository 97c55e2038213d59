// A meeting without its chair: the vice-chair is in the chair, or nobody can be; a panel that does
// not stand by what its chair decided; and people called by name when something cannot be done.
import { test, before, after } from 'node:test'
import { strict as assert } from 'node:assert'
import { open, come, look, narrow } from './house.js'
import { api, asked, at, called, comeAs } from './panel.js'

const SCHOOL = '900012'

let house, noah, ada, meeting
before(async () => {
  house = await open(['--demo-clock', '2026-12-01T12:00:00Z'])
  noah = await asked(house, SCHOOL, ['Noah', 'Birling'], 'SLCN', 'funding')
  ada = await asked(house, SCHOOL, ['Ada', 'Winterton'], 'SLCN', 'funding')
  const reason = { code: 'professional_judgement', criteria: ['terms of reference'], text: 'A clear case.' }
  await api(house, 'demo-panel', `/requests/${ada.id}/actions/set-depth`, { depth: 'consent', reason })
  await api(house, 'demo-panel-joan-ferris', `/requests/${ada.id}/actions/decide-for-panel`, {
    decision: 'advice', evidence: ['request'],
    reason: { code: 'criteria_met', criteria: ['terms of reference'], text: 'The cards are in the library.' },
  })
  meeting = await called(house, '2026-12-01T13:00:00Z', [noah])
  await at(house, '2026-12-01T12:58:00Z')
})
after(async () => { await house.close() })

/** Records, on the meeting’s own page, what some of the members did. */
async function attend(page, members, did) {
  await page.goto(`/meetings/${meeting}/attendance`)
  for (const who of members) await page.getByLabel(who).check()
  await page.getByRole('button', { name: did }).click()
}

test('without anybody who may chair there is no quorum, and the page says who is missing', async () => {
  const { page } = await come(house, 'The panel manager')
  await attend(page, ['Joan Ferris'], 'Sent apologies')
  await attend(page, ['Dr Ruth Okonjo', 'Kirsty Lyle', 'Dr Amy Pell', 'Colin Drewe'], 'Came in')
  await page.getByRole('link', { name: /Noah Birling/ }).click()
  await look(page, 'meeting-no-chair')
  assert.match(await page.textContent('main'), /No quorum: 4 decide.*Missing: 1 more as an education adviser/s)
})

test('whoever is in the room already is called by name', async () => {
  const { page } = await come(house, 'The panel manager')
  await attend(page, ['Kirsty Lyle'], 'Came in')
  await look(page, 'meeting-there-already')
  assert.match(await page.textContent('.govuk-error-summary'), /Kirsty Lyle is in the room already/)
  assert.doesNotMatch(await page.textContent('main'), /kirsty-lyle/)
})

test('the vice-chair is in the chair, and the panel does not stand by what its chair decided', async () => {
  await at(house, '2026-12-01T13:01:00Z')
  const { page } = await comeAs(house, 'demo-panel-samir-haddad')
  await attend(page, ['Samir Haddad'], 'Came in')
  await look(page, 'meeting-vice-chair')
  await page.getByRole('link', { name: /: Advice to the school/ }).click()
  await look(page, 'meeting-delegated-vice')
  await page.getByRole('button', { name: 'Record it' }).click()
  assert.match(await page.textContent('#ratified-error'), /required/)
  await page.getByLabel(/^No: the request goes back/).check()
  await page.getByRole('button', { name: 'Record it' }).click()
  await look(page, 'meeting-delegated-faults')
  assert.match(await page.textContent('#reason-error'), /reason/)
  await page.getByLabel('Reason', { exact: true }).selectOption('new_information')
  await page.getByLabel('The criterion that it is about').fill('terms of reference')
  await page.getByLabel('In your own words').fill('The library lent its cards out in October.')
  await page.getByRole('button', { name: 'Record it' }).click()
  await look(page, 'meeting-not-stood-by')
  await narrow(page, 'meeting-not-stood-by')
  assert.match(await page.textContent('main'), /the panel does not stand by it. It is back in the queue/)
  const again = await api(house, 'demo-panel', `/requests/${ada.id}`)
  assert.equal(again.status, 'awaiting_panel')
  await page.goto(`/requests/${ada.id}`)
  await look(page, 'meeting-not-stood-by-request')
  assert.match(await page.textContent('main'), /The library lent its cards out in October/)
})

test('the vice-chair decides, closes and signs, and the minutes say who was in the chair', async () => {
  const { page } = await comeAs(house, 'demo-panel-samir-haddad')
  await page.goto(`/meetings/${meeting}/items/${noah.id}/decide?decision=advice`)
  await page.getByLabel('Reason', { exact: true }).selectOption('criteria_met')
  await page.getByLabel('In the panel’s words').fill('A timetable in pictures, for a term.')
  await page.getByLabel('The panel’s terms of reference').check()
  await page.getByRole('button', { name: 'Record the decision' }).click()
  assert.match(await page.textContent('#order'), /Advice to the school/)
  await at(house, '2026-12-01T13:25:00Z')
  await page.reload()
  await page.getByRole('button', { name: 'Close the meeting' }).click()
  await page.getByRole('button', { name: 'Close the meeting' }).click()
  await look(page, 'meeting-vice-minutes')
  const minutes = await page.textContent('main')
  assert.match(minutes, /In the chair: Samir Haddad/)
  assert.match(minutes, /Apologies[\s\S]*Joan Ferris/)
  assert.match(minutes, /does not stand by it[\s\S]*The library lent its cards out/)
  await page.getByRole('button', { name: 'Sign the minutes' }).click()
  await page.getByRole('button', { name: 'Sign as a true record' }).click()
  assert.match(await page.textContent('main'), /Signed as a true record by Samir Haddad/)
})
