// What the law asks of the service that assesses for plans: its decisions, in the law's order,
// and the grounds on which one of them may be late.
import { test, before, after } from 'node:test'
import { strict as assert } from 'node:assert'
import { open, come, comeAs, look, narrow } from './house.js'
import { asked } from './panel.js'

const ASSESSES = 'demo-service-statutory-sen'
const SCHOOL = '900012'

let house
before(async () => { house = await open(['--demo-clock', '2026-12-01T12:00:00Z']) })
after(async () => { await house.close() })

const assessment = name => asked(house, SCHOOL, [name, 'Larkin'], 'ASD', 'ehc_assessment')

/** Says what was decided, on the page of its own. */
async function decide(page, id, decision) {
  await page.goto(`/requests/${id}`)
  await page.getByRole('link', { name: 'Record a decision about a plan' }).click()
  await page.getByLabel(decision, { exact: true }).check()
  await page.getByRole('button', { name: 'Record a decision about a plan' }).click()
}

test('the decisions of an assessment are recorded in the order of the law', async () => {
  const { id } = await assessment('Mira')
  const { page, broken } = await comeAs(house, ASSESSES)
  await page.goto(`/requests/${id}/record-statutory-decision`)
  await look(page, 'statutory-decision')
  await narrow(page, 'statutory-decision')
  assert.equal(await page.getByLabel('The final plan is issued').count(), 0)
  await page.getByRole('button', { name: 'Record a decision about a plan' }).click()
  await look(page, 'statutory-decision-faults')
  assert.match(await page.textContent('#decision-error'), /This is required/)

  await decide(page, id, 'To assess for a plan')
  await look(page, 'statutory-assess')
  assert.match(await page.textContent('main'), /decided: to assess for a plan/)
  await decide(page, id, 'To issue a plan')
  await decide(page, id, 'The final plan is issued')
  await look(page, 'statutory-final')
  assert.match(await page.textContent('main'), /decided: the final plan is issued/)
  assert.equal(await page.getByRole('link', { name: 'Record a decision about a plan' }).count(), 0)
  assert.deepEqual(broken.filter(it => !/422/.test(it)), [])
})

test('a decision against what was asked for takes its reason', async () => {
  const { id } = await assessment('Nell')
  const { page } = await comeAs(house, ASSESSES)
  await decide(page, id, 'Not to assess')
  await look(page, 'statutory-denied-faults')
  assert.match(await page.textContent('main'), /needs a reason/)
  await page.getByLabel('Reason', { exact: true }).selectOption('criteria_not_met')
  await page.getByLabel('In your own words').fill('What the school ordinarily gives has not been tried for long enough.')
  await page.getByRole('button', { name: 'Record a decision about a plan' }).click()
  await look(page, 'statutory-denied')
  assert.match(await page.textContent('main'), /not to assess/)
})

test('a ground excuses a decision that is late, and only one that the law knows for it', async () => {
  const { id } = await assessment('Orla')
  const { page } = await comeAs(house, ASSESSES)
  await page.goto(`/requests/${id}`)
  await page.getByRole('link', { name: 'Record why it may be late' }).click()
  await look(page, 'excusal')
  await narrow(page, 'excusal')
  await page.getByRole('button', { name: 'Record why it may be late' }).click()
  await look(page, 'excusal-faults')
  assert.match(await page.textContent('#ground-error'), /This is required/)
  await page.getByLabel('Decision whether to assess for a plan').check()
  await page.getByLabel('The child missed an appointment').check()
  await page.getByRole('button', { name: 'Record why it may be late' }).click()
  await look(page, 'excusal-no-ground')
  assert.match(await page.textContent('#ground-error'), /missed an appointment for an examination or a test does not excuse a late/)
  await page.getByLabel('The child or the family is away for four weeks or more').check()
  await page.getByLabel('What happened?').fill('The family is abroad until the middle of January.')
  await page.getByRole('button', { name: 'Record why it may be late' }).click()
  await look(page, 'excused')
  assert.match(await page.textContent('main'), /The law excuses lateness: the child, the parent/)
})

test('nobody else decides about a plan', async () => {
  const { id } = await assessment('Pia')
  for (const who of ['The duty adviser', 'A coordinator', 'The panel manager']) {
    const { page, context } = await come(house, who)
    await page.goto(`/requests/${id}`)
    assert.equal(await page.getByRole('link', { name: /about a plan|may be late/ }).count(), 0, who)
    await context.close()
  }
})
