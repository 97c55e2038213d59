// Decisions made again that come out otherwise: by rules that came later, one and a period's.
//
// By the rules of its own day a decision comes out as it was, unless the log was tampered with:
// rules, facts and rota are taken as they were known. So it is other rules that make a difference.
import { test, before, after } from 'node:test'
import { strict as assert } from 'node:assert'
import { api, open, come, look, narrow } from './house.js'

let house
before(async () => { house = await open() })
after(async () => { await house.close() })

/** A request of a child who hears badly: by the first rules it goes to sensory support. */
const asked = () => api(house, 'school-900001', 'POST', '/requests', {
  about: 'child', requested_by: { name: 'R. Hughes', role: 'SENCO' },
  child: { given_name: 'Juno', family_name: 'Quendelina', date_of_birth: '2016-03-02' },
  needs: { primary: 'HI' }, support_sought: ['equipment'],
  consent: { given: true, by: 'parent', on: '2026-06-01', method: 'written' },
})

/** Rules come into force by which nobody comes to sensory support for hearing alone. */
async function withdrawn() {
  const draft = await api(house, 'admin', 'POST', '/rulesets/triage/drafts', {})
  const rules = draft.content
  for (const service of rules.services.filter(it => it.service === 'sensory-support')) {
    for (const way of service.ways_in) {
      way.criteria = way.criteria.map(it => it.fact === 'needs.primary' ? { ...it, values: ['MSI'] } : it)
    }
  }
  await api(house, 'admin', 'PUT', `/rulesets/triage/drafts/${draft.number}`, rules)
  await api(house, 'admin', 'POST', `/rulesets/triage/drafts/${draft.number}/activate`, { reason: 'Hearing alone goes to schools’ own support.' })
}

test('a decision is the same by the rules of its day, and different by those that withdrew the way in', async () => {
  const request = await asked()
  assert.deepEqual(request.route, { kind: 'service', service: 'sensory-support' })
  await withdrawn()

  const { page, broken } = await come(house, 'An auditor')
  await page.goto(`/audit/requests/${request.id}/replay`)
  assert.match(await page.textContent('.fd-verdict'), /The same/)
  await page.getByLabel('By the criteria in').selectOption({ label: 'Version 2 (in force)' })
  await page.getByRole('button', { name: 'Decide again' }).click()
  assert.match(await page.textContent('.fd-verdict'), /Different/)
  assert.match(await page.textContent('main'), /by version 1 of the criteria; decided again by version 2/)
  const outcome = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'Outcome' }) })
  assert.match(await outcome.innerText(), /Sensory support, the one service that fits/)
  assert.match(await outcome.innerText(), /panel decides/)
  const service = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'Sensory support' }) })
  assert.match(await service.innerText(), /Fits[\s\S]*Does not fit/)
  await look(page, 'replay-differs')
  await narrow(page, 'replay-differs')
  assert.deepEqual(broken, [])
})

test('of a period’s decisions those that differ are listed, each with the way to itself', async () => {
  const { page } = await come(house, 'An auditor')
  await page.goto('/audit/replay')
  await page.getByLabel('From').fill('2025-10-01')
  await page.getByRole('button', { name: 'Decide again' }).click()
  assert.match(await page.textContent('main'), /Every one of them comes out as it was recorded/)
  await look(page, 'replays-same')
  await page.getByLabel('By the criteria in').selectOption({ label: 'Version 2 (in force)' })
  await page.getByRole('button', { name: 'Decide again' }).click()
  const [again, same, different] = (await page.locator('.fd-counts dd').allInnerTexts()).map(Number)
  assert.ok(different > 0 && again === same + different, `${again} ${same} ${different}`)
  const table = page.getByRole('table', { name: 'Those that differ' })
  assert.equal(await table.getByRole('rowheader').count(), Math.min(different, 50))
  await look(page, 'replays-differ')
  await narrow(page, 'replays-differ')
  await table.getByRole('rowheader').getByRole('link').first().click()
  assert.match(await page.textContent('.fd-verdict'), /Different/)
})
