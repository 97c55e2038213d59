// What a school does with a request that it has sent: documents, answers, advice, a decision,
// the end.
import { test, before, after } from 'node:test'
import { strict as assert } from 'node:assert'
import { open, come, look, narrow, api } from './house.js'

let house
before(async () => { house = await open() })
after(async () => { await house.close() })

const SCHOOL = 'school-900001'

/** A request of the school's, so made that a person looks at it, unless told otherwise. */
async function asked(name, more = {}) {
  return api(house, SCHOOL, 'POST', '/requests', {
    channel: 'web',
    requested_by: { name: 'R. Hughes', role: 'SENCO' },
    about: 'child',
    child: { given_name: name, family_name: 'Alder', date_of_birth: '2017-04-09', year_group: 4 },
    needs: { primary: 'ASD', description: 'Leaves the room when it becomes loud.' },
    support_sought: ['advice'],
    consent: { given: true, by: 'parent', on: '2026-05-01' },
    ...more,
  })
}

/** Somebody of the council does something about it. */
function does(key, request, action, body = {}) {
  return api(house, key, 'POST', `/requests/${request.id}/actions/${action}`, body)
}

async function reads(page, what) {
  assert.match(await page.textContent('main'), what)
}

const pdf = { name: 'Rowan Alder report.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 …') }

test('a question is answered, with a document', async () => {
  const request = await asked('Rowan')
  await does('adviser', request, 'ask-information',
    { questions: ['What happens before he leaves the room?', 'Who helps him then?'] })
  const { page, broken } = await come(house, 'A school')
  await look(page, 'school-start-waiting')
  await reads(page, /requests? waits? for you/)
  await page.getByRole('link', { name: 'Rowan Alder' }).first().click()
  await look(page, 'school-request-asked')
  await narrow(page, 'school-request-asked')
  await reads(page, /We wait for you: please answer our questions.*your|Until you answer, our time does not count/s)
  assert.doesNotMatch(await page.title(), /Rowan|Alder/)

  await page.getByRole('link', { name: 'Add a document' }).click()
  await look(page, 'school-documents-none')
  await narrow(page, 'school-documents-none')
  await page.getByRole('button', { name: 'Add this document' }).click()
  await look(page, 'school-documents-fault')
  await page.getByRole('alert').getByRole('link', { name: /Choose a file/ }).click()
  await page.getByLabel('What is it, in a few words?').fill('What the therapist saw')
  const program = { name: 'a.exe', mimeType: 'application/pdf', buffer: Buffer.from('MZ\0\0') }
  await page.getByLabel('Choose a file').setInputFiles(program)
  await page.getByRole('button', { name: 'Add this document' }).click()
  await reads(page, /These formats are taken: .*PDF/)
  const long = { ...pdf, buffer: Buffer.alloc(10 * 1024 * 1024 + 1, '%PDF-1.7 ') }
  // Ten megabytes take their time on their way into the browser and out of it.
  page.setDefaultTimeout(60_000)
  await page.getByLabel('Choose a file').setInputFiles(long)
  await page.getByRole('button', { name: 'Add this document' }).click()
  await reads(page, /must be smaller than 10 MB/)
  page.setDefaultTimeout(8000)
  assert.equal(await page.getByLabel('What is it, in a few words?').inputValue(), 'What the therapist saw')
  await page.getByLabel('Choose a file').setInputFiles(pdf)
  await page.getByRole('button', { name: 'Add this document' }).click()
  await reads(page, /The document has been added/)
  await look(page, 'school-documents')
  await narrow(page, 'school-documents')
  assert.doesNotMatch(page.url(), /Rowan|Alder|report/)
  const [file] = await Promise.all([
    page.waitForEvent('download'), page.getByRole('link', { name: 'What the therapist saw' }).click()])
  assert.equal(file.suggestedFilename(), pdf.name)

  await page.getByRole('link', { name: 'send your answer' }).click()
  await look(page, 'school-answer')
  await narrow(page, 'school-answer')
  await page.getByLabel('What happens before he leaves the room?').fill('Somebody drops something.')
  await page.getByLabel('What the therapist saw').first().check()
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await reads(page, /Your answer has been sent/)
  // What was not answered stays open.
  await reads(page, /please answer our question\./)
  await page.getByRole('button', { name: 'Answer', exact: true }).click()
  await page.getByLabel('Who helps him then?').fill('The class teacher.')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await reads(page, /The duty adviser looks at your request and answers you/)
  await reads(page, /You answered/)
  await look(page, 'school-request-answered')
  await narrow(page, 'school-request-answered')
  assert.deepEqual(broken.filter(it => !/422|415|413/.test(it)), [])
})

