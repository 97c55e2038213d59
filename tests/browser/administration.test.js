// The administrator's work: who comes in and with which keys, and what the county goes by.
import { test, before, after } from 'node:test'
import { strict as assert } from 'node:assert'
import { open, come, look, narrow } from './house.js'

let house
// A message that cannot be delivered is given up at once, not after two days.
before(async () => { house = await open(['--post-retry-base-seconds', '0']) })
after(async () => { await house.close() })

const button = (page, name) => page.getByRole('button', { name, exact: true })
const link = (page, name) => page.getByRole('link', { name, exact: true })
const done = async (page, says) => assert.match(await page.getByRole('alert').innerText(), says)

/** Asks the API as a program with a key. */
const asked = (key, path, options = {}) => fetch(`${house.address}/api/v1${path}`, {
  ...options,
  headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
})

test('everything an administrator looks after is one line of one page', async () => {
  const { page, broken } = await come(house, 'The administrator')
  await link(page, 'Administration').click()
  await look(page, 'administration')
  await narrow(page, 'administration')
  const places = await page.locator('main dt a').evaluateAll(links => links.map(it => it.getAttribute('href')))
  assert.ok(places.length >= 8, `${places}`)
  for (const path of places) {
    const answer = await page.goto(path)
    assert.equal(answer.status(), 200, path)
    await look(page, `administration${path.replaceAll('/', '-')}`)
    await narrow(page, `administration${path.replaceAll('/', '-')}`)
  }
  assert.deepEqual(broken, [])
})

test('an account is opened, and its key is shown once, rotated and revoked', async () => {
  const { page } = await come(house, 'The administrator')
  await page.goto('/accounts')
  await button(page, 'Open an account').click()
  await button(page, 'Open the account').click()
  await look(page, 'account-faults')
  await page.getByLabel('Name', { exact: true }).fill('Case system')
  await page.getByLabel('Role').selectOption('auditor')
  await button(page, 'Open the account').click()
  await done(page, /The account is open/)
  await look(page, 'account')

  await button(page, 'Issue a key').click()
  await button(page, 'Issue the key').click()
  await look(page, 'key-issue-faults')
  await page.getByLabel('What is the key for?').fill('Case system, production')
  await button(page, 'Issue the key').click()
  await look(page, 'key-issued')
  const first = await page.locator('#key').innerText()
  assert.equal((await asked(first, '/me')).status, 200)
  await link(page, 'I have the key: back to the account').click()
  assert.doesNotMatch(await page.content(), new RegExp(first))

  await link(page, 'Rotate Case system, production').click()
  await look(page, 'key-rotate')
  await page.getByLabel('Not at all').check()
  await button(page, 'Rotate the key').click()
  await look(page, 'key-rotated')
  const second = await page.locator('#key').innerText()
  assert.equal((await asked(second, '/me')).status, 200)
  assert.equal((await asked(first, '/me')).status, 401)
  await link(page, 'I have the key: back to the account').click()

  await page.getByRole('link', { name: 'Revoke Case system, production' }).first().click()
  await look(page, 'key-revoke')
  await button(page, 'Revoke the key').click()
  await done(page, /opens nothing/)
  assert.equal((await asked(second, '/me')).status, 401)
})

test('an account is changed, invited, signed out everywhere, and closed', async () => {
  const { page } = await come(house, 'The administrator')
  await page.goto('/accounts?role=coordinator')
  await page.getByRole('rowheader').getByRole('link').first().click()
  await link(page, 'Invite to sign in').click()
  await page.getByLabel('E-mail address').fill('nobody')
  await button(page, 'Invite').click()
  await look(page, 'account-invite-faults')
  await page.getByLabel('E-mail address').fill('kim.lee@council.example')
  await button(page, 'Invite').click()
  await done(page, /can sign in now/)
  assert.match(await page.textContent('main'), /Invited: not signed in yet/)
  await link(page, 'End sessions').click()
  await look(page, 'account-end-sessions')
  await button(page, 'End all sessions').click()
  await done(page, /Every session is over/)
  await link(page, 'Change or close').click()
  await look(page, 'account-change')
  await page.getByLabel('Closed').check()
  await button(page, 'Save').click()
  await done(page, /Saved/)
  assert.match(await page.textContent('h1'), /Closed/)
})

