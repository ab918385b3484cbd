// From the page to its sources: what is pressed with Alt, or chosen with the keys, opens in the author's editor; what the compiler has to
// say of a block is a mark on it.

/** `content/a.md:3-5` → `{ file, line, last }` */
function readPlace(text) {
  const [, file, line, last] = text?.match(/^(.*):(\d+)(?:-(\d+))?$/s) ?? [];
  return file ? { file, line: Number(line), last: Number(last ?? line) } : null;
}

/** The innermost element around `node` that says where it stands; the name of a definition stands where that does. */
function sourceOf(node) {
  const element = node instanceof Element ? node : node?.parentElement;
  const entry = element?.closest('dt:not([data-source])');
  const definition = entry?.parentElement.querySelector('dd[data-source], dd [data-source]');
  return definition ?? element?.closest('[data-source]') ?? null;
}

/** Opens a place in the author's editor. */
function opener(say) {
  return async (place) => {
    let answer;
    try {
      answer = await fetch('/-hornbook/open', {
        method: 'POST', headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ file: place.file, line: place.line || 1, column: place.column || 1 }),
      });
      const told = answer.status === 204 ? {} : await answer.json();
      if (answer.ok && told.url && !/^\s*(javascript|data|vbscript|blob):/i.test(told.url)) location.assign(told.url);
      if (answer.ok) say(`${placeOf(place)} is open in your editor.`);
      else say(told.message ?? `${placeOf(place)} could not be opened.`);
    } catch {
      say(answer ? `${placeOf(place)} could not be opened.` : 'The preview does not answer. Is it still running?');
    }
  };
}

/** What is pressed with Alt held, or picked. */
function picker(all, open) {
  const label = make('span');
  const frame = make('div.frame', { hidden: true }, label);
  const word = make('p.unseen', { role: 'status' });
  all.append(frame, word);
  let pointed = null;
  let shown = null;
  let mode = null;

  const hide = () => {
    shown = null;
    frame.hidden = true;
  };
  const show = (element) => {
    shown = element;
    const place = readPlace(element?.dataset.source);
    frame.hidden = !place;
    if (!place) return;
    const { left, top, width, height } = element.getBoundingClientRect();
    const edge = Math.max(0, left - 4);
    Object.assign(frame.style, { left: `${edge}px`, top: `${top - 4}px`, width: `${Math.min(width + 8, document.documentElement.clientWidth - edge)}px`, height: `${height + 8}px` });
    label.textContent = placeOf(place);
    label.classList.toggle('below', top < 40);
  };
  const choose = (element) => {
    const place = readPlace(element?.dataset.source);
    if (place) open(place);
  };
  const isOwn = (event) => event.composedPath().includes(all);
  addEventListener('pointermove', (event) => {
    pointed = isOwn(event) ? null : event.composedPath()[0];
    if (event.altKey || mode) show(sourceOf(pointed));
    else if (shown) hide();
  }, { passive: true });
  addEventListener('keydown', (event) => { if (event.key === 'Alt' && pointed) show(sourceOf(pointed)); });
  addEventListener('keyup', (event) => {
    if (event.key !== 'Alt' || !shown || mode) return;
    event.preventDefault();
    hide();
  });
  addEventListener('blur', () => { if (!mode) hide(); });
  addEventListener('scroll', () => { if (shown) show(shown); }, { passive: true, capture: true });
  addEventListener('click', (event) => {
    if (!(event.altKey || mode) || isOwn(event) || event.button) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    choose(sourceOf(event.composedPath()[0]));
    mode?.end();
  }, true);

  /** The blocks on screen, one after the other, from the keys; `control` has the focus meanwhile. */
  function pick(control) {
    if (mode) {
      mode.end();
      return;
    }
    const blocks = [...document.querySelectorAll('main[data-source] [data-source], body [data-source]:not(main)')]
      .filter((element) => element.getClientRects().length);
    if (!blocks.length) {
      word.textContent = 'Nothing on this page was written in a file of its own.';
      return;
    }
    let at = Math.max(0, blocks.findIndex((element) => element.getBoundingClientRect().top >= 0));
    const step = (by) => {
      at = Math.min(blocks.length - 1, Math.max(0, at + by));
      blocks[at].scrollIntoView({ block: 'center', behavior: 'instant' });
      show(blocks[at]);
      word.textContent = `${placeOf(readPlace(blocks[at].dataset.source))}: ${blocks[at].textContent.trim().slice(0, 60)}`;
    };
    const keys = (event) => {
      const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1, Home: -Infinity, End: Infinity }[event.key];
      if (by) step(by);
      else if (event.key === 'Enter' || event.key === ' ') {
        choose(blocks[at]);
        mode.end();
      } else if (event.key === 'Escape') mode.end();
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    mode = {
      end() {
        control.removeEventListener('keydown', keys);
        control.removeEventListener('blur', mode.end);
        control.ariaPressed = 'false';
        mode = null;
        hide();
      },
    };
    control.ariaPressed = 'true';
    control.addEventListener('keydown', keys);
    control.addEventListener('blur', mode.end);
    step(0);
  }
  return { pick };
}

