// A full meeting: who is there, an interest that breaks a quorum, two decisions, one of them a
// package of three agencies; closed, minuted, signed, and ratified.
import { test, before, after } from 'node:test'
import { strict as assert } from 'node:assert'
import { open, come, look, narrow } from './house.js'
import { api, asked, at, called, comeAs } from './panel.js'

const SCHOOL = '900012'
/** The school of the only headteacher who comes. */
const HIS_SCHOOL = '900007'
const NOON = '2026-12-01T12:00:00Z'

let house, mina, leo, noah, ada, meeting
before(async () => {
  house = await open(['--demo-clock', NOON])
  mina = await asked(house, HIS_SCHOOL, ['Mina', 'Carlow'], 'SLCN', 'funding')
  leo = await asked(house, SCHOOL, ['Leo', 'Ashcombe'], 'ASD', 'funding')
  noah = await asked(house, SCHOOL, ['Noah', 'Birling'], 'SLCN', 'funding')
  ada = await asked(house, SCHOOL, ['Ada', 'Winterton'], 'SLCN', 'funding')
  meeting = await called(house, '2026-12-01T13:00:00Z', [mina, leo, noah])
  await at(house, '2026-12-01T12:58:00Z')
})
after(async () => { await house.close() })

/** Fills one part of a package. */
async function part(page, number, who, what, support, [quantity, unit, often, cost], [first, last, review], paid, outcome, lead) {
  const form = page.getByRole('group', { name: `Part ${number}`, exact: true })
  await form.getByLabel('Who gives it').selectOption(who)
  await form.getByLabel('What is given').fill(what)
  await form.getByLabel('Kind of support').selectOption(support)
  await form.getByLabel('How much each time').fill(quantity)
  await form.getByLabel('Counted in').selectOption(unit)
  await form.getByLabel('How often').selectOption(often)
  await form.getByLabel('Cost of one').fill(cost)
  await form.getByLabel('First day').fill(first)
  await form.getByLabel('Last day').fill(last)
  await form.getByLabel('Reviewed on').fill(review)
  await form.getByLabel('Paid by').selectOption(paid)
  await form.getByLabel('Outcome sought').fill(outcome)
  await form.getByLabel('Who sees to it').fill(lead)
}

/** The rows of a table, each as its cells. */
const rows = table => table.getByRole('row').evaluateAll(all =>
  all.map(row => [...row.children].map(cell => cell.innerText.trim())))

