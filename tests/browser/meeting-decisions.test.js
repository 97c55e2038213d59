// What a panel decides other than support: it declines, or another authority is to have it; and
// what an officer must say of one decision before it is in force.
import { test, before, after } from 'node:test'
import { strict as assert } from 'node:assert'
import { open, come, look, narrow } from './house.js'
import { api, asked, at, called } from './panel.js'

const SCHOOL = '900012'
const THERE = ['joan-ferris', 'ruth-okonjo', 'kirsty-lyle', 'amy-pell']
const ADVISING = ['helen-strand', 'owen-pryce', 'grace-adeleke', 'tom-bexley', 'irene-calder', 'simon-ghali']

let house, meeting, leo, ada, advised
before(async () => {
  house = await open(['--demo-clock', '2026-12-01T12:00:00Z'])
  leo = await asked(house, SCHOOL, ['Leo', 'Ashcombe'], 'ASD', 'funding')
  ada = await asked(house, SCHOOL, ['Ada', 'Winterton'], 'SLCN', 'funding')
  advised = []
  for (const name of ['Hal', 'Ida']) advised.push(await asked(house, SCHOOL, [name, 'Kemp'], 'HI', 'funding'))
  meeting = await called(house, '2026-12-01T13:00:00Z', [leo, ada])
  const advising = await called(house, '2026-12-01T13:00:00Z', advised, 'sensory-physical')
  await at(house, '2026-12-01T13:01:00Z')
  const arrived = members => ({ event: 'arrived', members })
  await api(house, 'demo-panel', `/meetings/${meeting}/attendance`, arrived(THERE))
  await api(house, 'demo-panel', `/meetings/${advising}/attendance`, arrived(ADVISING))
  for (const { id } of advised) {
    await api(house, 'demo-panel', `/meetings/${advising}/items/${id}/decide`, {
      decision: 'advice', evidence: ['request'],
      reason: { code: 'criteria_met', criteria: ['terms of reference'], text: 'A radio aid first.' },
    })
  }
})
after(async () => { await house.close() })

/** Comes to the form of one decision on one item, as a clerk does in the meeting. */
async function deciding(page, item, decision) {
  await page.goto(`/meetings/${meeting}/items/${item.id}`)
  await page.getByRole('button', { name: 'Record the decision' }).click()
  await page.getByLabel(decision, { exact: true }).check()
  await page.getByRole('button', { name: 'Continue' }).click()
}

const record = page => page.getByRole('button', { name: 'Record the decision' }).click()

/** The main part of a page as another person reads it. */
async function reads(who, address, name) {
  const { page, context } = await come(house, who)
  await page.goto(address)
  await look(page, name)
  const says = await page.textContent('main')
  await context.close()
  return says
}

test('a panel declines with its reasons, and the school reads them', async () => {
  const { page, broken } = await come(house, 'The panel manager')
  await deciding(page, leo, 'Decline')
  await look(page, 'meeting-decline')
  await narrow(page, 'meeting-decline')
  await record(page)
  await look(page, 'meeting-decline-faults')
  assert.match(await page.textContent('#reason-error, [id="reason.code-error"]'), /reason|required/i)
  await page.getByLabel('Reason', { exact: true }).selectOption('ordinary_support_first')
  await page.getByLabel('In the panel’s words').fill('Two cycles of what the school ordinarily gives come first.')
  await page.getByLabel('The panel’s terms of reference').check()
  await record(page)
  await look(page, 'meeting-declined')
  assert.match(await page.textContent('#order'), /Declined, at 1:01pm, by 4/)
  assert.deepEqual(broken.filter(it => !/422/.test(it)), [])

  const adviser = await reads('The duty adviser', `/requests/${leo.id}`, 'meeting-declined-request')
  assert.match(adviser, /Two cycles of what the school ordinarily gives come first/)
  const school = await api(house, `demo-school-${SCHOOL}`, `/requests/${leo.id}/timeline`)
  assert.match(JSON.stringify(school), /Two cycles of what the school ordinarily gives/)
})

