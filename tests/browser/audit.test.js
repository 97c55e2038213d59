// An auditor under oath: what was known when, why it was decided so, what the school could see,
// who looked, and that none of it has to be believed.
import { test, before, after } from 'node:test'
import { strict as assert } from 'node:assert'
import { readFile } from 'node:fs/promises'
import { open, come, look, narrow } from './house.js'

let house
before(async () => { house = await open() })
after(async () => { await house.close() })

/** A request about a hearing impairment, which went to a service: much happened to it. */
async function told(page) {
  const list = await page.request.get('/api/v1/requests?limit=200&sort=received_at')
  const requests = (await list.json()).items.filter(it => it.about === 'child')
  let most = { events: [] }
  for (const request of requests.slice(-12)) {
    const story = await (await page.request.get(`/api/v1/audit/requests/${request.id}`)).json()
    if (story.events.length > most.events.length) most = story
  }
  return most
}

test('the start of an auditor leads to all there is to do', async () => {
  const { page, broken } = await come(house, 'An auditor')
  await look(page, 'audit-start')
  await narrow(page, 'audit-start')
  for (const [link, heading] of [
    ['A request as at any moment', /A request as at any moment/],
    ['A meeting, a panel, a rota or the criteria as at any moment', /Meetings, panels/],
    ['Every event, as it was stored', /Every event/],
    ['Decide a period’s requests again', /again/],
    ['Who looked at a child, and what somebody looked at', /Who looked/],
    ['Unusual reading', /Unusual reading/],
    ['Reading by exception', /Reading by exception/],
    ['Verify the log now', /Verify the log/],
    ['Checkpoints and their witnesses', /Checkpoints/],
  ]) {
    await page.goto('/audit')
    await page.getByRole('link', { name: link }).click()
    assert.match(await page.textContent('h1'), heading)
    await look(page, `audit-${link.toLowerCase().replaceAll(/[^a-z]+/g, '-').slice(0, 20)}`)
    await narrow(page, `audit-${link.toLowerCase().replaceAll(/[^a-z]+/g, '-').slice(0, 20)}`)
  }
  assert.deepEqual(broken, [])
})

test('a request is seen as at three moments, by day and by slider, with and without scripts', async () => {
  for (const scripts of [false, true]) {
    const { page, context } = await come(house, 'An auditor', { javaScriptEnabled: scripts })
    const story = await told(page)
    const [first, , third] = story.events
    await page.goto(`/audit/requests?reference=${story.reference}`)
    await page.getByRole('link', { name: story.reference }).click()
    assert.match(await page.textContent('#then'), /As it is known now/)
    if (scripts) await look(page, 'audit-request-now')

    const slider = page.getByLabel('Slide through what happened')
    if (scripts) {
      await slider.focus()
      await page.keyboard.press('Home')
      await page.waitForURL(`**position=${first.position}`)
      assert.match(await slider.getAttribute('aria-valuetext'), /The school asked for help/)
      await page.locator('#then').getByText('As it was known on').waitFor()
      await look(page, 'audit-request-slid')
      await narrow(page, 'audit-request-slid')
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('ArrowRight')
      await page.waitForURL(`**position=${third.position}`)
    } else {
      await slider.fill(String(first.position))
      await page.getByRole('button', { name: 'Show this moment' }).click()
      assert.match(page.url(), new RegExp(`position=${first.position}`))
      assert.match(await page.textContent('#then'), /As it was known on/)
      await page.locator('#then').getByRole('link', { name: 'As it is known now' }).click()
    }
    const later = page.locator('#then .fd-timeline').getByText('Later', { exact: true })
    if (scripts) assert.equal(await later.count(), story.events.length - 3)

    const day = story.events.at(-1).recorded_at.slice(0, 10)
    await page.getByLabel('Or say a day and a time').fill(`${day}T23:59`)
    await page.getByRole('button', { name: 'Show it as at then' }).click()
    const then = await page.textContent('main')
    assert.match(then, /As it was known on|still to come/)
    await page.getByLabel('Or say a day and a time').fill('2020-01-01T10:00')
    await page.getByRole('button', { name: 'Show it as at then' }).click()
    assert.match(await page.textContent('.govuk-error-summary'), /had been recorded by then/)
    if (scripts) await look(page, 'audit-request-too-early')
    await context.close()
  }
})