test('a full meeting, from the first to arrive to the officer’s word', async t => {
  const { page, broken } = await come(house, 'The panel manager')

  await t.test('the clerk takes attendance', async () => {
    await page.goto(`/meetings/${meeting}`)
    await page.getByRole('button', { name: 'Take attendance' }).click()
    await look(page, 'meeting-attendance')
    await page.getByLabel('Kirsty Lyle').check()
    await page.getByRole('button', { name: 'Sent apologies' }).click()
    await page.goto(`/meetings/${meeting}/attendance`)
    for (const who of ['Joan Ferris', 'Dr Ruth Okonjo', 'Alan Prescott', 'Colin Drewe', 'Dr Amy Pell']) {
      await page.getByLabel(who).check()
    }
    await page.getByLabel('At what time?').fill('12:58pm')
    await page.getByRole('button', { name: 'Came in' }).click()
    assert.match(await page.textContent('h1'), /Meeting under way/)
    assert.match(await page.textContent('#room-title'), /In the room: 5/)
    await look(page, 'meeting-live')
    await narrow(page, 'meeting-live')
  })

  await t.test('what cannot be is said beside the form', async () => {
    await at(house, '2026-12-01T13:05:00Z')
    await page.getByLabel('Joan Ferris').check()
    await page.getByLabel('At what time?').fill('noonish')
    await page.getByRole('button', { name: 'Came in' }).click()
    await look(page, 'meeting-attendance-faults')
    assert.ok(await page.getByLabel('Joan Ferris').isChecked())
    assert.equal(await page.getByLabel('At what time?').inputValue(), 'noonish')
    await page.getByRole('link', { name: 'The meeting' }).click()
  })

  await t.test('a member’s own school breaks the quorum of one item, which is put off', async () => {
    await page.getByRole('link', { name: /Mina Carlow/ }).click()
    assert.match(await page.textContent('main'), /Settle first:\s+Alan Prescott/)
    await look(page, 'meeting-item-interest')
    await page.getByRole('link', { name: /Has no interest/ }).click()
    await page.getByRole('button', { name: 'Record it' }).click()
    await look(page, 'meeting-dismiss-faults')
    assert.match(await page.textContent('#text-error'), /This is required/)
    await page.getByRole('link', { name: 'The item' }).click()
    await page.getByRole('button', { name: /Stands aside/ }).click()
    assert.match(await page.textContent('main'),
      /No quorum: 4 decide; 4 are needed. Missing: 1 more as a headteacher or school leader/)
    await look(page, 'meeting-item-no-quorum')
    await page.getByRole('button', { name: 'Put it off' }).click()
    await look(page, 'meeting-defer')
    assert.ok(await page.getByLabel('There is no quorum for it').isChecked())
    await page.getByLabel(/To when/).fill('To the next meeting, with both headteachers.')
    await page.getByRole('button', { name: 'Put it off' }).click()
    await look(page, 'meeting-deferred')
  })

  await t.test('a package of three agencies is put together, its totals to the penny', async () => {
    await page.getByRole('link', { name: /Leo Ashcombe/ }).click()
    await page.getByRole('button', { name: 'Record the decision' }).click()
    await look(page, 'meeting-decide-which')
    await page.getByLabel('A package of support').check()
    await page.getByRole('button', { name: 'Continue' }).click()
    await look(page, 'meeting-package-empty')
    await page.getByRole('button', { name: 'Record the decision' }).click()
    await look(page, 'meeting-package-faults')

    await page.getByLabel('Name', { exact: true }).fill('Dawn Farrow')
    await page.getByLabel('Role', { exact: true }).fill('Specialist teacher')
    await page.getByLabel('Works for, and reviews it').selectOption('service:specialist-sen')
    const days = ['2026-12-07', '2027-07-16', '2027-03-15']
    await part(page, 1, 'service:specialist-sen', 'A specialist teacher beside Leo', 'outreach',
      ['15.5', 'hour', 'weekly', '21.50'], days, 'high_needs', 'Leo stays in class', 'Dawn Farrow')
    await page.getByRole('button', { name: 'Add a part' }).click()
    await part(page, 2, 'agency:health', 'A therapist, once a month', 'advice',
      ['1', 'session', 'monthly', '94'], days, 'health', 'Leo asks for a break', 'Tessa Birch')
    await page.getByRole('button', { name: 'Add a part' }).click()
    await part(page, 3, 'agency:social_care', 'A family worker at home', 'placement_support',
      ['2', 'hour', 'weekly', '24.50'], ['2026-12-07', '2027-03-26', '2027-02-01'], 'social_care',
      'Leo sleeps through', 'Ian Fenwick')
    await page.getByRole('button', { name: 'Add a part' }).click()
    await page.getByRole('button', { name: 'Remove part 4' }).click()
    await page.getByRole('button', { name: 'Work out' }).last().click()
    // By hand. Weekly from 7 December to 16 July is 32 times, 17 of them by the end of March;
    // 15.5 hours at £21.50 are £333.25. Monthly on the 7th is 8 times, 4 of them by March.
    const expected = [
      ['Agency', '2026/27', '2027/28', 'Total'],
      ['Education', '£5,665.25', '£4,998.75', '£10,664'],
      ['Health', '£376', '£376', '£752'],
      ['Social care', '£784', '£0', '£784'],
      ['All together', '£6,825.25', '£5,374.75', '£12,200'],
    ]
    const table = page.getByRole('table', { name: 'Totals by agency' })
    assert.deepEqual(await rows(table), expected)
    assert.match(await page.textContent('#totals'), /Above £10,000:\s+the officer must ratify it/)
    await look(page, 'meeting-package')
    await narrow(page, 'meeting-package')
    // While one types the totals follow.
    await page.getByRole('group', { name: 'Part 2', exact: true }).getByLabel('Cost of one').fill('95')
    await page.getByRole('cell', { name: '£760', exact: true }).waitFor()
    await page.getByRole('group', { name: 'Part 2', exact: true }).getByLabel('Cost of one').fill('94')
    await page.getByRole('cell', { name: '£752', exact: true }).waitFor()

    await page.getByLabel('Reason', { exact: true }).selectOption('need_beyond_ordinary')
    await page.getByLabel('In the panel’s words').fill('Leo needs more than one service can give.')
    await page.getByLabel('The panel’s terms of reference').check()
    await page.getByLabel(/^Cycle 2/).check()
    await page.getByLabel('What was said at the meeting').check()
    await page.getByRole('button', { name: 'Record the decision' }).click()
    await look(page, 'meeting-decided')
    assert.match(await page.textContent('#order'), /A package of support, at 1:05pm, by 5/)
  })

  await t.test('a second item is decided, for one service', async () => {
    await page.getByRole('link', { name: /Noah Birling/ }).click()
    await page.getByRole('button', { name: 'Record the decision' }).click()
    await page.getByLabel('One service takes it on').check()
    await page.getByRole('button', { name: 'Continue' }).click()
    await look(page, 'meeting-decide-service')
    await page.getByLabel('Which service?').selectOption('early-years-inclusion')
    await page.getByLabel('Reason', { exact: true }).selectOption('criteria_met')
    await page.getByLabel('In the panel’s words').fill('One service is enough for Noah.')
    await page.getByLabel('A criterion in the panel’s own words').fill('Repeated cycles at nursery age')
    await page.getByText('Somebody does not share it').click()
    await page.getByLabel('Who?', { exact: true }).selectOption({ label: 'Dr Amy Pell' })
    await page.getByLabel('Why?').first().fill('A therapist should see him first.')
    await page.getByRole('button', { name: 'Record the decision' }).click()
    assert.match(await page.textContent('#order'), /One service, at 1:05pm, by 5, not shared by Dr Amy Pell/)
  })

  await t.test('it is closed; its minutes read and print as a clerk would write them', async () => {
    await at(house, '2026-12-01T13:25:00Z')
    await page.reload()
    await page.getByRole('button', { name: 'Close the meeting' }).click()
    await look(page, 'meeting-close')
    await page.getByRole('button', { name: 'Close the meeting' }).click()
    await look(page, 'meeting-minutes')
    await narrow(page, 'meeting-minutes')
    const minutes = await page.textContent('main')
    for (const said of [/Deferred at 1:05pm: no quorum, which lacked 1/, /Mina Carlow/,
      /All together £12,200/, /Draft: the chair has not signed/,
      /Alan Prescott declared an interest \(it comes from their own school\) and stood aside/,
      /Not in force until Hilary Stroud ratifies it/, /A therapist should see him first/]) {
      assert.match(minutes, said)
    }
    await page.emulateMedia({ media: 'print' })
    assert.equal(await page.getByRole('link', { name: 'The meeting' }).isVisible(), false)
    assert.equal(await page.getByText('Sign out').isVisible(), false)
    assert.ok(await page.getByText('Chair', { exact: true }).isVisible(), 'a line to sign on')
    await look(page, 'meeting-minutes-printed')
    await page.emulateMedia({ media: null })
  })

  await t.test('the chair signs, and the officer ratifies what awaits their word', async () => {
    const chair = await comeAs(house, 'demo-panel-joan-ferris')
    await chair.page.goto(`/meetings/${meeting}`)
    await chair.page.getByRole('link', { name: 'Sign the minutes' }).click()
    await look(chair.page, 'meeting-sign')
    await chair.page.getByRole('button', { name: 'Sign as a true record' }).click()
    assert.match(await chair.page.textContent('main'), /Signed as a true record by Joan Ferris/)
    assert.equal(await chair.page.getByRole('button', { name: 'Ratify decisions' }).count(), 0)

    await page.goto(`/meetings/${meeting}`)
    await look(page, 'meeting-over')
    await page.getByRole('link', { name: /Ratify what awaits your word/ }).click()
    await look(page, 'meeting-ratify')
    await page.getByLabel('No, it goes back to the panel').check()
    await page.getByRole('button', { name: 'Give your word' }).click()
    await look(page, 'meeting-ratify-faults')
    assert.match(await page.textContent('main'), /Not to agree needs a reason/)
    await page.getByLabel('Yes, it is in force from now on').check()
    await page.getByRole('button', { name: 'Give your word' }).click()
    await look(page, 'meeting-ratified')
    assert.match(await page.textContent('main'), /Ratified by Hilary Stroud/)
  })

  await t.test('the next meeting is asked whether it stands by what its chair decided', async () => {
    await api(house, 'demo-panel', `/requests/${ada.id}/actions/set-depth`, { depth: 'consent',
      reason: { code: 'professional_judgement', criteria: ['terms of reference'], text: 'A clear case.' } })
    const chair = await comeAs(house, 'demo-panel-joan-ferris')
    await chair.page.goto(`/requests/${ada.id}/decide-for-panel`)
    await look(chair.page, 'panel-chair-decides-which')
    await chair.page.getByLabel('Advice to the school').check()
    await chair.page.getByRole('button', { name: 'Continue' }).click()
    await chair.page.getByLabel('Reason', { exact: true }).selectOption('criteria_met')
    await chair.page.getByLabel('In the panel’s words').fill('The cards that the school asks for are in the library.')
    await chair.page.getByLabel('The panel’s terms of reference').check()
    await look(chair.page, 'panel-chair-decides')
    await chair.page.getByRole('button', { name: 'Decide for the panel' }).click()
    assert.match(await chair.page.textContent('main'), /Decided for the panel/)

    const next = await called(house, '2026-12-01T14:10:00Z', [mina])
    for (const time of ['13:50', '14:11']) {
      await at(house, `2026-12-01T${time}:00Z`)
      await page.reload()
    }
    await api(house, 'demo-panel', `/meetings/${next}/attendance`, { event: 'arrived',
      members: ['joan-ferris', 'ruth-okonjo', 'kirsty-lyle', 'amy-pell'] })
    await page.goto(`/meetings/${next}`)
    await look(page, 'meeting-delegated-live')
    await page.getByRole('link', { name: /: Advice to the school/ }).click()
    await look(page, 'meeting-delegated')
    await page.getByLabel('Yes, it stands by it').check()
    await page.getByRole('button', { name: 'Record it' }).click()
    assert.match(await page.textContent('main'), /the panel stands by it/)

    const member = await comeAs(house, 'demo-panel-amy-pell')
    assert.match(await member.page.textContent('main'), /Meeting today/)
    await look(member.page, 'meeting-start-block')
    await member.page.goto(`/meetings/${next}`)
    assert.equal(await member.page.getByRole('button', { name: 'Came in' }).count(), 0)
    assert.equal(await member.page.getByRole('button', { name: 'Close the meeting' }).count(), 0)
    await look(member.page, 'meeting-member')
    await member.page.getByRole('link', { name: /Mina Carlow/ }).click()
    await member.page.getByRole('link', { name: 'I declare an interest' }).click()
    await member.page.getByLabel('They know the family').check()
    await look(member.page, 'meeting-member-interest')
    await member.page.getByRole('button', { name: 'Stand aside' }).click()
    assert.match(await member.page.textContent('main'), /Dr Amy Pell\s+Stands aside/)
    await look(member.page, 'meeting-member-aside')
  })
  assert.deepEqual(broken.filter(it => !/422|409/.test(it)), [])
})

