'use strict';
// The search, in a dialog on every page and on a page of its own. Finds what src/search finds, number for number. No request carries what is typed.
(() => {
  const hornbook = window.hornbook ||= {};
  const link = document.querySelector('a[data-core]');
  const root = new URL('../', link.href);

  // Words.
  const letters = '[\\p{Alphabetic}\\p{N}\\p{M}]+';
  const compound = new RegExp(`${letters}(?:['-]${letters})*`, 'gu');
  const dropped = /[\u00ad\u0300-\u036f\u0591-\u05bd\u064b-\u065f\u200b-\u200d\u2060]/g;
  const plain = { ß: 'ss', æ: 'ae', œ: 'oe', þ: 'th', ø: 'o', ł: 'l', đ: 'd', ð: 'd', ı: 'i', ς: 'σ', '‘': "'", '’': "'", 'ʼ': "'", '‐': '-', '–': '-' };
  const special = new RegExp(`[${Object.keys(plain).join('')}]`, 'g');
  const alone = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\u{20000}-\u{3ffff}]/gu;
  const fold = (text) => text.normalize('NFKD').replace(dropped, '').toLowerCase()
    .replace(special, (letter) => plain[letter]).normalize('NFC').replace(alone, ' $& ');
  const stem = (word) => {
    if (!index.english || !/^[a-z]{4,}$/.test(word)) return word;
    word = word.replace(/([^sui])s$/, '$1');
    if (/..ie$/.test(word)) return word.replace(/ie$/, 'y');
    return word.replace(/(x|ch|sh|ss|z)e$/, '$1');
  };
  const parts = (text) => (fold(text).match(compound) || [])
    .flatMap((word) => (index.english ? word.replaceAll("'", '').split('-') : word.split(/['-]/)));

  // What is loaded.
  const scripts = new Map();
  const load = (path) => {
    if (!scripts.has(path)) {
      scripts.set(path, new Promise((done, failed) => {
        const script = document.createElement('script');
        script.src = new URL(path, root);
        script.onload = done;
        script.onerror = () => { scripts.delete(path); failed(new Error(path)); };
        document.head.append(script);
      }));
    }
    return scripts.get(path);
  };
  let index;
  const begin = async () => {
    await load(link.dataset.core);
    ({ index } = hornbook);
  };
  const words = [];
  let terms;
  const postings = (text) => {
    const found = [];
    let document = 0;
    for (let at = 0; at < text.length; at += 1) {
      const impact = Math.max(0, text.charCodeAt(at) - 93);
      if (impact) at += 1;
      let scale = 1;
      for (; text[at] === '!'; at += 2) {
        document += (text.charCodeAt(at + 1) - 35) * scale;
        scale *= 57;
      }
      document += (text.charCodeAt(at) - 35) * scale;
      found.push([document, impact || index.usual.charCodeAt(document) - 35]);
      document += 1;
    }
    return found;
  };
  const shard = async (number) => {
    if (words[number]) return;
    await load(index.shards[number][1]);
    let before = '';
    words[number] = hornbook.shards[number + 1].trimEnd().split('\n').map((line) => {
      const space = line.indexOf(' ');
      before = before.slice(0, line.charCodeAt(0) - 35) + line.slice(1, space);
      return [before, line.slice(space + 1)];
    });
  };
  // The words of every shard that may hold one of the ranges.
  const lexicon = async (ranges) => {
    const numbers = index.shards.map((_, number) => number).filter((number) => ranges.some(([from, to]) =>
      index.shards[number][0] <= to && !(index.shards[number + 1]?.[0] <= from)));
    await Promise.all(numbers.map(shard));
    return numbers.flatMap((number) => words[number]);
  };

  // Numbers.
  const logarithm = (number) => {
    const whole = 31 - Math.clz32(number);
    return whole * 16 + Math.floor(number * 16 / 2 ** whole) - 16;
  };
  const rarity = (found) => Math.max(1, logarithm(Math.max(1, Math.floor(32 * (index.documents.length + 1) / (2 * found + 1)))) - 64);
  const near = (a, b) => {
    if (a === b || Math.abs(a.length - b.length) > 1) return false;
    let at = 0;
    while (at < a.length && a[at] === b[at]) at += 1;
    const [x, y] = [a.slice(at), b.slice(at)];
    return x.slice(1) === y.slice(1) || x.slice(1) === y || x === y.slice(1)
      || (x[0] === y[1] && x[1] === y[0] && x.slice(2) === y.slice(2));
  };

  const find = async (text) => {
    await begin();
    const { documents, names: named, cards } = index;
    const slots = parts(text).slice(0, 10).map((raw) => ({ raw, word: stem(raw), matches: [], terms: [] }));
    const last = slots.length - 1;
    const marked = new Set();
    const earn = (earned, list, worth) => {
      for (const [document, impact] of list) earned[document] = Math.max(earned[document] || 0, worth * impact);
    };
    const match = (slot, [word, list], worth) => {
      marked.add(word);
      earn(slot.matches, postings(list), worth);
    };
    const found = (slot) => documents.filter((_, number) => slot.matches[number] || slot.terms[number]).length;

    const joined = slots.map(({ raw }, at) => (at < last ? stem(raw + slots[at + 1].raw) : ''));
    const begun = slots.map(({ raw }, at) => raw.length >= (at === last ? 2 : 4));
    const known = await lexicon(slots.flatMap(({ raw, word }, at) =>
      [[word, word], [joined[at], joined[at]], begun[at] ? [raw, `${raw}\uffff`] : [word, word]]));
    for (const entry of known) {
      slots.forEach((slot, at) => {
        if (entry[0] === slot.word) {
          slot.exact = true;
          match(slot, entry, 8);
        } else if (begun[at] && entry[0].startsWith(slot.raw)) {
          match(slot, entry, Math.max(1, Math.floor((at === last ? 6 : 3) * slot.raw.length / entry[0].length)));
        }
        if (entry[0] === joined[at]) {
          for (const one of slots.slice(at, at + 2)) {
            one.exact = true;
            match(one, entry, 8);
          }
        }
      });
    }

    const name = async (worthOf) => {
      for (let start = 0; start <= last; start += 1) {
        for (let end = start + 1; end <= Math.min(last + 1, start + 6); end += 1) {
          const span = slots.slice(start, end);
          for (let term = 0; term < named.length; term += 1) {
            const worth = worthOf(span, named[term], end > last);
            if (worth) {
              await load(index.terms);
              terms ||= hornbook.shards[0].split('\n');
              for (const slot of span) {
                slot.exact ||= worth === 8;
                earn(slot.terms, postings(terms[term]), worth);
              }
            }
          }
        }
      }
    };
    const written = (span) => span.map((slot) => slot.word).join(' ');
    await name((span, names, atEnd) => {
      if (names.includes(written(span))) return 8;
      const start = [...span.slice(0, -1).map((slot) => slot.word), span.at(-1).raw].join(' ');
      return atEnd && start.length >= 3 && names.some((one) => one.startsWith(start)) ? 4 : 0;
    });

    for (const slot of slots) slot.typo = slot.raw.length >= 4 && !slot.exact && found(slot) < 2;
    const typos = slots.filter((slot) => slot.typo);
    if (typos.length) {
      const few = index.shards.length <= 12;
      for (const entry of await lexicon(few ? [['', '\uffff']] : typos.map(({ word }) => [word[0], `${word[0]}\uffff`]))) {
        for (const slot of typos) {
          if ((few || entry[0][0] === slot.word[0]) && near(slot.word, entry[0])) match(slot, entry, 2);
        }
      }
      await name((span, names) => (span.some((slot) => slot.typo) && names.some((one) => near(written(span), one)) ? 2 : 0));
    }

    const rarities = slots.map((slot) => found(slot) && rarity(found(slot)));
    const whole = rarities.reduce((sum, one) => sum + one, 0);
    let best = 0;
    const all = [];
    documents.forEach((_, document) => {
      let points = 0;
      let covered = 0;
      slots.forEach((slot, at) => {
        const earned = (slot.matches[document] || 0) + (slot.terms[document] || 0);
        if (earned) {
          points += rarities[at] * earned;
          covered += rarities[at];
        }
      });
      if (covered) all.push({ document, covered, score: Math.floor(points * covered * covered / (whole * whole)) });
      best = Math.max(best, covered);
    });
    const hits = all.filter((hit) => 4 * hit.covered >= best).sort((a, b) => b.score - a.score || a.document - b.document);

    const meant = (slot, word) => word === slot.word || (slot.raw.length >= 3 && word.startsWith(slot.raw)) || (slot.typo && near(slot.word, word));
    const least = Math.min(80, rarity(1));
    const heldOf = (sign) => {
      if (sign.every(([word]) => slots.some((slot) => meant(slot, word)))) return 65536;
      let held = 0;
      let said = 0;
      slots.forEach((slot, at) => {
        const own = Math.max(0, ...sign.map(([word, says]) => (meant(slot, word) ? says : 0)));
        held += own;
        said += own || rarities[at];
      });
      return held >= least && 2 * held >= said ? held : 0;
    };
    let card = -1;
    let most = 0;
    cards.forEach(([, signs], at) => {
      const held = Math.max(0, ...signs.map(heldOf));
      if (2 * held > 3 * most) [card, most] = [at, held];
    });
    return { card, hits, marked };
  };

  // What readers see.
  const href = (path) => {
    const { href: url, protocol } = new URL(path, root);
    return protocol === 'file:' ? url.replace(/\/(?=#|$)/, '/index.html') : url;
  };
  const make = (name, ...children) => {
    const element = document.createElement(name);
    element.append(...children);
    return element;
  };
  const highlighted = (text, marked) => {
    const pieces = text.split(/([\p{Alphabetic}\p{N}\p{M}'’]+)/u);
    return pieces.map((piece, at) => {
      if (at % 2 === 0 || !parts(piece).some((word) => marked.has(stem(word)))) return piece;
      return make('mark', piece);
    });
  };
  const classed = (name, element) => Object.assign(element, { className: name });
  const finder = (place, most, changed, ...extra) => {
    const { words: said, help } = index;
    const input = make('input');
    Object.assign(input, { type: 'search', autocomplete: 'off', autocapitalize: 'none', spellcheck: false, enterKeyHint: 'go', maxLength: 200 });
    const status = classed('small', make('p'));
    status.role = 'status';
    const to = (title, path) => Object.assign(make('a', title), { href: href(path) });
    const shown = make('div');
    const care = classed('search-care', make('div', shown, ...help ? [make('p', to(...help))] : []));
    const groups = ['words', 'articles', 'exercises', 'pages'].map((name) => make('section', make('h2', said[name]), make('ul')));
    const list = classed('search-groups', make('div', ...groups));
    const more = make('p', to(said.all, 'search/'));
    for (const one of [care, ...groups, more]) one.hidden = true;
    place.append(classed('search-bar', make('div', make('label', `${said.field} `, input), ...extra)), status, care, list, more);
    let latest;
    const show = async () => {
      const text = input.value;
      changed?.(text);
      const run = latest = find(text).catch(() => {});
      const results = await run;
      if (run !== latest) return;
      if (!results) {
        status.textContent = said.failed;
        return;
      }
      const { card, hits, marked } = results;
      const [html] = index.cards[card] || [''];
      care.hidden = !html;
      shown.innerHTML = html;
      for (const one of shown.querySelectorAll('a')) one.href = href(one.getAttribute('href'));
      let cut = false;
      for (const group of groups) group.hidden = true;
      const found = hits.map((hit) => index.documents[hit.document]);
      for (const number of new Set(found.map(([group]) => group))) {
        const group = groups[number];
        const own = found.filter(([other]) => other === number);
        cut ||= own.length > most;
        group.hidden = false;
        list.append(group);
        group.querySelector('ul').replaceChildren(...own.slice(0, most).map(([, title, path, summary]) => {
          const name = make('a', ...highlighted(title, marked));
          name.href = href(path);
          return make('li', name, make('span', ...highlighted(summary, marked)));
        }));
      }
      more.hidden = !cut;
      more.firstElementChild.href = `${href('search/')}#q=${encodeURIComponent(text)}`;
      const urgent = classed('visually-hidden', make('span', html && `${shown.querySelector('h2')?.textContent} `));
      const count = said[hits[1] ? 'many' : hits[0] ? 'one' : 'none'].replace('{n}', hits.length);
      status.replaceChildren(urgent, text.trim() && count);
    };
    const links = () => [...place.querySelectorAll('a')].filter((one) => !one.closest('[hidden]'));
    input.addEventListener('input', show);
    place.addEventListener('keydown', async (event) => {
      if (event.isComposing) return;
      if (event.key === 'Enter' && event.target === input) {
        event.preventDefault();
        await latest;
        links()[0]?.click();
      }
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const stops = [input, ...links()];
      const next = step && stops[stops.indexOf(event.target) + step];
      if (next && stops.includes(event.target)) {
        event.preventDefault();
        next.focus();
      }
    });
    return { input, show };
  };

  // On the search page what was typed stands in the part of the address that is never sent.
  const page = document.querySelector('.search-page');
  let dialog;
  let field;
  if (page) {
    begin().then(() => {
      const own = finder(page, Infinity, (text) => {
        history.replaceState(null, '', location.pathname + (text && `#q=${encodeURIComponent(text)}`));
      });
      field = own.input;
      const take = () => {
        const asked = new URLSearchParams(location.hash.slice(1) || location.search).get('q');
        if (asked === null || asked === field.value) return;
        field.value = asked;
        own.show();
      };
      take();
      addEventListener('hashchange', take);
    }, () => page.append(make('p', page.dataset.failed)));
  }

  const open = async () => {
    try {
      await begin();
    } catch {
      if (!page) location.assign(link.href);
      return;
    }
    if (!page && !dialog) {
      const inside = make('div');
      dialog = classed('search-dialog', make('dialog', inside));
      dialog.setAttribute('closedby', 'any');
      dialog.ariaLabel = link.textContent;
      document.body.append(dialog);
      const close = make('button', index.words.close);
      close.type = 'button';
      field = finder(inside, 5, undefined, close).input;
      dialog.addEventListener('click', ({ target }) => {
        const isGround = target === dialog && !('closedBy' in dialog);
        if (isGround || target.closest('button') || target.closest('a')?.pathname === location.pathname) dialog.close();
      });
      dialog.addEventListener('keydown', (event) => {
        if (event.key === 'Escape' && !event.isComposing) {
          event.preventDefault();
          dialog.close();
        }
      });
    }
    if (dialog && !dialog.open) {
      // What had the focus gets it back when the dialog closes.
      if (document.activeElement === document.body) link.focus({ preventScroll: true });
      dialog.showModal();
    }
    field.focus();
    field.select();
  };
  hornbook.search = { find, open };
})();