test('a service is listed and changed, and what somebody else changed meanwhile is not undone', async () => {
  const { page } = await come(house, 'The administrator')
  await page.goto('/services/new')
  await page.getByLabel('Short name').fill('Not a name!')
  await button(page, 'List the service').click()
  await look(page, 'service-new-faults')
  await page.getByLabel('Short name').fill('forest-school')
  await page.getByLabel('Name', { exact: true }).fill('Forest school')
  await page.getByLabel('Who provides it?').selectOption('voluntary')
  await page.getByLabel('Contacts the family within how many working days?').fill('5')
  await page.getByLabel('Offer 1', { exact: true }).fill('A day a week outdoors')
  await page.getByLabel('Tier').first().selectOption('traded')
  await button(page, 'List the service').click()
  await done(page, /The service is listed/)
  await look(page, 'service-listed')
  await link(page, 'Change this entry').click()
  await look(page, 'service-change')
  await narrow(page, 'service-change')
  const before = { name: 'Forest school', agency: 'voluntary', first_contact_working_days: 4, offers: [] }
  const meanwhile = await asked('demo-admin', '/services/forest-school', { method: 'PUT', body: JSON.stringify(before) })
  assert.equal(meanwhile.status, 200)
  await page.getByLabel('How many cases can it have open?').fill('12')
  await button(page, 'Save').click()
  await look(page, 'service-change-stale')
  assert.match(await page.getByRole('alert').innerText(), /Somebody changed this while you wrote/)
  await button(page, 'Save').click()
  await done(page, /Saved/)
  const now = await (await asked('demo-admin', '/services/forest-school')).json()
  assert.equal(now.capacity.cases, 12)
  assert.deepEqual(now.offers, [{ tier: 'traded', title: 'A day a week outdoors' }])
})

test('a closure is added to the calendar and taken out again, with every fault at its day', async () => {
  const { page } = await come(house, 'The administrator')
  await page.goto('/calendar')
  await button(page, 'Change the calendar').click()
  await look(page, 'calendar-change')
  await narrow(page, 'calendar-change')
  const version = (await (await asked('demo-admin', '/calendar')).json()).version
  const empty = page.getByRole('group', { name: /^Closure/ }).last()
  await empty.getByLabel('Day').fill('2031-12-29')
  await button(page, 'Publish the calendar').click()
  await look(page, 'calendar-faults')
  assert.match(await page.locator('.govuk-error-message').innerText(), /required/)
  await page.getByRole('group', { name: /^Closure/ }).filter({ has: page.locator('.govuk-error-message') })
    .getByLabel('Why').fill('Closed between the years')
  await button(page, 'Publish the calendar').click()
  await done(page, /The calendar is published/)
  await look(page, 'calendar')
  assert.match(await page.textContent('main'), /29 December 2031/)
  const after = await (await asked('demo-admin', '/calendar')).json()
  assert.equal(after.version, version + 1)
  assert.ok(after.bank_holidays.length > 20, 'past days stay in the calendar')

  await button(page, 'Change the calendar').click()
  const added = page.getByRole('group', { name: /^Closure/ }).filter({ has: page.locator('[value="2031-12-29"]') })
  await added.getByLabel(/^Remove/).check()
  await button(page, 'Publish the calendar').click()
  await done(page, /The calendar is published/)
  assert.doesNotMatch(await page.textContent('main'), /29 December 2031/)
})

test('promises are watched more strictly, and a team gets a member', async () => {
  const { page } = await come(house, 'The administrator')
  await page.goto('/policy')
  await page.getByLabel(/^Warn when/).fill('0')
  await button(page, 'Save').click()
  await look(page, 'policy-faults')
  await page.getByLabel(/^Warn when/).fill('60')
  await button(page, 'Save').click()
  await done(page, /Saved/)
  assert.equal((await (await asked('demo-admin', '/policy')).json()).warn_at_percent, 60)

  await page.goto('/teams')
  await page.getByRole('link', { name: /^Change/ }).first().click()
  await look(page, 'team-change')
  const before = await page.getByRole('group', { name: /^Member/ }).count()
  const added = page.getByLabel('Who').nth(before - 2)
  await added.selectOption({ index: 1 })
  const who = await added.inputValue()
  await button(page, 'Save').click()
  await done(page, /Saved/)
  const team = await (await asked('demo-admin', '/teams/front-door')).json()
  assert.ok(team.members.some(it => it.account === who))
})

