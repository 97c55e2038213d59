// A day at the desk: what comes in, is asked about, is passed on and is taken up; and what was
// left lying shows as late.
import { test, before, after } from 'node:test'
import { strict as assert } from 'node:assert'
import { open, come, look } from './house.js'

const MORNING = '2026-11-25T10:00:00Z'
const NEXT_WEEK = '2026-12-03T10:00:00Z'

let house
before(async () => { house = await open(['--demo-clock', MORNING]) })
after(async () => { await house.close() })

/** What a school's own system sends. */
async function send(method, path, body, key) {
  const answer = await fetch(house.address + path, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const says = await answer.json()
  assert.ok(answer.ok, JSON.stringify(says))
  return says
}

const ASKED = {
  channel: 'api',
  requested_by: { name: 'Meera Nair', role: 'SENCO' },
  about: 'child',
  child: { given_name: 'Otto', family_name: 'Fairlight', date_of_birth: '2017-04-09', year_group: 4 },
  needs: { primary: 'MLD', description: 'He loses the thread of what is said to the class.' },
  support_sought: ['advice'],
  tried: [{ started: '2026-06-01', reviewed: '2026-07-10', provision: 'Pre-teaching of words', outcome: 'some_progress' }],
  consent: { given: true, by: 'parent', on: '2026-11-01' },
  summary: 'How should we go on?',
}

test('a request comes in, is asked about, is passed on with a reason, and is taken up', async () => {
  const adviser = await come(house, 'The duty adviser')
  const { page } = adviser
  await page.getByRole('link', { name: 'For the duty adviser' }).click()
  assert.equal(await page.getByText('Fairlight').count(), 0)

  const { reference, status } = await send('POST', '/api/v1/requests', ASKED, 'demo-school-900001')
  assert.equal(status, 'with_duty_adviser')
  const line = page.getByRole('row').filter({ hasText: reference })
  await line.waitFor({ timeout: 30_000 })
  assert.equal(await page.locator('#said').textContent(), '1 new request.')
  assert.match(await line.innerText(), /5 days left/)
  await look(page, 'day-new')

  await line.getByRole('link').click()
  assert.match(await page.textContent('main'), /Only advice is asked for/)
  await page.getByText('Services that do not fit').click()
  const learning = page.getByRole('region', { name: 'Specialist SEN service: Learning' })
  assert.match(await learning.innerText(), /Not met/)
  await look(page, 'day-reasons')

  await page.getByRole('link', { name: 'Ask the school', exact: true }).click()
  await page.getByLabel('Question 1').fill('Was there a second cycle of support?')
  await look(page, 'day-ask')
  await page.getByRole('button', { name: 'Ask the school' }).click()
  await look(page, 'day-asked')
  assert.match(await page.textContent('main'), /Waiting for the school/)
  const request = page.url().split('?')[0]
  const id = request.split('/').at(-1)

  await send('POST', `/api/v1/requests/${id}/actions/supply-information`,
    { text: 'Yes, in September; it is not reviewed yet.' }, 'demo-school-900001')
  await page.goto(request)
  assert.match(await page.textContent('main'), /it is not reviewed yet/)

  await page.getByRole('link', { name: 'Pass to a service' }).click()
  await page.getByLabel('To which service?').selectOption('specialist-sen')
  await page.getByLabel('Reason').selectOption('professional_judgement')
  await page.getByLabel('In your own words').fill('The second cycle is as good as done.')
  await page.getByRole('button', { name: 'Pass to a service' }).click()
  await look(page, 'day-routed')
  assert.match(await page.textContent('main'), /The second cycle is as good as done/)

  await send('POST', `/api/v1/requests/${id}/actions/accept`, {}, 'demo-service-specialist-sen')
  await page.goto(request)
  assert.match(await page.textContent('main'), /Specialist SEN service took it on/)
  const answer = page.getByRole('heading', { name: /^Response/ })
  assert.match(await answer.innerText(), /Kept/)
  await look(page, 'day-taken')
})

test('what nobody answered in time shows as late, first in the list and on the request', async () => {
  const { reference } = await send('POST', '/api/v1/requests', ASKED, 'demo-school-900002')
  await send('PUT', '/demo/clock', { now: NEXT_WEEK }, 'demo-adviser')
  const { page } = await come(house, 'The duty adviser')
  await page.goto('/requests?late=true')
  const line = page.getByRole('row').filter({ hasText: reference })
  assert.match(await line.innerText(), /Late by 1 hour/)
  await look(page, 'day-late')
  await line.getByRole('link').click()
  assert.match(await page.getByRole('heading', { name: /^Response/ }).innerText(), /Broken/)
  assert.equal(await page.locator('.fd-clock--strip .fd-late').count(), 1)
  await look(page, 'day-late-request')
})