test('no child is named to an auditor, and the checkpoint proves what is shown', async () => {
  const { page } = await come(house, 'An auditor')
  const story = await told(page)
  const officer = await come(house, 'The data protection officer')
  const whole = await (await officer.page.request.get(`/api/v1/requests/${story.id}`)).json()
  await page.goto(`/audit/requests/${story.id}?position=${story.events[1].position}`)
  const shown = await page.content()
  assert.ok(whole.child.family_name && !shown.includes(whole.child.family_name))
  await page.getByText('What proves it').click()
  await page.getByRole('link', { name: 'That the log of now begins with it' }).click()
  assert.match(await page.textContent('main'), /The log only grew/)
  await look(page, 'audit-consistent')
  await page.getByLabel('Its root').fill('c29tZXRoaW5nIGVsc2U=')
  await page.getByRole('button', { name: 'Compare', exact: true }).click()
  assert.match(await page.textContent('main'), /This is not the root/)
  await look(page, 'audit-not-consistent')
})

test('what changed between two moments is a table in words', async () => {
  const { page } = await come(house, 'An auditor')
  const story = await told(page)
  await page.goto(`/audit/requests/${story.id}`)
  await page.getByRole('link', { name: 'What changed', exact: true }).click()
  await page.getByLabel('From just after').selectOption(String(story.events[0].position))
  await page.getByRole('button', { name: 'Show what changed', exact: true }).click()
  await look(page, 'audit-difference')
  await narrow(page, 'audit-difference')
  const table = page.getByRole('table', { name: 'What changed' })
  assert.match(await table.textContent(), /Accountable|Duty|Triage|Status/)
  assert.doesNotMatch(await table.textContent(), /\/clocks|_at\b/, 'no pointer of JSON')
})

test('a decision is made again: one, and all of a period', async () => {
  const { page } = await come(house, 'An auditor')
  const story = await told(page)
  await page.goto(`/audit/requests/${story.id}`)
  await page.getByRole('link', { name: 'Decide it again' }).click()
  assert.match(await page.textContent('.govuk-panel'), /The same/)
  assert.match(await page.textContent('table'), /The primary need/)
  await look(page, 'audit-replay')
  await narrow(page, 'audit-replay')
  await page.goto('/audit/replay')
  await page.getByLabel('From').fill('2025-10-01')
  await page.getByLabel('By the criteria in').selectOption('1')
  await page.getByRole('button', { name: 'Decide again' }).click()
  const counts = await page.locator('.fd-counts dd').allInnerTexts()
  assert.ok(Number(counts[0]) > 50, counts)
  assert.equal(Number(counts[0]), Number(counts[1]) + Number(counts[2]))
  await look(page, 'audit-replays')
})

test('the school’s own eyes: what it could see, what was withheld, and why', async () => {
  const adviser = await come(house, 'The duty adviser')
  const { page } = await come(house, 'An auditor')
  const story = await told(page)
  await adviser.page.goto(`/requests/${story.id}/note`)
  await adviser.page.getByLabel('Note').fill('Between ourselves.')
  await adviser.page.getByRole('button', { name: 'Note' }).click()
  await page.goto(`/audit/requests/${story.id}`)
  await page.getByRole('link', { name: 'What the school could see' }).first().click()
  assert.match(await page.textContent('main'), /It could see the request/)
  await look(page, 'audit-seen-by')
  await narrow(page, 'audit-seen-by')
  const withheld = page.getByRole('region', { name: 'What was not shown to the school' })
  assert.match(await withheld.textContent(), /A note was kept/)
  await page.getByLabel('URN of the school').fill(story.school_urn === '900001' ? '900002' : '900001')
  await page.getByRole('button', { name: 'Look through its eyes' }).click()
  assert.match(await page.textContent('main'), /It could see nothing of the request/)
  await look(page, 'audit-not-seen-by')
})

test('an event is shown in words, as stored, and with its proof', async () => {
  const { page } = await come(house, 'An auditor')
  await page.goto('/audit/events')
  await page.getByLabel('Those after position').fill('600')
  await page.getByRole('button', { name: 'Show these' }).click()
  await look(page, 'audit-events')
  await page.getByRole('link', { name: 'Next' }).click()
  assert.match(await page.textContent('caption'), /651 to 700/)
  await page.getByRole('link', { name: 'Before' }).click()
  assert.match(await page.textContent('caption'), /601 to 650/)
  await page.getByRole('row').filter({ hasText: 'Sealed part' }).first().getByRole('rowheader').getByRole('link').click()
  await look(page, 'audit-event')
  await narrow(page, 'audit-event')
  const shown = await page.textContent('main')
  for (const part of [/is sealed/, /"ciphertext"/, /Proof that it is in the log/, /leaf \d+ of \d+/]) assert.match(shown, part)
  await page.getByRole('link', { name: 'Next' }).click()
  await page.goto('/audit/events/1')
  assert.equal(await page.getByRole('link', { name: 'Before' }).count(), 0)
  const missing = await page.goto('/audit/events/99999999')
  assert.equal(missing.status(), 404)
})

