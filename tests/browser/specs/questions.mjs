import { test } from '../suite.mjs';

const every = (run, holding) => run.sample(null, holding) ?? run.skip('the site has no such question');
const said = (quiz) => quiz.locator('[role=status]').innerText();

for (const width of [360, 1280]) {
  test(`an option says at once whether it is right, and why, ${width} px`, async (run) => {
    const sample = every(run, 'class="quiz-options"');
    if (!sample) return;
    const page = await run.open(sample.path, { width });
    const quiz = page.locator('.quiz:has(.wrong)').first();
    const [right, wrong] = [quiz.locator('details.right').first(), quiz.locator('details.wrong').first()];
    run.expect(await said(quiz) === '', page, 'nothing is said before a choice');
    for (const option of [wrong, right]) {
      const summary = option.locator('summary');
      run.expect((await summary.boundingBox()).height >= 44, page, 'an option is tall enough for a thumb');
      await summary.focus();
      await page.keyboard.press('Enter');
      const feedback = (await option.locator('.quiz-verdict').innerText()).trim();
      await page.waitForFunction(([line, text]) => line.textContent.startsWith(text), [await quiz.locator('[role=status]').elementHandle(), feedback]);
      run.expect((await said(quiz)).length > feedback.length, page, 'what is said has the reason in it');
      run.expect(await summary.evaluate((one) => one === document.activeElement), page, 'the focus stays');
    }
  });

  test(`steps, pairs and gaps are judged when the reader asks, ${width} px`, async (run) => {
    for (const holding of ['<select autocomplete', 'class="quiz-letters"', 'class="gap"']) {
      const sample = every(run, holding);
      if (!sample) return;
      const page = await run.open(sample.path, { width });
      const inside = { 'class="quiz-letters"': '.quiz-letters', 'class="gap"': '.gap' }[holding] ?? '.quiz-fields';
      const quiz = page.locator(`.quiz:has(${inside})`).first();
      const fields = await quiz.locator('[data-answer]').all();
      const fill = (field, value) => field.evaluate((one, text) => {
        one.value = text;
        one.dispatchEvent(new Event('input', { bubbles: true }));
      }, value);
      const answers = await Promise.all(fields.map((field) => field.getAttribute('data-answer')));
      const button = quiz.locator('button');
      await fill(fields[0], holding.includes('gap') ? 'wrong' : answers[1]);
      await button.click();
      run.expect(/^0\D+\d/.test(await said(quiz)), page, `the score is said (${await said(quiz)})`);
      run.expect(await quiz.locator('[aria-invalid=true]').count() === 1, page, 'the wrong field is marked, those that are empty are not');
      for (const [number, field] of fields.entries()) await fill(field, ` ${answers[number].split(' / ').pop()} `.slice(...(holding.includes('gap') ? [0] : [1, -1])).replace(/^./, (first) => first.toUpperCase()));
      run.expect(await quiz.locator('.quiz-mark').count() === 0, page, 'marks go when the answer changes');
      await button.click();
      run.expect((await said(quiz)).startsWith(`${fields.length} `), page, `all are right (${await said(quiz)})`);
      run.expect(await quiz.locator('.quiz-mark.right').count() === fields.length, page, 'each is marked');
    }
  });
}

test('without script, each question can be answered and opened', async (run) => {
  const sample = every(run, 'class="quiz-fields"');
  if (!sample) return;
  const page = await run.open(sample.path, { script: false });
  run.expect(await page.locator('.quiz button').count() === 0, page, 'no button that does nothing');
  for (const fold of await page.locator('.quiz details').all()) {
    const inside = fold.locator(':scope > :not(summary)').first();
    run.expect(!await inside.isVisible(), page, 'the answer is folded');
    await fold.locator('summary').click();
    run.expect(await inside.isVisible(), page, 'a press opens it');
  }
  run.expect(!await page.locator('.answers').isVisible(), page, 'the answers for paper are not on screen');
});

test('on paper the answers come on a sheet of their own, and no question tells them', async (run) => {
  for (const { path } of run.samples(null, 3, 'class="answers"')) {
    const page = await run.open(path);
    await page.evaluate(() => { for (const details of document.querySelectorAll('.quiz details')) details.open = true; });
    await page.emulateMedia({ media: 'print' });
    const seen = await page.evaluate(() => ({
      told: [...document.querySelectorAll('.quiz details > :not(summary), .quiz-mark')].filter((one) => one.checkVisibility()).length,
      marks: [...document.querySelectorAll('.quiz-options summary')].map((one) => getComputedStyle(one, '::before').content.split('/')[0].trim()).filter((mark) => mark !== '"☐"'),
      breaks: getComputedStyle(document.querySelector('.answers')).breakBefore,
      questions: document.querySelectorAll('.quiz').length,
      answers: document.querySelectorAll('.answers > ol > li').length,
      last: document.querySelector('main > :last-child:not(.tip), main > :nth-last-child(2):has(+ .tip)').className,
    }));
    run.expect(seen.told === 0 && seen.marks.length === 0, page, `no question tells its answer (${seen.told}, ${seen.marks})`);
    run.expect(seen.breaks === 'page' && seen.last === 'answers', page, `the answers are last, on their own sheet (${seen.breaks}, ${seen.last})`);
    run.expect(seen.answers === seen.questions, page, `each question has its answer (${seen.answers} for ${seen.questions})`);
  }
});

test('the quiz mixes questions, and each leads back to its page', async (run) => {
  const quiz = run.sample('quiz') ?? run.skip('the site has no quiz');
  if (!quiz) return;
  const page = await run.open(quiz.path);
  const from = await page.locator('.quiz-from a').evaluateAll((links) => links.map((link) => link.href));
  run.expect(from.length === await page.locator('.quiz').count(), page, 'each question says where it is from');
  run.expect(from.every((href, number) => href !== from[number + 1]), page, 'no two of one page follow each other');
  for (const href of new Set(from)) run.expect(await run.exists(href), page, `${href} exists`);
  const ids = await page.evaluate(() => [...document.querySelectorAll('[id]')].map(({ id }) => id).filter((id, at, all) => all.indexOf(id) !== at));
  run.expect(ids.length === 0, page, `no id stands twice (${ids})`);
});
