// The rules as plain English, and a change of them from the first draft to the first decision.
import { test, before, after } from 'node:test'
import { strict as assert } from 'node:assert'
import { open, come, look, narrow } from './house.js'

let house
before(async () => { house = await open() })
after(async () => { await house.close() })

const button = (page, name) => page.getByRole('button', { name, exact: true })
const link = (page, name) => page.getByRole('link', { name, exact: true })

/** A request for a child who hears badly, which the sensory service takes by the rules in force. */
const hearing = async () => {
  const body = JSON.stringify({
    about: 'child',
    child: { given_name: 'Ada', family_name: 'Pike', date_of_birth: '2017-04-09' },
    requested_by: { name: 'Sam Hill', role: 'SENCO' },
    needs: { primary: 'HI' },
    support_sought: ['equipment'],
    consent: { given: true, by: 'parent', on: '2026-05-01', method: 'written' },
  })
  const headers = { authorization: 'Bearer demo-school-900001', 'content-type': 'application/json' }
  const answer = await fetch(`${house.address}/api/v1/requests`, { method: 'POST', headers, body })
  return (await answer.json()).route
}

test('a school reads the rules as a table of plain English', async () => {
  const { page, broken } = await come(house, 'A school')
  await page.goto('/rules')
  await look(page, 'rules')
  await link(page, 'Version 1').click()
  await look(page, 'rules-version')
  await narrow(page, 'rules-version')
  const table = page.getByRole('table', { name: /Ways into Sensory support/ })
  assert.match(await table.innerText(), /The primary need is hearing impairment/)
  assert.deepEqual(broken, [])
})

test('a commissioner drafts a change; an administrator activates it; the next request goes by it', async () => {
  assert.deepEqual(await hearing(), { kind: 'service', service: 'sensory-support' })
  const commissioner = await come(house, 'A commissioner')
  const page = commissioner.page
  await link(page, 'Rules').click()
  await look(page, 'rules-commissioner')
  await button(page, 'Draft a change').click()
  await look(page, 'rules-draft-new')
  assert.match(await page.textContent('main'), /So far it says what the rules in force say/)
  const draft = page.url()

  // A criterion is added in two steps: what it is about, and then how.
  await link(page, 'Change Sensory support').click()
  await look(page, 'rules-service')
  await narrow(page, 'rules-service')
  await page.getByLabel('Add a criterion to “Sensory need”').selectOption('cycles_completed')
  await button(page, 'Save and go on').click()
  await button(page, 'Save').click()
  await look(page, 'rules-service-faults')
  assert.match(await page.getByRole('alert').innerText(), /exactly one value|cannot be tested|at least one value/)
  await page.goto(draft)
  await look(page, 'rules-draft-faulty')
  assert.match(await page.textContent('main'), /To put right/)
  assert.equal(await button(page, 'Activate this draft').count(), 0)

  await page.getByRole('link', { name: 'Sensory support', exact: true }).first().click()
  const cycles = page.getByRole('group', { name: /cycles tried and reviewed/ })
  if (!await cycles.getByLabel('Number').isVisible()) await cycles.getByText('Change', { exact: false }).click()
  await cycles.getByLabel('How').selectOption('at_least')
  await cycles.getByLabel('Number').fill('2')
  await button(page, 'Save').click()
  await look(page, 'rules-service-saved')
  await link(page, 'See what the draft changes').click()
  await look(page, 'rules-draft')
  await narrow(page, 'rules-draft')
  const changes = page.getByRole('table', { name: 'What changes' })
  assert.match(await changes.innerText(), /Sensory support[\s\S]*The number of cycles tried and reviewed is at least 2/)
  assert.match(await page.textContent('main'), /would have gone elsewhere/)
  assert.match(await page.textContent('main'), /An administrator activates it/)
  assert.equal((await page.goto(`${draft}/activate`)).status(), 404)
  assert.deepEqual(await hearing(), { kind: 'service', service: 'sensory-support' }, 'a draft decides nothing')

  const administrator = await come(house, 'The administrator')
  const desk = administrator.page
  await desk.goto(draft)
  await button(desk, 'Activate this draft').click()
  await look(desk, 'rules-activate')
  await button(desk, 'Continue').click()
  await look(desk, 'rules-activate-faults')
  await desk.getByLabel('Why do the rules change?').fill('Two reviewed cycles are asked for everywhere.')
  await button(desk, 'Continue').click()
  await look(desk, 'rules-activate-sure')
  await button(desk, 'Yes, decide by these rules from now on').click()
  await look(desk, 'rules-activated')
  assert.match(await desk.getByRole('alert').innerText(), /These rules decide from now on/)
  assert.match(await desk.textContent('main'), /Two reviewed cycles are asked for everywhere/)

  const route = await hearing()
  assert.notEqual(route.service, 'sensory-support')

  await link(desk, 'Version 2').click()
  await look(desk, 'rules-version-2')
  assert.match(await desk.getByRole('table', { name: 'What changes' }).innerText(), /at least 2/)
  await desk.goto(draft)
  await look(desk, 'rules-draft-activated')
  assert.match(await desk.textContent('main'), /It became version 2/)
})

test('a service is added, a way in is taken out, and panels are changed', async () => {
  const service = { name: 'Forest school', agency: 'voluntary', first_contact_working_days: 4, offers: [] }
  const headers = { authorization: 'Bearer demo-admin', 'content-type': 'application/json' }
  await fetch(`${house.address}/api/v1/services/forest-school`, { method: 'PUT', headers, body: JSON.stringify(service) })
  const { page } = await come(house, 'The administrator')
  await page.goto('/rules')
  await button(page, 'Draft a change').click()
  const draft = page.url()
  await link(page, 'Add a service').click()
  await look(page, 'rules-service-new')
  await page.getByLabel('Service', { exact: true }).selectOption('forest-school')
  await page.getByLabel('Name of the new way in').fill('looked after')
  await page.getByLabel('What it asks about first').selectOption('looked_after')
  await button(page, 'Save and go on').click()
  await page.getByLabel('Yes', { exact: true }).check()
  await button(page, 'Save').click()
  await page.goto(draft)
  assert.match(await page.getByRole('table', { name: 'What changes' }).innerText(), /The child is looked after/)

  await link(page, 'Change Sensory support').click()
  await page.getByLabel(/^Remove the way in “Recent diagnosis”/).check()
  await button(page, 'Save').click()
  await page.goto(draft)
  await link(page, 'Change panels, and who decides').click()
  await look(page, 'rules-panels')
  await page.getByLabel('The rules recommend').check()
  await button(page, 'Save').click()
  await look(page, 'rules-draft-changed')
  const changes = await page.getByRole('table', { name: 'What changes' }).innerText()
  assert.match(changes, /Recent diagnosis/)
  assert.match(changes, /The rules recommend, the duty adviser confirms/)
})