test('a form that brings a file and is not the session’s own is not read', async () => {
  const request = await asked('Holly')
  const { page } = await come(house, 'A school')
  const refused = await page.request.post(`/requests/${request.id}/documents`, {
    multipart: { _token: 'guessed', file: pdf }, headers: { origin: house.address },
  })
  assert.equal(refused.status(), 403)
})

test('advice is read, and is enough', async () => {
  const request = await asked('Linden')
  await does('adviser', request, 'advise', { kind: 'strategies', text: 'A card that says “out”.' })
  const { page } = await come(house, 'A school')
  const waits = page.getByRole('listitem').filter({ hasText: 'we gave you advice' })
  await waits.getByRole('link', { name: 'Linden Alder' }).click()
  await reads(page, /Read our advice, and tell us whether it is enough.*A card that says “out”/s)
  await look(page, 'school-request-advised')
  await narrow(page, 'school-request-advised')
  await page.getByRole('button', { name: 'The advice is enough' }).click()
  await look(page, 'school-accept-advice')
  await page.getByRole('button', { name: 'The advice is enough' }).click()
  await reads(page, /Thank you/)
  await reads(page, /this request is closed/)
  await look(page, 'school-request-closed')
  await page.getByRole('button', { name: 'Tell us how it went' }).click()
  await look(page, 'school-feedback')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await look(page, 'school-feedback-faults')
  await page.getByRole('group', { name: 'Was the answer quick enough?' }).getByLabel('Yes').check()
  await page.getByRole('group', { name: 'Did it help?' }).getByLabel('Partly').check()
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await reads(page, /Thank you for telling us/)
})

test('advice is not enough, and the request goes on', async () => {
  const request = await asked('Hazel')
  await does('adviser', request, 'advise', { kind: 'strategies', text: 'A quiet corner.' })
  const { page } = await come(house, 'A school')
  await page.goto(`/requests/${request.id}`)
  await page.getByRole('button', { name: 'Ask us to look further' }).click()
  await look(page, 'school-go-on')
  await narrow(page, 'school-go-on')
  await page.getByLabel('Why is the advice not enough?').fill('He will not use the corner.')
  await page.getByRole('button', { name: 'Ask us to look further' }).click()
  await reads(page, /We will look further/)
  await reads(page, /You asked us to look further/)
  await look(page, 'school-request-gone-on')
})

test('a request is taken back, with a reason', async () => {
  const request = await asked('Aspen')
  const { page } = await come(house, 'A school')
  await page.goto(`/requests/${request.id}`)
  await look(page, 'school-request')
  await page.getByRole('link', { name: 'Take the request back' }).click()
  await look(page, 'school-withdraw')
  await page.getByLabel('Why do you take it back?').fill('The family has moved.')
  await page.getByRole('button', { name: 'Take the request back' }).click()
  await reads(page, /Your request is withdrawn/)
  await reads(page, /You took the request back/)
})

const PACKAGE = {
  decision: 'package',
  reason: { code: 'need_beyond_ordinary', criteria: ['more than a school ordinarily gives'],
    text: 'Rowan needs an adult beside him in the mornings.' },
  evidence: ['request'],
  package: {
    key_worker: { name: 'Dawn Farrow', role: 'Specialist teacher', contact: '01632 960 417' },
    key_worker_of: { service: 'specialist-sen' },
    contributions: [{
      service: 'specialist-sen', what: 'A specialist teaching assistant in the mornings',
      outcome: 'Stays in class for the whole morning', lead: 'Dawn Farrow',
      support: 'specialist_hlta', quantity: 2, unit: 'hour', frequency: 'term_weekly',
      unit_cost: { pence: 2150 }, funding: 'high_needs', starts: '', ends: '', review_on: '',
    }],
  },
}

function later(days) {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
}

