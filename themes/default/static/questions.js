'use strict';
// Questions: what an option says is read out when it opens; steps, pairs and gaps are judged when the reader asks. Nothing is kept, nothing sent.
// Without script options open all the same, and the rest has its answer in a fold.
(() => {
  const words = document.querySelector('.answers')?.dataset;
  if (!words) return;
  const make = (name, more) => Object.assign(document.createElement(name), more);
  const plain = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();
  const score = (count, total) => words.score.replace('{n}', count).replace('{total}', total);
  const liveRegion = (more) => {
    const region = make('p', more);
    region.setAttribute('role', 'status');
    return region;
  };

  function options(quiz, folds) {
    const status = quiz.appendChild(liveRegion({ className: 'visually-hidden' }));
    const right = folds.filter((fold) => fold.matches('.right'));
    const say = ({ target }) => {
      if (!target.open) return;
      const parts = [...target.children].slice(1).map((part) => part.textContent.trim());
      if (right.length > 1) parts.push(score(right.filter((fold) => fold.open).length, right.length));
      status.textContent = parts.join(' ');
    };
    for (const fold of folds) fold.addEventListener('toggle', say);
  }

  function fields(quiz, all) {
    const letters = [...quiz.querySelectorAll('.quiz-letters > li')].map((item) => plain(item.textContent));
    const means = (value) => letters[value.charCodeAt(0) - 65] ?? value;
    const isRight = (field) => (field.localName === 'select'
      ? means(field.value) === means(field.dataset.answer)
      : field.dataset.answer.split(' / ').some((answer) => plain(answer) === plain(field.value)));
    const unmark = (field) => {
      field.removeAttribute('aria-invalid');
      field.closest('label').querySelector('.quiz-mark')?.remove();
    };
    const status = liveRegion();
    const check = () => {
      for (const field of all) {
        unmark(field);
        if (!field.value.trim()) continue;
        const right = isRight(field);
        if (!right) field.setAttribute('aria-invalid', 'true');
        field.closest('label').append(make('span', { className: `quiz-mark${right ? ' right' : ''}`, textContent: right ? words.right : words.wrong }));
      }
      status.textContent = score(all.filter(isRight).length, all.length);
    };
    const button = make('button', { type: 'button', className: 'button', textContent: words.check });
    button.addEventListener('click', check);
    const line = make('div', { className: 'quiz-check' });
    line.append(button, status);
    quiz.querySelector('.quiz-answer').before(line);
    for (const field of all) {
      field.addEventListener('input', () => unmark(field));
      field.addEventListener('keydown', (event) => { if (event.key === 'Enter' && field.localName === 'input') check(); });
    }
  }

  for (const quiz of document.querySelectorAll('.quiz')) {
    const folds = [...quiz.querySelectorAll('.quiz-options > li > details')];
    const all = [...quiz.querySelectorAll('[data-answer]')];
    if (folds.length) options(quiz, folds);
    else if (all.length) fields(quiz, all);
  }
})();