test('a panel sends a request to another authority, and a coordinator records that it is there', async () => {
  const { page } = await come(house, 'The panel manager')
  await deciding(page, ada, 'It is for another authority')
  await look(page, 'meeting-redirect')
  await page.getByLabel('The other authority’s number').fill('865')
  await page.getByLabel('Reason', { exact: true }).selectOption('other')
  await page.getByLabel('In the panel’s words').fill('Ada’s family moved in November.')
  await page.getByLabel('The panel’s terms of reference').check()
  await record(page)
  await look(page, 'meeting-redirect-faults')
  assert.match(await page.textContent('#authority-error'), /./)
  await page.getByLabel('The other authority’s number').fill('845')
  await record(page)
  await look(page, 'meeting-redirected')
  assert.match(await page.textContent('#order'), /For another authority, at 1:01pm, by 4/)

  const coordinator = await come(house, 'A coordinator')
  await coordinator.page.goto(`/requests/${ada.id}`)
  await look(coordinator.page, 'redirected-request')
  await coordinator.page.getByRole('link', { name: 'Record that the other authority has it' }).click()
  await look(coordinator.page, 'receipt')
  await narrow(coordinator.page, 'receipt')
  await coordinator.page.getByLabel('Day', { exact: true }).fill('24')
  await coordinator.page.getByRole('button', { name: 'Record that the other authority has it' }).click()
  await look(coordinator.page, 'receipt-faults')
  assert.match(await coordinator.page.textContent('#received_on-error'), /to come|future/)
  await coordinator.page.getByLabel('Day', { exact: true }).fill('1')
  await coordinator.page.getByLabel('Their reference').fill('ES/2026/0417')
  await coordinator.page.getByLabel('Who said so?').fill('The duty officer')
  await coordinator.page.getByRole('button', { name: 'Record that the other authority has it' }).click()
  await look(coordinator.page, 'receipted')
  assert.match(await coordinator.page.textContent('main'), /received it on 1 December 2026/)
  assert.match(await coordinator.page.textContent('main'), /ES\/2026\/0417/)
  assert.equal((await api(house, 'demo-coordinator', `/requests/${ada.id}`)).status, 'closed')
})

test('an officer says of one request whether what the panel advised is in force', async () => {
  const [agreed, refused] = advised
  const { page } = await come(house, 'The panel manager')
  await page.goto(`/requests/${agreed.id}`)
  await page.getByRole('link', { name: 'Say whether the decision is in force' }).click()
  await look(page, 'ratify-one')
  await narrow(page, 'ratify-one')
  assert.match(await page.textContent('main'), /A radio aid first/)
  await page.getByLabel('Yes, it is in force from now on').check()
  await page.getByRole('button', { name: 'Say whether the decision is in force' }).click()
  await look(page, 'ratified-one')
  assert.match(await page.textContent('main'), /Your word is recorded/)

  await page.goto(`/requests/${refused.id}/ratify`)
  await page.getByRole('button', { name: 'Say whether the decision is in force' }).click()
  assert.match(await page.textContent('#agreed-error'), /required/)
  await page.getByLabel('No, it goes back to the panel').check()
  await page.getByRole('button', { name: 'Say whether the decision is in force' }).click()
  await look(page, 'ratify-one-faults')
  assert.match(await page.textContent('#reason-error'), /reason/)
  await page.getByLabel('Reason', { exact: true }).selectOption('evidence_missing')
  await page.getByLabel('The criterion that it is about').fill('terms of reference')
  await page.getByLabel('In your own words').fill('Her audiogram is three years old.')
  await page.getByRole('button', { name: 'Say whether the decision is in force' }).click()
  await look(page, 'ratify-one-refused')
  assert.equal((await api(house, 'demo-panel', `/requests/${refused.id}`)).status, 'awaiting_panel')
  assert.match(await page.textContent('main'), /Her audiogram is three years old/)
})