test('a panel that votes says how each voted, and asks a school what it must know first', async () => {
  const callum = await asked(house, SCHOOL, ['Callum', 'Rook'], 'SEMH', 'inreach')
  const jonah = await asked(house, SCHOOL, ['Jonah', 'Birling'], 'SEMH', 'inreach')
  const votes = await called(house, '2026-12-01T14:15:00Z', [callum, jonah], 'semh')
  await at(house, '2026-12-01T14:16:00Z')
  const there = ['malcolm-udoh', 'ruth-okonjo', 'ian-castle', 'beth-orme', 'leroy-banks']
  await api(house, 'demo-panel', `/meetings/${votes}/attendance`, { event: 'arrived', members: there })

  const { page } = await comeAs(house, 'demo-panel-malcolm-udoh')
  await page.goto(`/meetings/${votes}/items/${callum.id}/decide?decision=ehc_assessment`)
  await page.getByLabel('Reason', { exact: true }).selectOption('need_beyond_ordinary')
  await page.getByLabel('In the panel’s words').fill('What can be granted here is not enough.')
  await page.getByLabel('The panel’s terms of reference').check()
  const vote = who => page.getByRole('group', { name: who, exact: true })
  for (const who of ['Malcolm Udoh', 'Dr Ruth Okonjo', 'Leroy Banks']) await vote(who).getByLabel('For').check()
  await vote('Ian Castle').getByLabel('Against').check()
  await page.getByRole('button', { name: 'Record the decision' }).click()
  assert.match(await page.textContent('#votes'), /has not voted/)
  await look(page, 'meeting-votes-faults')
  await vote('Beth Orme').getByLabel('Abstains').check()
  await page.getByRole('button', { name: 'Record the decision' }).click()
  assert.match(await page.textContent('#order'), /by 5: 3 for, 1 against/)

  await page.getByRole('link', { name: /Jonah Birling/ }).click()
  await page.getByRole('button', { name: 'Record the decision' }).click()
  await page.getByLabel('Ask the school something first').check()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('What is the school asked?').fill('What did the summer term’s group come to?')
  await page.getByLabel('Reason', { exact: true }).selectOption('evidence_missing')
  await page.getByLabel('In the panel’s words').fill('We cannot tell whether it helps.')
  await page.getByLabel('The panel’s terms of reference').check()
  await look(page, 'meeting-ask-school')
  await page.getByRole('button', { name: 'Record the decision' }).click()
  assert.match(await page.textContent('#order'), /The school is asked first/)
  const asks = await api(house, `demo-school-${SCHOOL}`, `/requests/${jonah.id}`)
  assert.equal(asks.status, 'awaiting_information')

  const coordinator = await come(house, 'A coordinator')
  await coordinator.page.goto(`/meetings/${votes}`)
  await coordinator.page.getByRole('button', { name: 'Came in' }).waitFor()
  assert.equal(await coordinator.page.getByRole('button', { name: 'Close the meeting' }).count(), 0)
  const auditor = await come(house, 'An auditor')
  await auditor.page.goto(`/meetings/${votes}`)
  await look(auditor.page, 'meeting-auditor')
  assert.doesNotMatch(await auditor.page.textContent('main'), /Callum|Jonah/)
})