test('a message that failed says why, and is tried again', async () => {
  const { page } = await come(house, 'The administrator')
  await page.goto('/schools?q=&phase=primary')
  await page.getByRole('rowheader').getByRole('link').first().click()
  await look(page, 'school')
  const urn = page.url().split('/').at(-1)
  await link(page, 'Change how it is told').click()
  await page.getByLabel('By webhook').check()
  await button(page, 'Save').click()
  await look(page, 'school-updates-faults')
  await page.getByLabel('Address of the webhook').fill('https://school.invalid/front-door')
  await button(page, 'Save').click()
  await look(page, 'school-updates-told')
  assert.match(await page.locator('#secret').innerText(), /^whsec_/)

  await page.goto(`/schools/${urn}/updates`)
  await page.getByLabel('By e-mail').check()
  await page.getByLabel('Address of the webhook').fill('')
  await page.getByLabel('E-mail address').fill('office@school.example')
  await button(page, 'Save').click()
  const body = JSON.stringify({
    about: 'school', requested_by: { name: 'Sam Hill', role: 'SENCO' }, support_sought: ['training'],
  })
  const { reference } = await (await asked(`demo-school-${urn}`, '/requests', { method: 'POST', body })).json()
  const failed = page.getByRole('row').filter({ hasText: reference })
  await page.goto('/notices?state=given_up')
  for (let tries = 0; tries < 50 && await failed.count() === 0; tries++) await page.reload()
  await look(page, 'messages-failed')
  await narrow(page, 'messages-failed')
  assert.match(await failed.innerText(), /does not send by this channel. Tried 16 times/)
  await failed.getByRole('button', { name: /^Try again/ }).click()
  await done(page, /tried again/)
  await page.goto('/administration')
  await look(page, 'administration-failed')
})

test('two schools are imported after a dry run that shows a fault by its line', async () => {
  const columns = 'URN,LA (code),EstablishmentNumber,EstablishmentName,TypeOfEstablishment (name),' +
    'EstablishmentStatus (name),OpenDate,ReasonEstablishmentClosed (name),CloseDate,' +
    'PhaseOfEducation (name),NumberOfPupils,DistrictAdministrative (name)'
  const beacon = '900701,865,2901,Beacon Primary School,Community school,Open,01-09-2026,,,Primary,210,Downs'
  const file = last => ({
    name: 'register.csv', mimeType: 'text/csv', buffer: Buffer.from([columns, beacon, last, ''].join('\n')),
  })
  const { page } = await come(house, 'The administrator')
  await page.goto('/schools')
  await button(page, 'Import schools').click()
  await look(page, 'import')
  await page.getByLabel('Choose the export').setInputFiles(
    file('900702,865,2902,Cliff School,Castle in the air,Open,01-09-2026,,,Primary,many,Downs'))
  await button(page, 'Go on').click()
  await look(page, 'import-faults')
  const faults = page.getByRole('table', { name: 'Faults by line' })
  assert.match(await faults.innerText(), /Line 3, TypeOfEstablishment \(name\)/)

  const good = file('900702,865,2902,Cliff School,Community school,Open,01-09-2026,,,Primary,180,Downs')
  await page.getByLabel('Choose another file').setInputFiles(good)
  await button(page, 'Go on').click()
  await look(page, 'import-dry-run')
  await narrow(page, 'import-dry-run')
  assert.match(await page.textContent('main'), /Nothing is changed yet/)
  assert.match(await page.getByRole('table', { name: 'Schools that would change' }).innerText(), /Beacon Primary School[\s\S]*New/)
  assert.equal((await asked('demo-admin', '/schools/900701')).status, 404)

  assert.match(await page.textContent('main'), /Leave this empty to go on with the same file/)
  await button(page, 'Go on').click()
  await look(page, 'import-done')
  assert.match(await page.textContent('main'), /The schools are imported[\s\S]*2 new/)
  await page.goto('/schools?q=Beacon')
  assert.match(await page.textContent('main'), /Beacon Primary School/)
})

test('nobody else finds the way to what an administrator changes', async () => {
  const { page } = await come(house, 'The duty adviser')
  for (const path of ['/administration', '/accounts', '/accounts/new', '/services/new', '/calendar/edit',
    '/policy', '/teams/front-door/edit', '/notices', '/rules/drafts/1']) {
    assert.equal((await page.goto(path)).status(), 404, path)
  }
})
