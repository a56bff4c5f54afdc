/* Runs inside a report after its own scripts and checks what only a browser knows. The verdict goes into <pre id="probe">. */
(() => {
  'use strict';
  const result = JSON.parse(document.getElementById('result').textContent);
  const failures = [...window.probeErrors];
  let checks = 0;
  const check = (good, text) => { checks += 1; if (!good) failures.push(text); };
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const text = (node) => node.textContent;

  /* Figures: the unrounded value is that of the JSON, and the printed text is that value rounded. */
  const factors = { s: 1, ms: 1e-3, 'µs': 1e-6, ns: 1e-9, '%': 1e-2, points: 1e-2, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3, TiB: 1024 ** 4 };
  function printed(node, value, unit) {
    const match = /^([−+]?[\d.]+)(?: ± (<?)([\d.]+))? ?(\S*)/.exec(text(node));
    if (!match) return false;
    let factor = factors[match[4]] || 1;
    if (unit === 'ns') factor *= 1e9;
    const shown = Number(match[1].replace('−', '-').replace('+', '')) * factor;
    const digits = (match[1].split('.')[1] || '').length;
    return Math.abs(shown - value) <= 0.5001 * factor * 10 ** -digits;
  }
  function figure(cell, value, unit, where) {
    const data = cell && cell.querySelector('data');
    if (typeof value !== 'number') { check(!data, `${where}: a figure where there is none`); return; }
    check(data && Number(data.value) === value, `${where}: ${data && data.value} in the table, ${value} in the JSON`);
    if (data) check(printed(data, value, unit), `${where}: "${text(data)}" is not ${value} ${unit}`);
  }
  const table = (section, caption) => all(`#${section} table`).find((t) => text(t.caption) === caption);
  const head = (row) => text(row.cells[0]);

  const many = result.scenarios.length > 1;
  result.scenarios.forEach((s) => {
    const metrics = table('metrics', many ? s.name : 'Every metric');
    const names = Object.keys(s.metrics);
    check(metrics && metrics.tBodies[0].rows.length === names.length, `${s.name}: every metric has a row`);
    all('tbody tr', metrics).forEach((row, i) => {
      const m = s.metrics[names[i]];
      const unit = names[i].endsWith('.queue') ? '' : m.unit;
      check(head(row) === names[i], `${s.name}: row ${i} is ${names[i]}`);
      figure(row.cells[1], m.mean, unit, `${s.name} ${names[i]}`);
      if (typeof m.p95 === 'number') figure(row.cells[3], m.p95, unit, `${s.name} ${names[i]} p95`);
    });
  });
  result.scenarios.slice(1).forEach((s) => {
    const rows = result.comparison.filter((c) => c.scenario === s.name && typeof c.delta === 'number');
    const shown = all('tbody tr', table('comparison', s.name));
    check(shown.length === rows.length, `${s.name}: every difference has a row`);
    shown.forEach((row, i) => {
      const { unit } = s.metrics[rows[i].metric];
      figure(row.cells[1], rows[i].base, unit, `${rows[i].metric} baseline`);
      figure(row.cells[2], rows[i].value, unit, `${rows[i].metric} what-if`);
      const data = row.cells[3].querySelector('data');
      check(data && Number(data.value) === rows[i].delta, `${s.name} ${rows[i].metric}: difference`);
      check(!row.cells[4] || text(row.cells[4]) === (rows[i].verdict || ''), `${s.name} ${rows[i].metric}: verdict`);
    });
  });
  if (many) {
    all('#utilization tbody tr').forEach((row) => result.scenarios.forEach((s, i) => {
      const u = s.resources.find((r) => r.name === head(row));
      if (u) figure(row.cells[i + 1], u.utilization, '1', `${s.name} ${u.name} utilization`);
    }));
  }
  check(all('#workloads tbody tr').length === result.scenarios.reduce((n, s) => n + s.workloads.length, 0), 'every workload has a row');

  const queues = result.scenarios.slice(0, 12).flatMap((s) => (s.series || []).filter((q) => q.points.length));
  const courses = all('#queues tbody tr');
  check(courses.length === queues.length, `${courses.length} rows for ${queues.length} queues`);
  courses.forEach((row) => {
    const [mean, highest] = all('data', row).map((d) => Number(d.value));
    check(queues.some((q) => Math.abs(q.points.reduce((n, p) => n + p.mean, 0) / q.points.length - mean) < 1e-9 * mean
      && Math.max(...q.points.map((p) => p.mean)) === highest), `${head(row)}: no queue has this mean and height`);
  });

  /* Charts are drawn: as many as the script says, each with ink. */
  const canvases = all('canvas');
  check(canvases.length === Number(document.documentElement.dataset.charts), 'the number of charts');
  check(canvases.length >= (result.card ? 1 : 0) + (result.scenarios.length ? 3 : 0), `only ${canvases.length} charts`);
  canvases.forEach((c) => {
    const pixels = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
    let ink = 0;
    for (let i = 3; i < pixels.length; i += 4) ink += pixels[i] > 0;
    check(ink > 500, `${c.getAttribute('aria-label')} is empty`);
    check(c.getAttribute('role') === 'img' && c.getAttribute('aria-label'), 'a chart has no name');
    check(Boolean(c.closest('section').querySelector('table')), 'a chart has no table');
  });

  /* Nothing is fetched, nothing in the result runs. */
  check(performance.getEntriesByType('resource').length === 0, 'something was fetched');
  check(/ - hvplan$/.test(document.title), `the title is ${document.title}`);

  /* Structure for keyboards and screen readers. */
  ['header', 'nav[aria-label]', 'main', 'footer', 'h1'].forEach((s) => check(all(s).length === 1, `one ${s}`));
  all('table').forEach((t) => check(t.caption && text(t.caption), 'a table has no caption'));
  all('th').forEach((t) => check(t.scope, `a header without scope: ${text(t)}`));
  all('nav a, .skip').forEach((a) => check(document.querySelector(a.getAttribute('href')), `${a.getAttribute('href')} leads nowhere`));
  const ids = all('[id]').map((n) => n.id);
  check(new Set(ids).size === ids.length, 'an id occurs twice');
  let level = 0;
  all('h1, h2, h3, h4').forEach((h) => { const l = Number(h.tagName[1]); check(l <= level + 1, `${text(h)}: heading level`); level = l; });
  check(document.documentElement.scrollWidth <= innerWidth, `the page is ${document.documentElement.scrollWidth} wide, the window ${innerWidth}`);

  /* Contrast of every text on its ground (WCAG 2.1, 1.4.3). */
  const rgba = (s) => { const n = s.match(/[\d.]+/g).map(Number); return n.length > 3 ? n : [...n, 1]; };
  const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
  function ground(node) {
    const here = rgba(getComputedStyle(node).backgroundColor);
    if (here[3] === 1) return here;
    return over(here, node.parentElement ? ground(node.parentElement) : [255, 255, 255, 1]);
  }
  const luminance = (c) => [0.2126, 0.7152, 0.0722].reduce((sum, weight, i) => {
    const v = c[i] / 255;
    return sum + weight * (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  }, 0);
  const worst = new Map();
  all('body *').filter((n) => n.checkVisibility() && !['SCRIPT', 'STYLE', 'PRE'].includes(n.tagName)
    && [...n.childNodes].some((c) => c.nodeType === 3 && c.data.trim())).forEach((n) => {
    const below = ground(n);
    const [a, b] = [luminance(over(rgba(getComputedStyle(n).color), below)), luminance(below)];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const kind = `${n.tagName}.${n.className}`;
    if (n.getAttribute('aria-hidden') !== 'true') worst.set(kind, Math.min(contrast, worst.get(kind) || 99));
  });
  worst.forEach((contrast, kind) => check(contrast >= 4.5, `${kind}: contrast ${contrast.toFixed(2)}`));

  const verdict = document.createElement('pre');
  verdict.id = 'probe';
  const dark = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  verdict.textContent = [...failures.map((f) => `FAIL ${f}`), `probe: ${checks} checks, ${failures.length} failures, ${canvases.length} charts, ${dark}`].join('\n');
  document.body.append(verdict);
})();