test('events are taken away as JSON Lines and as CloudEvents', async () => {
  const { page } = await come(house, 'An auditor')
  for (const [format, mark] of [['JSON Lines', /"leaf/], ['CloudEvents 1.0', /"specversion":"1.0"/]]) {
    await page.goto('/audit/events')
    await page.getByText('Take events away').click()
    await page.getByLabel(format).check()
    await page.getByLabel('At most so many').fill('5')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download' }).click(),
    ])
    const lines = (await readFile(await download.path(), 'utf8')).trim().split('\n')
    assert.equal(lines.length, 6, 'a checkpoint and five events')
    assert.match(lines[1], mark)
  }
})

test('the log is verified now, and by no other than who may', async () => {
  const { page, broken } = await come(house, 'An auditor')
  await page.goto('/audit/verify')
  await look(page, 'audit-verify')
  await page.getByRole('button', { name: 'Verify now' }).click()
  assert.match(await page.textContent('.govuk-panel'), /Sound/)
  assert.match(await page.textContent('main'), /frontdoor verify --receipt/)
  await look(page, 'audit-verified')
  await narrow(page, 'audit-verified')
  assert.deepEqual(broken, [])
  const adviser = await come(house, 'The duty adviser')
  assert.equal((await adviser.page.goto('/audit/verify')).status(), 404)
  assert.equal((await adviser.page.request.get('/api/v1/audit/verify')).status(), 403)
})

test('a meeting, a panel, a rota and the criteria are seen as they were known', async () => {
  const { page } = await come(house, 'An auditor')
  for (const [name, path] of [
    ['panel', '/audit/panels/semh'],
    ['rules', '/audit/rulesets/triage'],
    ['rota', '/audit/rotas/front-door/2026-01'],
  ]) {
    await page.goto(path)
    await look(page, `audit-as-at-${name}`)
    await page.locator('.fd-timeline a').first().click()
    assert.match(await page.textContent('main'), /As it was known on/)
    await page.getByLabel('As it was known at').fill('2020-01-01T10:00')
    await page.getByRole('button', { name: 'Show it as at then' }).click()
    assert.match(await page.textContent('.govuk-error-summary'), /recorded by then/)
  }
  const events = await (await page.request.get('/api/v1/audit/events?after=1200&limit=200')).json()
  const held = events.items.find(it => it.type === 'meeting.closed').stream.slice('meeting-'.length)
  await page.goto(`/audit/meetings/${held}`)
  await look(page, 'audit-as-at-meeting')
  await narrow(page, 'audit-as-at-meeting')
  assert.match(await page.textContent('main'), /Who was in the room/)
  await page.locator('.fd-timeline a').first().click()
  assert.match(await page.textContent('main'), /Nobody had arrived/)
})

test('from a figure one comes to the events that it counts', async () => {
  const { page } = await come(house, 'An auditor')
  await page.goto('/audit/figures/response-times?group_by=area&key=semh&from=2025-10-01')
  await look(page, 'audit-figure')
  await page.getByRole('cell').getByRole('link').first().click()
  assert.match(await page.textContent('main'), /Proof that it is in the log/)
})

test('who looked, unusual reading and reading by exception are on record', async () => {
  const { page } = await come(house, 'An auditor')
  const story = await told(page)
  const service = await come(house, 'The panel manager')
  const glass = await service.page.request.post(`/api/v1/requests/${story.id}/actions/break-glass`, {
    data: { reason: { code: 'safeguarding', text: 'A worried call.' }, minutes: 30 },
    headers: { origin: house.address, authorization: 'Bearer demo-service-specialist-sen' },
  })
  assert.ok([200, 409].includes(glass.status()), String(glass.status()))
  await page.goto('/audit/looked')
  await page.getByLabel('Reference of a request about the child').fill(story.reference)
  await page.getByRole('button', { name: 'Find' }).click()
  await page.getByRole('link', { name: 'who looked at this child' }).click()
  await look(page, 'audit-looked-at')
  await page.goto('/audit/looked/demo-adviser')
  await look(page, 'audit-looked')
  await page.getByLabel('From').fill('2020-01-01')
  await page.getByLabel('To').fill('2020-01-02')
  await page.getByRole('button', { name: 'Show these days' }).click()
  assert.match(await page.textContent('main'), /Nobody did, as far as is on record for these days/)
  await page.goto('/audit/break-glass')
  await look(page, 'audit-glass')
  await page.goto('/audit/unusual?from=2025-10-01')
  await look(page, 'audit-unusual')
  assert.match(await page.textContent('main'), /says of nobody that they did wrong/)
})