/** The element of the page that a problem is about: the innermost that holds its line. */
function subject(problem) {
  let best = null;
  let least = Infinity;
  for (const element of document.querySelectorAll(`body [data-source^="${CSS.escape(problem.file)}:"]:not(main)`)) {
    const { line, last } = readPlace(element.dataset.source) ?? {};
    if (line <= problem.line && problem.line <= last && last - line <= least) {
      best = element;
      least = last - line;
    }
  }
  return best;
}

/** Marks on what problems are about; tells how many found their place. */
function marker(all, open) {
  const place = make('section.marks', { ariaLabel: 'Remarks of the preview' });
  all.append(place);
  let marks = [];
  let frame = 0;
  const arrange = () => {
    frame = 0;
    const width = document.documentElement.clientWidth;
    for (const { element, mark } of marks) {
      const { left, top, right, height } = element.getBoundingClientRect();
      mark.hidden = !element.getClientRects().length;
      const edge = Math.max(2, left - 6);
      Object.assign(mark.style, {
        left: `${edge + scrollX}px`, top: `${top + scrollY - 4}px`, width: `${Math.min(right + 6, width - 2) - edge}px`, height: `${height + 8}px`,
      });
    }
  };
  const later = () => { frame ||= requestAnimationFrame(arrange); };
  addEventListener('pointerdown', (event) => { for (const { close } of marks) close(event); });
  addEventListener('resize', later);
  addEventListener('toggle', later, true);
  new ResizeObserver(later).observe(document.body);

  function mark(problem, element, number) {
    const id = `mark-${number}`;
    const bubble = make('div.bubble', { id, hidden: true }, make('ol', { role: 'list' }, report(problem, open)));
    const turn = (isClosed) => {
      bubble.hidden = isClosed;
      press.ariaExpanded = String(!isClosed);
    };
    const press = button('!', () => turn(!bubble.hidden), { ariaLabel: `${problem.level}: ${problem.message}`, ariaExpanded: 'false', 'aria-controls': id, title: problem.message });
    const whole = make(`div.mark.${problem.level}`, {}, press, bubble);
    whole.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || bubble.hidden) return;
      turn(true);
      press.focus();
    });
    return { element, mark: whole, close: (event) => { if (!event.composedPath().includes(whole)) turn(true); } };
  }
  return {
    /** Shows the problems that have a place on this page, and hands back the others. */
    show(problems) {
      const found = problems.map((problem) => ({ problem, element: subject(problem), text: JSON.stringify(problem) }));
      const here = found.filter(({ element }) => element);
      // What is open stays so while nothing of it changes.
      if (here.length !== marks.length || here.some(({ element, text }, at) => marks[at].element !== element || marks[at].text !== text)) {
        marks = here.map((one, number) => ({ ...mark(one.problem, one.element, number), text: one.text }));
        place.replaceChildren(...marks.map((one) => one.mark));
      }
      arrange();
      return found.filter(({ element }) => !element).map(({ problem }) => problem);
    },
  };
}
