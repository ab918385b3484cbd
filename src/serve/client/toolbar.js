// The toolbar, in a corner: whether the preview follows, what it found, and how the page is looked at.

function toolbar(all, { lens, picks, problems, open, say }) {
  const isSmall = memory.get('toolbar') !== 'open';
  const light = make('span.light', { 'aria-hidden': 'true' });
  const state = make('span', {}, 'Connecting …');
  const count = make('span.count', { hidden: true });
  const badge = button('', () => turn(!body.hidden), { ariaExpanded: String(!isSmall), 'aria-controls': 'body' });
  badge.className = 'badge';
  badge.append(light, state, count);

  const press = (text, title, isOn, run) => {
    const one = button(text, () => { one.ariaPressed = String(run() ?? false); }, { title, ariaPressed: String(isOn) });
    return one;
  };
  const client = (name, text, title) => press(text, title, lens.isOn(name), () => lens.turn(name));
  const script = press('No script', 'The page as it is without script', isWithoutScript(), () => {
    const isOn = !isWithoutScript();
    location.assign(withScript(!isOn));
    return isOn;
  });
  const pick = button('Pick a block', () => picks.pick(pick), { ariaPressed: 'false', title: 'Opens a block in your editor: arrow keys, then Enter. With the mouse: hold Alt and press it' });
  const day = make('input', { type: 'date', onchange: () => settle({ as_of: day.value || null }) });
  const today = button('Today', () => settle({ as_of: null }));
  const drafts = make('input', { type: 'checkbox', onchange: () => settle({ drafts: drafts.checked }) });
  const folded = button('', () => problems.unfold());
  folded.className = 'errors';
  folded.hidden = true;
  const list = make('ol', { role: 'list' });
  const remarks = make('details', { hidden: true }, make('summary'), list);
  const body = make('div.body', { id: 'body', hidden: isSmall },
    folded,
    make('div.row', { role: 'group', ariaLabel: 'Lenses' }, script, client('print', 'Print', 'The page as on paper'),
      client('zoom', '400 %', 'The page at 400 %: 320 px wide'), client('grey', 'Grey', 'The page without colour')),
    make('div.row', {}, make('label', {}, 'As of ', day), today, make('label', {}, drafts, ' Drafts')),
    make('div.row', {}, pick, make('span.hint', {}, 'or hold Alt and press')),
    remarks);
  const bar = make('section.toolbar', { ariaLabel: 'Preview' }, body, badge);
  all.append(bar);
  let settings = { drafts: false, as_of: null };

  function turn(isClosed) {
    body.hidden = isClosed;
    badge.ariaExpanded = String(!isClosed);
    memory.set('toolbar', isClosed ? null : 'open');
  }
  bar.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || body.hidden || problems.isOpen()) return;
    turn(true);
    badge.focus();
  });

  /** For all tabs: the server compiles anew. */
  async function settle(change) {
    const wanted = { drafts: settings.drafts, as_of: settings.as_of, ...change };
    try {
      const answer = await fetch('/-hornbook/settings', {
        method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(wanted),
      });
      if (!answer.ok) throw new Error(`the server says ${answer.status}`);
    } catch {
      say('This could not be set. Is the preview still running?');
      settled(settings);
    }
  }
  function settled(now) {
    settings = now;
    day.value = now.as_of ?? '';
    drafts.checked = now.drafts;
  }

  let errors = 0;
  let listed = '';
  problems.onChange(() => {
    folded.hidden = !errors || problems.isOpen();
    folded.textContent = `Show ${counted(errors, 'problem')}`;
  });
  return {
    lost() {
      bar.dataset.state = 'lost';
      state.textContent = 'Reconnecting …';
    },
    show(site, version, elsewhere) {
      bar.dataset.state = site.ok ? 'live' : 'broken';
      state.textContent = site.ok ? 'Live' : 'Not compiled';
      badge.title = `Version ${version}`;
      errors = site.ok ? 0 : site.problems.length;
      folded.hidden = !errors || problems.isOpen();
      folded.textContent = `Show ${counted(errors, 'problem')}`;
      settled(site.settings ?? settings);
      const all = site.problems.length;
      count.hidden = !all;
      count.textContent = String(all);
      count.ariaLabel = counted(all, 'problem');
      remarks.hidden = !site.ok || !all;
      const onPage = all - elsewhere.length;
      remarks.firstElementChild.textContent = `${counted(all, 'remark')}${onPage ? `, ${onPage} on this page` : ''}`;
      const text = JSON.stringify(elsewhere);
      if (text === listed) return;
      listed = text;
      list.replaceChildren(...elsewhere.map((problem) => {
        const item = report(problem, open);
        if (problem.page && problem.page !== location.pathname) item.append(make('a', { href: problem.page }, problem.page));
        return item;
      }));
    },
  };
}
