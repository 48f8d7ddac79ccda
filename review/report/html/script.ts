/** Runs in the page: any two variants, side by side. Text goes in as text, never as markup. */
export const script = `
(() => {
  const data = JSON.parse(document.getElementById('differences').textContent);
  const [from, to] = ['from', 'to'].map((id) => document.getElementById(id));
  const out = document.getElementById('difference');
  const el = (tag, text, kind) => { const e = document.createElement(tag); if (text) e.textContent = text; if (kind) e.className = kind; return e; };
  const pair = () => {
    const a = Number(from.value), b = Number(to.value);
    const known = data.find((one) => one.pair[0] === a && one.pair[1] === b);
    if (known) return known;
    const turned = data.find((one) => one.pair[0] === b && one.pair[1] === a);
    if (!turned) return null;
    const swap = (one) => ({ ...one, before: one.after, after: one.before });
    return { ...turned, facts: turned.facts.map(swap), added: turned.removed, removed: turned.added,
      changed: turned.changed.map((one) => ({ ...one, attributes: one.attributes.map(swap) })) };
  };
  const show = () => {
    out.replaceChildren();
    const one = pair();
    if (!one) { out.append(el('p', 'Choose two different variants.')); return; }
    const table = el('table'), body = el('tbody');
    const head = el('tr'); const heads = ['concern', 'what', from.selectedOptions[0].text, to.selectedOptions[0].text];
    for (const text of heads) { const h = el('th', text); h.scope = 'col'; head.append(h); }
    const thead = el('thead'); thead.append(head); table.append(thead, body);
    for (const { concern, fact, before, after } of one.facts) {
      const row = el('tr'), th = el('th', concern); th.scope = 'row';
      row.append(th, ...[fact, before, after].map((text, index) => { const td = el('td'), value = el('span', text, 'value'); td.dataset.head = heads[index + 1]; td.append(value); return td; })); body.append(row);
    }
    const box = el('div', '', 'scroll stack'); box.tabIndex = 0; box.setAttribute('role', 'group'); box.setAttribute('aria-label', 'What differs'); box.append(table);
    if (one.facts.length) out.append(box); else out.append(el('p', 'No fact differs.'));
    const details = el('details');
    details.append(el('summary', one.added.length + ' resources added, ' + one.removed.length + ' removed, ' + one.changed.length + ' changed'));
    const list = el('ul', '', 'resources');
    for (const [sign, addresses] of [['+', one.added], ['−', one.removed]])
      for (const address of addresses) { const li = el('li'); li.append(sign + ' ', el('code', address)); list.append(li); }
    for (const { address, attributes, verdict, because } of one.changed) {
      const li = el('li'); li.append(({ replaced: '±', 'in place': '~' }[verdict] || '?') + ' ', el('code', address), ' ', el('span', verdict, 'tag ' + (verdict === 'replaced' ? 'replaced' : verdict === 'in place' ? 'met' : 'unsure')));
      if (verdict === 'replaced') li.append(el('div', because, 'change'));
      for (const { attribute, before, after } of attributes) {
        const line = el('div', '', 'change'); line.append(el('code', attribute), ': ', el('b', before), ' → ', el('b', after)); li.append(line);
      }
      list.append(li);
    }
    details.append(list); out.append(details);
  };
  document.getElementById('swap').addEventListener('click', () => { const was = from.value; from.value = to.value; to.value = was; show(); });
  from.addEventListener('change', show); to.addEventListener('change', show);
  addEventListener('beforeprint', () => document.querySelectorAll('details').forEach((one) => { one.open = true; }));
  show();
})();
`.trim();
