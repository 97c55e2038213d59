// Unmet need: requests that one service after another let go, from the refusals to the figure and
// from the figure back to the requests.
import { test, before, after } from 'node:test'
import { strict as assert } from 'node:assert'
import { api, open, come, look, narrow } from './house.js'

let house
before(async () => { house = await open() })
after(async () => { await house.close() })

const REASON = { reason: { code: 'criteria_not_met', criteria: ['needs.primary'], text: 'Not for us.' } }

/** A request that two services let go. */
async function fallen(given_name) {
  const sent = await api(house, 'school-900001', 'POST', '/requests', {
    about: 'child', requested_by: { name: 'R. Hughes', role: 'SENCO' },
    child: { given_name, family_name: 'Quendelina', date_of_birth: '2016-03-02' },
    needs: { primary: 'HI' }, support_sought: ['equipment'],
    consent: { given: true, by: 'parent', on: '2026-06-01', method: 'written' },
  })
  const act = (key, name, body) => api(house, key, 'POST', `/requests/${sent.id}/actions/${name}`, body)
  await act('service-sensory-support', 'decline', REASON)
  await act('adviser', 'route', { service: 'specialist-sen', reason: { code: 'professional_judgement', criteria: ['x'], text: 'Try them.' } })
  await act('service-specialist-sen', 'decline', REASON)
  return sent.reference
}

test('requests that two services let go show as a gap, with the reasons and the way to each', async () => {
  const references = [await fallen('Una'), await fallen('Vera')]
  const { page, broken } = await come(house, 'A commissioner')
  await page.goto('/figures/gaps')
  assert.match(await page.textContent('main'), /\d times a request was let go by one service after another/)
  const row = page.getByRole('row').filter({ hasText: /Sensory support/ }).filter({ hasText: /Specialist SEN/ })
  assert.match(await row.innerText(), /Sensory and physical/)
  assert.match(await row.innerText(), /\(4\)/, 'two reasons for each of two requests')
  await page.getByRole('img', { name: /fell between services/ }).waitFor()
  await look(page, 'gaps-found')
  await narrow(page, 'gaps-found')
  await row.getByRole('link').last().click()
  const main = await page.textContent('main')
  for (const reference of references) assert.ok(main.includes(reference), `${reference} is not behind the number`)
  assert.doesNotMatch(main, /Quendelina|Una |Vera /)
  await look(page, 'gaps-behind')
  assert.deepEqual(broken, [])
})

test('the overview counts them, and a time before them has none', async () => {
  const { page } = await come(house, 'A commissioner')
  await page.goto('/figures')
  const number = page.locator('.fd-numbers > div').filter({ hasText: 'Fell between services' })
  assert.ok(Number(await number.getByRole('link').first().innerText()) >= 2)
  await page.goto('/figures/gaps?from=2020-01-01&to=2020-12-31')
  assert.match(await page.textContent('main'), /No request was let go by one service after another in this time/)
  await look(page, 'gaps-none')
})