test('a decision is read, and a summary for the family', async () => {
  const request = await asked('Alder', { needs: { primary: 'SEMH' }, support_sought: ['specialist_hlta', 'funding'] })
  const { page } = await come(house, 'A school')
  await page.goto(`/requests/${request.id}`)
  await reads(page, /The panel for .* decides by/)
  await look(page, 'school-request-for-panel')
  const [given] = PACKAGE.package.contributions
  Object.assign(given, { starts: later(7), ends: later(200), review_on: later(100) })
  const clear = { code: 'professional_judgement', criteria: ['a clear case'], text: 'It is clear.' }
  await does('panel', request, 'set-depth', { depth: 'consent', reason: clear })
  await does('panel-malcolm-udoh', request, 'decide-for-panel', PACKAGE)
  await page.reload()
  await reads(page, /What the panel decided: a package of support/)
  await reads(page, /Rowan needs an adult beside him in the mornings/)
  await look(page, 'school-request-decided')
  await narrow(page, 'school-request-decided')
  await page.getByRole('link', { name: 'A summary for the family' }).click()
  await look(page, 'school-family-summary')
  await narrow(page, 'school-family-summary')
  await reads(page, /Dawn Farrow.*A specialist teaching assistant in the mornings/s)
  assert.doesNotMatch(await page.textContent('main'), /£|high_needs|SEMH/)
  await page.emulateMedia({ media: 'print' })
  assert.equal(await page.getByRole('button', { name: 'Sign out' }).isVisible(), false)
  await look(page, 'school-family-summary-printed')
})

test('what a service says it came to, the school sees so', async () => {
  const request = await asked('Briar', { needs: { primary: 'HI' }, support_sought: ['equipment'] })
  await does('service-sensory-support', request, 'accept')
  await does('service-sensory-support', request, 'record-contact', { text: 'Rang the family.' })
  await does('service-sensory-support', request, 'record-outcome', { outcome: 'goals_met', text: 'She hears the teacher now.' })
  const { page } = await come(house, 'A school')
  await page.goto(`/requests/${request.id}`)
  await look(page, 'school-request-outcome')
  await page.getByRole('button', { name: 'Say whether you see it so' }).click()
  await look(page, 'school-confirm-outcome')
  await page.getByLabel('No', { exact: true }).check()
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await look(page, 'school-confirm-outcome-faults')
  await page.getByLabel('Yes', { exact: true }).check()
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await reads(page, /You agreed/)
})

test('the list shows what waits, what is supported, what is closed; and says when there is nothing', async () => {
  const { page } = await come(house, 'A school')
  await page.getByRole('link', { name: 'My requests' }).click()
  await look(page, 'school-list')
  await narrow(page, 'school-list')
  for (const [name, tells] of [['Waiting for you', /When you have answered|You heard on|Nothing waits/], ['Closed', /Closed/], ['Supported', /Being supported|No request of yours/]]) {
    await page.getByRole('navigation', { name: 'Which requests' }).getByRole('link', { name, exact: true }).click()
    await reads(page, tells)
    await look(page, `school-list-${name.toLowerCase().replaceAll(' ', '-')}`)
  }
  await page.getByLabel('Find a child or a reference').fill('Nobodyofthisname')
  await page.getByRole('button', { name: 'Find' }).click()
  await reads(page, /No request of yours is about that/)
  assert.doesNotMatch(page.url(), /Nobody/)
})

test('a school chooses how it is told of news', async () => {
  const { page } = await come(house, 'A school')
  await page.getByRole('link', { name: 'How we keep you informed' }).click()
  await look(page, 'school-updates')
  await narrow(page, 'school-updates')
  await page.getByLabel('By e-mail').check()
  await page.getByRole('button', { name: 'Save' }).click()
  await look(page, 'school-updates-faults')
  await page.getByLabel('E-mail address').fill('senco@school.example')
  await page.getByRole('button', { name: 'Save' }).click()
  await reads(page, /We send messages by e-mail/)
  await page.getByLabel('To our own system').check()
  await page.getByLabel('Address of your system').fill('https://school.example/front-door')
  await page.getByLabel('E-mail address').fill('')
  await page.getByRole('button', { name: 'Save' }).click()
  await reads(page, /checks our messages with this secret/)
  await look(page, 'school-updates-secret')
})

test('after signing in one is where one wanted to be, and never elsewhere', async () => {
  const request = await asked('Rush')
  const context = await house.browser.newContext({ baseURL: house.address })
  const page = await context.newPage()
  await page.goto(`/requests/${request.id}`)
  await page.getByRole('button', { name: 'A school', exact: true }).click()
  assert.equal(new URL(page.url()).pathname, `/requests/${request.id}`)
  await context.clearCookies()
  await page.goto('/sign-in?return_to=https://evil.example/')
  await page.getByRole('button', { name: 'A school', exact: true }).click()
  assert.equal(page.url(), `${house.address}/`)
})

test('styles and scripts are kept for a year, by an address that says what is in them', async () => {
  const { page } = await come(house, 'A school')
  const address = await page.locator('link[rel=stylesheet]').getAttribute('href')
  const style = await page.request.get(address)
  assert.match(style.headers()['cache-control'], /max-age=31536000, immutable/)
  assert.match(address, /^\/assets\/[0-9a-f]{8}\/style\.css$/)
})
