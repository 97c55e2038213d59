// A panel that meets: what is set up over the API before anybody opens a page of it.
import { strict as assert } from 'node:assert'

const PANEL = 'communication-interaction'

/** Somebody who is not among the buttons, at a browser of their own. */
export async function comeAs(house, key, options = {}) {
  const context = await house.browser.newContext({ baseURL: house.address, ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(8000)
  await page.goto('/sign-in')
  await page.getByText('Be somebody else').click()
  await page.getByLabel('Demonstration key').fill(key)
  await page.getByRole('button', { name: 'Be this person' }).click()
  await page.getByRole('heading', { level: 1 }).waitFor()
  return { page, context }
}

/** Asks the API as somebody; what it answers must be good. */
export async function api(house, key, path, body, method = body ? 'POST' : 'GET') {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  const answer = await fetch(`${house.address}/api/v1${path}`,
    { method, headers, body: body && JSON.stringify(body) })
  const text = await answer.text()
  assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`)
  return JSON.parse(text)
}

/** Moves the clock of the demonstration. */
export async function at(house, now) {
  const answer = await fetch(`${house.address}/demo/clock`, {
    method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ now }),
  })
  assert.ok(answer.ok, await answer.text())
}

/** A request of a school about a made-up child, for the panel. */
export async function asked(house, urn, [given, family], need, sought) {
  return api(house, `demo-school-${urn}`, '/requests', {
    requested_by: { name: 'R. Hughes', role: 'SENCO' },
    about: 'child',
    child: { given_name: given, family_name: family, date_of_birth: '2017-04-09',
      year_group: 4, sen_provision: 'K' },
    needs: { primary: need, description: `${given} needs more than we can give.` },
    support_sought: [sought],
    tried: [{ started: '2026-01-12', reviewed: '2026-03-20', provision: 'A visual timetable',
      outcome: 'some_progress' }, { started: '2026-04-20', reviewed: '2026-07-03',
      provision: 'A group of three, every morning', outcome: 'some_progress' }],
    provision: [{ what: 'Teaching assistant', hours_per_week: 10, weeks_per_year: 38,
      cost_per_hour: { pence: 1650 } }],
    consent: { given: true, by: 'parent', on: '2026-07-10', method: 'written' },
    summary: `${given} needs more than we can give.`,
  })
}

/** A meeting with these requests on its agenda, whose packs are published. */
export async function called(house, starts_at, requests, panel = PANEL) {
  const meeting = await api(house, 'demo-panel', `/panels/${panel}/meetings`, { starts_at, minutes: 60 })
  const items = requests.map(({ id }) => ({ request: id }))
  await api(house, 'demo-panel', `/meetings/${meeting.id}/agenda`, { items })
  await api(house, 'demo-panel', `/meetings/${meeting.id}/publish`, {})
  return meeting.id
}
