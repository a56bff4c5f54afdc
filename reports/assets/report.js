/* Draws the charts of a report from the result inside it. Without this script nothing is lost: every figure is in a table. */
(() => {
  'use strict';
  const result = JSON.parse(document.getElementById('result').textContent);
  const scenarios = result.scenarios.slice(0, 12);
  const root = document.documentElement;
  const charts = [];

  const colour = (name) => getComputedStyle(root).getPropertyValue(name).trim();
  const palette = (i) => colour(`--c${(i % 8) + 1}`);
  const fade = (hex, alpha) => hex + Math.round(alpha * 255).toString(16).padStart(2, '0');
  const known = (v) => typeof v === 'number';
  const digits = (v) => Number(v.toPrecision(3)).toString();
  const percent = (v) => `${digits(100 * v)} %`;
  const times = (v) => `${digits(v)}×`;
  function seconds(v) {
    const a = Math.abs(v);
    if (a >= 1 || a === 0) return `${digits(v)} s`;
    return a >= 1e-3 ? `${digits(v * 1e3)} ms` : `${digits(v * 1e6)} µs`;
  }
  /* Axis labels of at most two lines. */
  function label(text, width = 26) {
    if (text.length <= width) return text;
    const cut = text.lastIndexOf(' ', width);
    const at = cut > width / 2 ? cut : width;
    const rest = text.slice(at).trim();
    return [text.slice(0, at), rest.length > width ? `${rest.slice(0, width - 1)}…` : rest];
  }
  const metric = (s, name) => (s.metrics || {})[name];
  const unique = (list) => [...new Set(list)];
  const workloads = unique(scenarios.flatMap((s) => (s.workloads || []).map((w) => w.name)));
  /* A resource has one colour in all charts. */
  const places = unique(scenarios.flatMap((s) => [
    ...(s.workloads || []).flatMap((w) => w.breakdown.map((b) => b.resource)),
    ...(s.bottleneck ? [s.bottleneck.resource, ...s.bottleneck.next.map((n) => n.resource)] : []),
  ]));
  const placeColour = (resource) => palette(places.indexOf(resource));
  const workload = (s, name) => (s.workloads || []).find((w) => w.name === name);

  /* Whiskers from point.low to point.high (across) or point.down to point.up, and a text beside a point or at the end of a bar. */
  const marks = {
    id: 'marks',
    afterDatasetsDraw(chart) {
      const { ctx, scales: { x, y }, chartArea: area } = chart;
      ctx.save();
      ctx.font = `${Chart.defaults.font.size}px ${Chart.defaults.font.family}`;
      ctx.textBaseline = 'middle';
      chart.data.datasets.forEach((set, d) => chart.getDatasetMeta(d).data.forEach((point, i) => {
        const raw = set.data[i];
        if (!raw || typeof raw !== 'object') return;
        if (known(raw.low) && known(raw.high)) {
          const low = x.getPixelForValue(raw.low);
          const high = x.getPixelForValue(raw.high);
          ctx.strokeStyle = set.borderColor;
          ctx.lineWidth = 1.5;
          ctx.beginPath();
          ctx.moveTo(low, point.y); ctx.lineTo(high, point.y);
          [low, high].forEach((at) => { ctx.moveTo(at, point.y - 5); ctx.lineTo(at, point.y + 5); });
          ctx.stroke();
        }
        if (known(raw.down) && known(raw.up)) {
          const [down, up] = [raw.down, raw.up].map((v) => y.getPixelForValue(v));
          ctx.strokeStyle = set.borderColor;
          ctx.lineWidth = 1.5;
          ctx.beginPath();
          ctx.moveTo(point.x, down); ctx.lineTo(point.x, up);
          [down, up].forEach((at) => { ctx.moveTo(point.x - 5, at); ctx.lineTo(point.x + 5, at); });
          ctx.stroke();
        }
        if (raw.text) {
          const width = ctx.measureText(raw.text).width;
          const room = raw.above ? true : point.x + 8 + width <= area.right + chart.options.layout.padding.right;
          ctx.fillStyle = colour('--ink');
          ctx.textAlign = raw.above ? 'center' : room ? 'left' : 'right';
          ctx.fillText(raw.text, raw.above ? Math.max(point.x, area.left + width / 2) : point.x + (room ? 8 : -8),
            point.y + (raw.above || 0));
        }
      }));
      ctx.restore();
    },
  };

  function axis(options) {
    return {
      grid: { color: colour('--rule'), drawBorder: false },
      ticks: { color: colour('--soft'), maxTicksLimit: 8, maxRotation: 0, includeBounds: false, ...options.ticks },
      title: { display: Boolean(options.name), text: options.name, color: colour('--soft') },
      ...options.scale,
    };
  }
  /* A vertical axis of names, one row each, for charts whose points have coordinates. */
  function names(list) {
    return {
      type: 'linear', reverse: true, min: -0.6, max: list.length - 0.4, afterBuildTicks: (s) => {
        s.ticks = list.map((_, value) => ({ value }));
      },
      grid: { color: colour('--rule'), drawBorder: false },
      ticks: { color: colour('--ink'), autoSkip: false, callback: (v) => label(list[v] || '') },
    };
  }
  const bars = { type: 'category', grid: { display: false, drawBorder: false }, ticks: { autoSkip: false } };

  function base(config) {
    const tooltip = { callbacks: { label: config.tip, title: () => '' }, displayColors: false };
    return {
      type: config.type,
      data: config.data,
      plugins: [marks],
      options: {
        indexAxis: config.type === 'bar' ? 'y' : 'x', responsive: true, maintainAspectRatio: false, animation: false,
        layout: { padding: { right: config.right || 16, top: config.top || 0 } },
        scales: config.scales,
        plugins: {
          tooltip,
          legend: {
            display: config.legend !== false, position: 'bottom', align: 'start', onClick: () => {},
            labels: { color: colour('--ink'), boxWidth: 10, boxHeight: 10, usePointStyle: config.type !== 'bar', ...config.labels },
          },
        },
      },
    };
  }

  /* Response: a dot with its 95 % interval, and the 95th percentile. */
  function responseChart(name) {
    const shown = scenarios.filter((s) => known((metric(s, `workload.${name}.response_s`) || {}).mean));
    const all = shown.map((s) => metric(s, `workload.${name}.response_s`));
    if (!all.length) return null;
    const point = (x, y, half) => ({ x, y, low: known(half) ? x - half : undefined, high: known(half) ? x + half : undefined });
    const values = all.flatMap((m) => [m.mean, m.p95]).filter((v) => known(v) && v > 0);
    const wide = Math.max(...values) > 30 * Math.min(...values);
    const dot = (text, style, i, data) => ({
      label: text, data, pointStyle: style, pointRadius: 5, pointHoverRadius: 6, borderColor: palette(i), borderWidth: 2,
      backgroundColor: i ? colour('--ground') : palette(i),
    });
    const dots = [dot('mean with 95 % interval', 'circle', 0, all.map((m, y) => point(m.mean, y, m.half_width)))];
    if (all.some((m) => known(m.p95))) {
      dots.push(dot('95th percentile', 'rectRot', 1, all.flatMap((m, y) => (known(m.p95) ? [point(m.p95, y)] : []))));
    }
    return {
      title: name, note: wide ? 'response time, logarithmic scale' : 'response time', rows: all.length, step: 34,
      config: () => base({
        type: 'scatter', data: { datasets: dots },
        tip: (c) => `${shown[c.raw.y].name}: ${c.dataset.label} ${seconds(c.raw.x)}`,
        scales: {
          x: axis({ ticks: { callback: (v) => seconds(v) }, scale: wide ? { type: 'logarithmic' } : { beginAtZero: true } }),
          y: names(shown.map((s) => s.name)),
        },
      }),
    };
  }

  /* Where the time goes: colour says where, depth says what (service full, wait half, overhead light). */
  const parts = [['service_s', 'service', 1], ['wait_s', 'wait', 0.55], ['overhead_s', 'overhead', 0.3]];
  function breakdownChart(name) {
    const shown = scenarios.filter((s) => workload(s, name));
    const rows = shown.map((s) => workload(s, name));
    const total = (w) => w.breakdown.reduce((sum, b) => sum + b.wait_s + b.service_s + b.overhead_s, 0);
    const resources = unique(rows.flatMap((w) => w.breakdown.map((b) => b.resource)));
    const steady = rows.filter((w, i) => !shown[i].saturated).map(total);
    const longest = Math.max(...rows.map(total));
    const limit = steady.length && longest > 3 * Math.max(...steady) ? 1.3 * Math.max(...steady) : 1.12 * longest;
    const sets = resources.flatMap((resource) => parts.map(([key, what, alpha]) => ({
      label: resource, what, backgroundColor: fade(placeColour(resource), alpha), borderWidth: 0, maxBarThickness: 22,
      data: rows.map((w, y) => ({ x: (w.breakdown.find((b) => b.resource === resource) || {})[key] || 0, y: String(y) })),
    })));
    const ends = {
      label: '', data: rows.map((w, y) => ({ x: 0, y: String(y), text: total(w) > limit ? '' : seconds(total(w)) })),
      backgroundColor: 'transparent',
    };
    const beyond = rows.some((w) => total(w) > limit);
    return {
      title: name,
      note: `response time; full colour is service, half is wait, light is overhead${beyond
        ? `; off the scale: ${rows.flatMap((w, i) => (total(w) > limit ? [`${shown[i].name} ${seconds(total(w))}`] : [])).join(', ')}` : ''}`,
      rows: rows.length, step: 36,
      config: () => base({
        type: 'bar', data: { labels: rows.map((_, i) => String(i)), datasets: [...sets, ends] },
        labels: { filter: (item, data) => data.datasets[item.datasetIndex].what === 'service' },
        tip: (c) => `${c.dataset.label} ${c.dataset.what}: ${seconds(c.raw.x)}`,
        scales: {
          x: axis({ ticks: { callback: (v) => seconds(v) }, scale: { stacked: true, max: limit } }),
          y: { ...bars, stacked: true, ticks: { ...bars.ticks, color: colour('--ink'), callback: (v) => label(shown[v].name) } },
        },
      }),
    };
  }

  /* The busiest resources; the heat table has all. */
  function utilizationChart() {
    const of = (s, name) => ((s.resources || []).find((u) => u.name === name) || {}).utilization;
    const peak = (name) => Math.max(...scenarios.map((s) => of(s, name) || 0));
    const every = unique(scenarios.flatMap((s) => (s.resources || []).map((u) => u.name)));
    const list = every.sort((a, b) => peak(b) - peak(a)).slice(0, scenarios.length > 4 ? 5 : 8);
    if (!list.length) return null;
    return {
      title: 'Utilization', note: every.length > list.length ? `the ${list.length} busiest of ${every.length} resources` : '',
      rows: list.length, step: 14 + 11 * scenarios.length,
      config: () => base({
        type: 'bar', legend: scenarios.length > 1,
        data: {
          labels: list,
          datasets: scenarios.map((s, i) => ({
            label: s.name, data: list.map((name) => of(s, name)), backgroundColor: palette(i), maxBarThickness: 14, categoryPercentage: 0.8,
          })),
        },
        tip: (c) => `${c.dataset.label}: ${c.label} ${percent(c.parsed.x)}`,
        scales: {
          x: axis({ ticks: { callback: percent }, scale: { min: 0, suggestedMax: 1 } }),
          y: { ...bars, ticks: { ...bars.ticks, color: colour('--ink') } },
        },
      }),
    };
  }

  /* The trail: who limits today, and at which multiple of the load the next one does once that is relieved. */
  function trailChart() {
    const shown = scenarios.filter((s) => s.bottleneck && s.bottleneck.next.length);
    if (!shown.length) return null;
    const sets = shown.map((s, y) => ({
      label: s.name, showLine: true, borderColor: colour('--strong'), borderWidth: 1.5, pointRadius: 6, pointHoverRadius: 7,
      pointBackgroundColor: [s.bottleneck, ...s.bottleneck.next].map((n) => placeColour(n.resource)),
      pointBorderColor: colour('--ground'),
      data: [{ x: 1, y, text: s.bottleneck.resource, above: -15 }, ...s.bottleneck.next.filter((n) => known(n.takes_over_at)).map((n, i) => ({
        x: n.takes_over_at, y, text: n.resource, above: i % 2 ? -15 : 15,
        low: known(n.half_width) ? n.takes_over_at - n.half_width : undefined,
        high: known(n.half_width) ? n.takes_over_at + n.half_width : undefined,
      }))],
    }));
    return {
      title: 'Who limits, and from which load on', note: '1× is today; whiskers are 95 % intervals', rows: shown.length, step: 56,
      config: () => base({
        type: 'scatter', data: { datasets: sets }, legend: false, right: 60, top: 12,
        tip: (c) => `${shown[c.raw.y].name}: ${c.raw.text} from ${times(c.raw.x)}`,
        scales: { x: axis({ name: 'load', ticks: { callback: times } }), y: names(shown.map((s) => s.name)) },
      }),
    };
  }

  /* Back-test: counters have many units, so each prediction is told as a share of what was measured. */
  function backtestChart() {
    const rows = ((result.card || {}).rows || []).filter((r) => known(r.measured) && known(r.predicted) && r.measured !== 0).slice(0, 24);
    if (!rows.length) return null;
    const short = (path) => path.replace(/^\\\\[^\\]*\\/, '');
    const dot = (text, style, c, data) => ({
      label: text, data, pointStyle: style, pointRadius: 5, borderColor: c, backgroundColor: c, borderWidth: 2,
    });
    return {
      title: 'Predicted against measured', note: 'measured = 100 %', rows: rows.length, step: 36,
      config: () => base({
        type: 'scatter',
        data: {
          datasets: [
            dot('measured', 'line', colour('--strong'), rows.map((_, y) => ({ x: 1, y }))),
            dot('predicted', 'circle', palette(0), rows.map((r, y) => ({ x: r.predicted / r.measured, y, low: 1, high: r.predicted / r.measured }))),
          ],
        },
        tip: (c) => `${short(rows[c.raw.y].counter)}: ${percent(c.raw.x)}`,
        scales: {
          x: axis({ ticks: { callback: percent }, scale: { suggestedMin: 0.8, suggestedMax: 1.2 } }),
          y: { ...names(rows.map((r) => short(r.counter))), ticks: { color: colour('--ink'), callback: (v) => label(short(rows[v].counter), 40) } },
        },
      }),
    };
  }

  /* The curve: one step to the right is the next number of vCPUs that was run, whatever their distance. */
  const curve = result.vcpu_curve || { points: [] };
  const steps = curve.points;
  const count = (v) => `${v} vCPU${v === 1 ? '' : 's'}`;
  const mark = (p) => [p.vcpus === curve.now && 'today', p.vcpus === curve.knee && 'knee'].filter(Boolean).join(', ');
  const at = (p, name) => p.workloads.find((w) => w.workload === name);
  const tenants = (visits) => (steps.length ? steps[0].workloads.filter((w) => w.visits === visits).map((w) => w.workload) : []);
  const across = () => ({
    ...axis({ name: `vCPUs of ${curve.vm}`, ticks: { autoSkip: false, callback: (v) => (steps[v] || {}).vcpus } }),
    type: 'linear', min: -0.4, max: steps.length - 0.6, afterBuildTicks: (s) => { s.ticks = steps.map((_, value) => ({ value })); },
  });
  const line = (text, style, i, data) => ({
    label: text, data, showLine: true, pointStyle: style, pointRadius: 5, pointHoverRadius: 6, borderColor: palette(i), borderWidth: 2,
    pointBackgroundColor: style === 'circle' ? palette(i) : colour('--ground'), backgroundColor: palette(i),
  });
  const rise = (x, y, half, more) => ({ x, y, down: known(half) ? y - half : undefined, up: known(half) ? y + half : undefined, ...more });
  const bad = (text, data) => ({
    label: text, data, showLine: false, pointStyle: 'crossRot', pointRadius: 7, pointHoverRadius: 8, borderColor: colour('--bad'), borderWidth: 2.5,
  });

  function curveChart(name) {
    const rows = steps.map((p) => at(p, name));
    const means = rows.flatMap((w, x) => (known(w.response_s) ? [rise(x, w.response_s, w.response_half_width, { text: mark(steps[x]), above: -16 })] : []));
    const tails = rows.flatMap((w, x) => (known(w.p95_s) ? [rise(x, w.p95_s, w.p95_half_width)] : []));
    const top = Math.max(0, ...tails.map((p) => p.y), ...means.map((p) => p.y));
    const lost = rows.flatMap((w, x) => (w.saturated ? [{ x, y: top || 1, text: mark(steps[x]), above: -16 }] : []));
    const sets = [line('mean with 95 % interval', 'circle', 0, means), line('95th percentile', 'rectRot', 1, tails)];
    if (lost.length) sets.push(bad('cannot keep up', lost));
    return {
      title: name, note: 'response time', rows: 7, step: 34,
      config: () => base({
        type: 'scatter', data: { datasets: sets }, top: 20,
        tip: (c) => `${count(steps[c.raw.x].vcpus)}: ${c.dataset.label}${c.dataset.showLine ? ` ${seconds(c.raw.y)}` : ''}`,
        scales: { x: across(), y: axis({ ticks: { callback: (v) => seconds(v) }, scale: { beginAtZero: true } }) },
      }),
    };
  }

  /* Neighbours differ in size, so each is told as a change from its own response today. */
  function neighboursChart() {
    const base0 = steps.find((p) => p.vcpus === curve.now);
    const list = tenants(false).filter((name) => base0 && known(at(base0, name).response_s)).slice(0, 8);
    if (!list.length || steps.length < 2) return null;
    const styles = ['circle', 'rectRot', 'triangle', 'rect'];
    const sets = list.map((name, i) => {
      const today = at(base0, name).response_s;
      return line(name, styles[i % 4], i, steps.flatMap((p, x) => {
        const w = at(p, name);
        if (p === base0) return [{ x, y: 0, text: i ? '' : 'today', above: -16 }];
        return known(w.response_delta_s) ? [rise(x, w.response_delta_s / today, w.response_delta_half_width / today)] : [];
      }));
    });
    const lost = steps.flatMap((p, x) => (list.some((name) => at(p, name).saturated) ? [{ x, y: 0 }] : []));
    if (lost.length) sets.push(bad('one cannot keep up', lost));
    return {
      title: 'Response of the neighbours', note: `change from today (${count(curve.now)} for ${curve.vm})`, rows: 7, step: 34,
      config: () => base({
        type: 'scatter', data: { datasets: sets }, top: 20,
        tip: (c) => `${count(steps[c.raw.x].vcpus)}: ${c.dataset.label}${c.dataset.showLine ? ` ${c.raw.y > 0 ? '+' : ''}${percent(c.raw.y)}` : ''}`,
        scales: { x: across(), y: axis({ ticks: { callback: percent }, scale: { suggestedMin: -0.02, suggestedMax: 0.05 } }) },
      }),
    };
  }

  /* A queue over time: a line for each scenario in which somebody waits. */
  const courses = unique(scenarios.flatMap((s) => (s.series || []).map((q) => q.metric)));
  function queueChart(name) {
    const shown = scenarios.flatMap((s, i) => (s.series || []).filter((q) => q.metric === name && q.points.length).map((q) => ({ s, i, q })));
    if (!shown.length) return null;
    const packets = name.endsWith('.output_queue_packets');
    const dash = [[], [6, 3], [2, 2], [8, 3, 2, 3]];
    const sets = shown.map(({ s, i, q }) => ({
      label: s.name, showLine: true, pointRadius: 0, pointHitRadius: 6, borderColor: palette(i), backgroundColor: palette(i), borderWidth: 1.5,
      borderDash: dash[i % 4], pointStyle: 'line',
      data: q.points.map((p, k) => ({ x: q.from_s + (k + 0.5) * q.step_s, y: p.mean })),
    }));
    /* A queue without end must not press the others flat: its line leaves the picture. */
    const top = (list) => Math.max(0, ...list.flatMap(({ q }) => q.points.map((p) => p.mean)));
    const calm = shown.filter(({ s }) => !s.saturated);
    const beyond = calm.length ? shown.filter((one) => one.s.saturated && top([one]) > 2 * top(calm)) : [];
    const off = beyond.length ? `; off the scale: ${beyond.map((one) => `${one.s.name} ${digits(top([one]))}`).join(', ')}` : '';
    const ends = shown.flatMap(({ q }) => [q.from_s, q.from_s + q.points.length * q.step_s]);
    return {
      title: name.replace(/\.[^.]*$/, ''), note: (packets ? 'packets that wait to be sent' : 'operations that wait or are served') + off, rows: 6, step: 34,
      config: () => base({
        type: 'scatter', data: { datasets: sets }, legend: scenarios.length > 1,
        tip: (c) => `${c.dataset.label}: ${digits(c.raw.y)} at ${seconds(c.raw.x)}`,
        scales: {
          x: axis({ name: 'simulated time', ticks: { callback: (v) => seconds(v) }, scale: { min: Math.min(...ends), max: Math.max(...ends) } }),
          y: axis({ scale: { beginAtZero: true, ...(beyond.length ? { max: 1.25 * top(calm) } : {}) } }),
        },
      }),
    };
  }

  const makers = {
    curve: () => tenants(true).map(curveChart),
    neighbours: () => [neighboursChart()],
    response: () => workloads.map(responseChart),
    breakdown: () => workloads.map(breakdownChart),
    utilization: () => [utilizationChart()],
    queues: () => courses.map(queueChart),
    trail: () => [trailChart()],
    backtest: () => [backtestChart()],
  };

  function drawOne(box, chart) {
    const figure = document.createElement('figure');
    const caption = document.createElement('figcaption');
    const note = document.createElement('span');
    const plot = document.createElement('div');
    const canvas = document.createElement('canvas');
    caption.textContent = chart.title;
    note.textContent = chart.note ? ` ${chart.note}` : '';
    caption.append(note);
    plot.className = 'plot';
    plot.style.height = `${Math.max(2, chart.rows) * chart.step + 78}px`;
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', `Chart: ${chart.title}. The table below has the figures.`);
    plot.append(canvas);
    figure.append(caption, plot);
    box.append(figure);
    charts.push(new Chart(canvas, chart.config()));
  }

  function drawAll() {
    charts.splice(0).forEach((c) => c.destroy());
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    Chart.defaults.font.size = 12;
    document.querySelectorAll('[data-chart]').forEach((box) => {
      const list = makers[box.dataset.chart]().filter(Boolean);
      box.replaceChildren();
      box.hidden = list.length === 0;
      list.forEach((chart) => drawOne(box, chart));
    });
    root.dataset.charts = String(charts.length);
  }

  drawAll();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
  addEventListener('beforeprint', () => { root.dataset.print = ''; drawAll(); });
  addEventListener('afterprint', () => { delete root.dataset.print; drawAll(); });
})();
