// A service manager's whole job: take on, decline, hand over, first contact, outcome; and the
// directory that everybody reads.
import { test, before, after } from 'node:test'
import { strict as assert } from 'node:assert'
import { open, come, comeAs, look, narrow } from './house.js'

const OWN = 'sensory-support'
const MANAGER = 'A service manager'

let house
before(async () => { house = await open() })
after(async () => { await house.close() })

/** A request that the rules send to sensory support, made through the API; its reference and id. */
async function sent(house, name, home) {
  const body = {
    about: 'child',
    requested_by: { name: 'Meera Nair', role: 'SENCO' },
    child: { given_name: name, family_name: 'Quill', date_of_birth: '2017-04-09', home_authority: home },
    needs: { primary: 'HI', description: 'Misses what is said behind her.' },
    support_sought: ['equipment'],
    consent: { given: true, by: 'parent', on: '2026-05-01' },
    summary: 'Advice on a radio aid.',
  }
  const answer = await fetch(`${house.address}/api/v1/requests`, {
    method: 'POST',
    headers: { authorization: 'Bearer demo-school-900001', 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const said = await answer.json()
  assert.equal(answer.status, 201, JSON.stringify(said))
  if (!home) assert.equal(said.route.service, OWN, JSON.stringify(said))
  return said
}

test('a manager takes a request on from the list, records first contact, then an outcome', async () => {
  const { reference } = await sent(house, 'Ada')
  const { page, broken } = await come(house, MANAGER)
  await look(page, 'service-start')
  await narrow(page, 'service-start')
  await page.getByRole('link', { name: 'Waiting for your answer' }).click()
  await look(page, 'service-work')
  await narrow(page, 'service-work')
  const take = page.getByRole('button', { name: `Take on ${reference}` })
  await take.focus()
  await page.keyboard.press('Enter')
  await page.getByText('The service has taken the request on').waitFor()
  await look(page, 'service-taken')

  await page.getByRole('link', { name: `Record first contact with the family of ${reference}` }).click()
  await page.getByLabel('How, with whom, and what was said').fill('Telephoned the mother; we visit on Thursday.')
  await look(page, 'service-contact')
  await page.getByRole('button', { name: 'Record the first contact' }).click()
  await page.getByText('The contact is recorded').waitFor()

  await page.getByRole('link', { name: 'Your service' }).click()
  await page.getByRole('link', { name: `Record outcome of ${reference}` }).click()
  await page.getByLabel('The support is in place').check()
  await page.getByLabel('What should be known').fill('She wears the radio aid all day.')
  await look(page, 'service-outcome')
  await page.getByRole('button', { name: 'Record the outcome' }).click()
  await page.getByText('The outcome is recorded').waitFor()
  await look(page, 'service-outcome-done')
  assert.doesNotMatch(page.url() + await page.title(), /Ada|Quill/)
  assert.deepEqual(broken, [])
})

test('a manager declines with criteria ticked, and the adviser reads why', async () => {
  const { id, reference } = await sent(house, 'Bea')
  const { page } = await come(house, MANAGER)
  await page.goto(`/services/${OWN}/work`)
  await page.getByRole('link', { name: `Decline ${reference}` }).click()
  await look(page, 'service-decline')
  await narrow(page, 'service-decline')
  await page.getByRole('button', { name: 'Decline' }).click()
  await look(page, 'service-decline-faults')
  await page.getByLabel('Our criteria are not met').check()
  await page.getByRole('checkbox').first().check()
  await page.getByLabel('In your own words').fill('Her hearing test in May was within the usual range.')
  await page.getByRole('button', { name: 'Decline' }).click()
  await page.getByText('The request has gone back').waitFor()
  assert.equal(new URL(page.url()).pathname, '/services/sensory-support/work')
  assert.equal(await page.getByText(reference).count(), 0)

  const adviser = await fetch(`${house.address}/api/v1/requests/${id}/timeline`,
    { headers: { authorization: 'Bearer demo-adviser' } })
  const declined = (await adviser.json()).items.find(it => it.type === 'request.declined')
  assert.deepEqual(declined.data.reason.criteria, [`${OWN}/sensory-need/needs.primary`])
})

test('a manager hands a request over, and finds it no longer', async () => {
  const { reference } = await sent(house, 'Cleo')
  const { page } = await come(house, MANAGER)
  await page.goto(`/services/${OWN}/work`)
  await page.getByRole('link', { name: reference, exact: true }).click()
  await page.getByRole('link', { name: 'Hand over' }).click()
  await look(page, 'service-hand-over')
  await page.getByLabel('To which service?').selectOption({ label: 'Educational psychology service' })
  await page.getByLabel('It is the right one for this child').check()
  await page.getByLabel('In your own words').fill('Her hearing is not what holds her back.')
  await page.getByRole('button', { name: 'Hand over' }).click()
  await page.getByText('The request has gone to the other service').waitFor()
  assert.equal(await page.getByText(reference).count(), 0)
})

test('another service contributes, sees its part, and is released', async () => {
  const { id, reference } = await sent(house, 'Dora')
  const { page } = await come(house, MANAGER)
  await page.goto(`/services/${OWN}/work`)
  await page.getByRole('button', { name: `Take on ${reference}` }).click()
  await page.goto(`/requests/${id}/involve`)
  await page.getByLabel('Which service should contribute?').selectOption({ label: 'Educational psychology service' })
  await page.getByLabel('What do you ask of it?').fill('A look at how she learns.')
  await look(page, 'service-involve')
  await page.getByRole('button', { name: 'Ask another service to help too' }).click()
  await page.getByText('The other service has been asked to contribute').waitFor()

  const other = await comeAs(house, 'demo-service-educational-psychology')
  await other.page.getByRole('link', { name: 'Waiting for your answer' }).click()
  const row = other.page.getByRole('row').filter({ hasText: reference })
  assert.match(await row.innerText(), /Contributing/)
  await row.getByRole('button', { name: `Take on ${reference}` }).click()
  await look(other.page, 'service-contributing')

  await page.goto(`/requests/${id}/release`)
  await page.getByLabel('Which service has done its part?').selectOption({ label: 'Educational psychology service' })
  await page.getByLabel('Why?').fill('Its advice is in the plan.')
  await page.getByRole('button', { name: 'Let a service go' }).click()
  await page.getByText('The other service’s part is over').waitFor()
})

test('everybody reads what a service does, for whom and how it is reached', async () => {
  for (const who of ['A school', 'The duty adviser', 'A commissioner']) {
    const { page, context } = await come(house, who)
    await page.getByRole('link', { name: 'Services' }).click()
    const name = who.toLowerCase().replaceAll(' ', '-')
    await look(page, `services-${name}`)
    await narrow(page, `services-${name}`)
    await page.getByRole('link', { name: 'Sensory impairment service' }).click()
    await look(page, `service-entry-${name}`)
    const says = await page.textContent('main')
    assert.match(says, /is one of: .*Hearing impairment|Hearing impairment/i)
    assert.match(says, /Within 2 working days/)
    assert.equal(/How busy/.test(says), who !== 'A school')
    await context.close()
  }
})

test('what another authority is given can be read and printed by the adviser', async () => {
  const { id, reference } = await sent(house, 'Elsie', '835')
  const redirected = await fetch(`${house.address}/api/v1/requests/${id}/actions/redirect`, {
    method: 'POST',
    headers: { authorization: 'Bearer demo-adviser', 'content-type': 'application/json' },
    body: JSON.stringify({ authority: '835' }),
  })
  assert.equal(redirected.status, 200, await redirected.text())
  const { page } = await come(house, 'The duty adviser')
  await page.goto(`/requests/${id}`)
  await page.getByRole('link', { name: 'Hand-over record' }).click()
  await look(page, 'hand-over-record')
  await narrow(page, 'hand-over-record')
  assert.match(await page.textContent('main'), new RegExp(`${reference}[\\s\\S]*Elsie Quill`))
  assert.doesNotMatch(await page.title(), /Elsie/)
})
