// SPDX-License-Identifier: Apache-2.0
// Everything can be read without this: it adds the filters, copy buttons and links into what is folded up.
'use strict';
(() => {
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const findings = all('.finding');

  const filters = document.getElementById('filters');
  const texts = new Map();  // of the findings, in small letters
  const textOf = (finding) => {
    if (!texts.has(finding)) texts.set(finding, finding.textContent.toLowerCase());
    return texts.get(finding);
  };

  function matches(finding, wanted) {
    return ['severity', 'rule', 'table'].every((key) => !wanted[key] || finding.dataset[key] === wanted[key].slice(1)) &&
        wanted.words.every((word) => textOf(finding).includes(word));
  }

  function filter() {
    const wanted = {words: filters.elements.search.value.toLowerCase().split(/\s+/).filter(Boolean)};
    for (const key of ['severity', 'rule', 'table']) wanted[key] = filters.elements[key].value;
    let shown = 0;
    for (const finding of findings) {
      finding.hidden = !matches(finding, wanted);
      if (!finding.hidden) ++shown;
    }
    document.getElementById('shown').value = `${shown} of ${findings.length} shown`;
  }

  // An option for each value that occurs. Its own value starts with a sign, so that "all" stays apart from an empty one.
  function offer(select) {
    const values = new Set(findings.map((finding) => finding.dataset[select.name]));
    for (const value of [...values].sort()) select.add(new Option(value || '(none)', '=' + value));
  }

  if (filters) {
    all('select', filters).forEach(offer);
    filters.hidden = false;
    filters.addEventListener('input', filter);
    filters.addEventListener('reset', () => setTimeout(filter));
    filters.addEventListener('submit', (event) => event.preventDefault());
    filter();
  }

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {  // no right to it, or an old browser
      const area = document.createElement('textarea');
      area.value = text;
      document.body.append(area);
      area.select();
      const done = document.execCommand('copy');
      area.remove();
      if (!done) throw new Error('cannot copy');
    }
  }
  for (const command of all('.command')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Copy';
    button.setAttribute('aria-live', 'polite');
    button.addEventListener('click', () =>
        copy(command.querySelector('pre').textContent)
            .then(() => 'Copied', () => 'Select and copy by hand')
            .then((said) => { button.textContent = said; }));
    command.append(button);
  }

  // A link into what is folded up or filtered out shows it.
  function reveal() {
    const target = document.getElementById(location.hash.slice(1));
    if (!target) return;
    if (target.closest('.finding[hidden]')) filters.reset(), filter();
    const within = target.matches('.finding') ? target.firstElementChild : target;
    for (let at = within; at; at = at.parentElement) if (at.tagName === 'DETAILS') at.open = true;
    target.scrollIntoView({block: 'center'});
  }
  addEventListener('hashchange', reveal);
  reveal();

  for (const form of all('.goto')) {
    form.hidden = false;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const id = form.dataset.sync + 'c' + form.elements.call.value;
      if (document.getElementById(id)) {
        if (location.hash === '#' + id) reveal();
        location.hash = id;
      }
      form.elements.call.setCustomValidity(document.getElementById(id) ? '' : 'not in this report');
      form.elements.call.reportValidity();
    });
    form.elements.call.addEventListener('input', (event) => event.target.setCustomValidity(''));
  }

  // On paper all is open but the calls, which may be thousands.
  let opened = [];
  addEventListener('beforeprint', () => {
    opened = all('details:not(.group):not([open])');
    for (const details of opened) details.open = true;
  });
  addEventListener('afterprint', () => { for (const details of opened) details.open = false; });
})();
