import { address, follow, get, post } from '../api.js';
import { Chart } from '../charts.js';
import { attempt, choice, dotted, h, toggle } from '../dom.js';
import { estimate, whole } from '../format.js';
import { language, t } from '../i18n.js';
import { jobsSection } from './jobs.js';
import { progressOf, stateOf } from './runs.js';

const GROUPS = [
  ['losses', 'metrics', name => name.endsWith('Loss')],
  ['logits', 'metrics', name => /Logit/.test(name)],
  ['other', 'metrics', () => true],
  ['gradients', 'diagnosis', name => /^[gd](Gradient|Slope)/.test(name)],
  ['diversity', 'diagnosis', name => ['diversity', 'coverage', 'rank', 'duplicates', 'modes'].includes(name)],
  ['time', 'diagnosis', name => ['waiting', 'cost'].includes(name)],
];
const MOST_ROWS = 2000;
const NEWEST_ROWS = 200;
const FILM_MILLIS = 500;

/** The names of the numbers in some rows of a log. */
function numbers(rows) {
  const names = new Set();
  rows.forEach(row => Object.entries(row).forEach(([name, x]) => {
    if (name !== 'step' && (typeof x === 'number' || x === 'NaN' || x === 'Infinity' || x === '-Infinity')) names.add(name);
  }));
  return names;
}

/** The names of a log's numbers, each in the first group that takes it. */
function grouped(names, log) {
  const groups = new Map();
  for (const name of names) {
    const group = GROUPS.find(([, of, takes]) => of === log && takes(name));
    if (group) groups.set(group[0], [...(groups.get(group[0]) || []), name]);
  }
  return groups;
}

/** Draws the logs of a run, as they grow. */
class Curves {
  constructor(id) {
    this.id = id;
    this.rows = { metrics: [], diagnosis: [] };
    this.names = { metrics: new Set(), diagnosis: new Set() };
    this.charts = new Map();
    this.view = { smoothing: 0, log: false };
    this.range = 'all';
    this.marks = [];
    this.rates = null;
    this.element = h('div.columns', {});
  }

  async load() {
    const [metrics, diagnosis] = await Promise.all([
      get('/api/run/log', { id: this.id, log: 'metrics' }), get('/api/run/log', { id: this.id, log: 'diagnosis' })]);
    this.rows = { metrics, diagnosis: diagnosis.filter(row => row.kind === 'reading') };
    this.names = { metrics: numbers(this.rows.metrics), diagnosis: numbers(this.rows.diagnosis) };
    this.marks = diagnosis.filter(row => row.kind === 'finding').map(row => ({ step: row.step, severity: row.severity }));
    this.draw();
  }

  add(log, rows) {
    const wanted = log === 'diagnosis' ? rows.filter(row => row.kind === 'reading') : rows;
    this.rows[log].push(...wanted);
    numbers(wanted).forEach(name => this.names[log].add(name));
    if (this.rows[log].length > MOST_ROWS) this.rows[log] = this.rows[log].filter((row, n) => n % 2 === 0 || n > MOST_ROWS - NEWEST_ROWS);
    this.drawLog(log);
    if (log === 'diagnosis') {
      this.marks.push(...rows.filter(row => row.kind === 'finding').map(row => ({ step: row.step, severity: row.severity })));
      this.show({});
    }
    this.applyRange();
  }

  drawLog(log) {
    const rows = this.rows[log];
    const steps = rows.map(row => row.step);
    for (const [group, names] of grouped(this.names[log], log)) {
      this.chart(group, names).set(steps, names.map(name => rows.map(row => row[name])));
    }
  }

  draw() {
    this.drawLog('metrics');
    this.drawLog('diagnosis');
    if (this.rates && this.rates.steps.length > 0) {
      this.chart('rates', this.rates.names).set(this.rates.steps, this.rates.values);
    }
    this.show({});
  }

  chart(group, names) {
    const known = this.charts.get(group);
    if (known && known.names.join() === names.join()) return known.chart;
    const chart = new Chart(t(`run.${group}`), names.map(label => ({ label })), { onzoom: (from, to) => this.zoom(from, to) });
    chart.element.dataset.group = group;
    chart.show({ ...this.view, marks: this.marks });
    if (known) {
      known.chart.element.replaceWith(chart.element);
      known.chart.close();
    } else {
      this.element.append(chart.element);
    }
    this.charts.set(group, { names, chart });
    return chart;
  }

  show(changes) {
    Object.assign(this.view, changes);
    this.charts.forEach(({ chart }) => chart.show({ ...this.view, marks: this.marks }));
    this.applyRange();
  }

  applyRange() {
    const rows = this.rows.metrics;
    const last = rows.length > 0 ? rows[rows.length - 1].step : 0;
    const from = { half: last / 2, tenth: last * 0.9 }[this.range];
    if (this.range !== 'zoom') this.charts.forEach(({ chart }) => (from === undefined ? chart.range() : chart.range(from, last)));
  }

  /** Shows these steps, and reads them again in more detail where the log was thinned. */
  async zoom(from, to) {
    this.range = 'zoom';
    this.charts.forEach(({ chart }) => chart.range(from, to));
    const rows = await attempt(() => get('/api/run/log', { id: this.id, log: 'metrics', from: Math.floor(from), to: Math.ceil(to) }));
    if (!rows || rows.length === 0) return;
    const outside = this.rows.metrics.filter(row => row.step < from || row.step > to);
    this.rows.metrics = [...outside, ...rows].sort((a, b) => a.step - b.step)
      .filter((row, n, all) => n === 0 || row.step !== all[n - 1].step);
    this.draw();
  }

  close() {
    this.charts.forEach(({ chart }) => chart.close());
  }
}

/** Evaluations: one chart for each metric, with error bars. */
class Evaluations {
  constructor() {
    this.rows = [];
    this.charts = new Map();
    this.empty = h('p.card.muted', {}, t('run.noevaluations'));
    this.element = h('div.columns', {}, this.empty);
  }

  add(rows) {
    this.rows.push(...rows);
    const metrics = [...new Set(this.rows.map(row => row.metric).filter(Boolean))];
    this.empty.hidden = metrics.length > 0;
    for (const metric of metrics) {
      const own = this.rows.filter(row => row.metric === metric);
      if (!this.charts.has(metric)) {
        const chart = new Chart(`${t('run.evaluations')}: ${metric}`, [{ label: metric, points: true }]);
        this.charts.set(metric, chart);
        this.element.append(chart.element);
      }
      this.charts.get(metric).set(own.map(row => row.step), [own.map(row => row.value)],
        [own.map(row => (typeof row.standardError === 'number' ? row.standardError : null))]);
    }
  }

  close() {
    this.charts.forEach(chart => chart.close());
  }
}

function samples(id, steps) {
  let film = 0;
  const picture = h('img.sheet', { alt: '' });
  const slider = h('input', { type: 'range', min: 0, max: Math.max(0, steps.length - 1), value: Math.max(0, steps.length - 1), 'aria-label': t('run.samples') });
  const words = h('span.number', {});
  const play = h('button', { type: 'button', 'aria-pressed': 'false', onclick: () => {
    if (film) { clearInterval(film); film = 0; } else {
      film = setInterval(() => { slider.value = (Number(slider.value) + 1) % steps.length; draw(); }, FILM_MILLIS);
    }
    play.setAttribute('aria-pressed', String(Boolean(film)));
  } }, t('run.film'));
  const empty = h('p.muted', {}, t('run.nosamples'));
  const inside = h('div', {}, picture, h('div.row', {}, h('div.grow', {}, slider), words, play));
  const element = h('section.card', { id: 'samples' }, h('h2', {}, t('run.samples')), empty, inside);
  function draw() {
    empty.hidden = steps.length > 0;
    inside.hidden = steps.length === 0;
    if (steps.length === 0) return;
    const step = steps[Number(slider.value)];
    picture.src = address('/api/run/sample', { id, step });
    picture.alt = `${t('run.samples')}, ${t('step')} ${step}`;
    slider.setAttribute('aria-valuetext', t('run.step', step));
    words.textContent = t('run.step', whole(step));
  }
  slider.addEventListener('input', draw);
  draw();
  return {
    element,
    add(step) {
      if (steps.includes(step)) return;
      const atEnd = Number(slider.value) === steps.length - 1 || steps.length === 0;
      steps.push(step);
      steps.sort((a, b) => a - b);
      slider.max = steps.length - 1;
      if (atEnd) slider.value = steps.length - 1;
      draw();
    },
    close: () => clearInterval(film),
  };
}

function settings(page) {
  const { changed, yaml, damage } = page.settings || {};
  const recipe = page.summary.recipe;
  const table = changed && changed.length > 0
    ? h('div.scroll', { tabindex: 0, role: 'region', 'aria-label': t('run.settings') }, h('table', {}, h('caption.muted.small', {}, t('run.settings.changed', recipe)),
      h('thead', {}, h('tr', {}, [t('run.setting'), t('run.default'), t('run.value')].map(name => h('th', { scope: 'col' }, name)))),
      h('tbody', {}, changed.map(each => h('tr', {}, h('td', {}, dotted(each.setting)), h('td', {}, each.first), h('td', {}, h('strong', {}, each.second)))))))
    : h('p', {}, damage || t('run.settings.same', recipe));
  return h('section.card', {}, h('h2', {}, t('run.settings')), table,
    yaml ? h('details', {}, h('summary', {}, t('run.settings.all')), h('pre', { tabindex: 0 }, yaml)) : null);
}

function facts(page) {
  const entries = Object.entries(page.machine || {}).filter(([, x]) => x !== null && x !== 'null');
  return h('section.card', {}, h('h2', {}, t('run.machine')), h('dl', {}, entries.map(([name, x]) =>
    [h('dt', {}, t(`run.fact.${name}`)), h('dd', {}, fact(name, x))])));
}

function fact(name, x) {
  if (Array.isArray(x)) return x.join(' × ');
  if (name === 'started' || name === 'finished') return new Date(x).toLocaleString(language());
  return name === 'images' ? whole(x) : String(x);
}

function actions(page, readOnly, drawJobs) {
  const id = page.summary.id;
  const training = page.summary.state === 'training';
  const act = (name, body, done) => attempt(() => post(`/api/run/${name}`, { id, ...body }), done).then(drawJobs);
  const steps = h('input', { type: 'number', min: 1, value: page.summary.steps || 1000 });
  const links = h('div.row', {},
    page.summary.kind !== 'translation' ? h('a', { href: `#/explore?${new URLSearchParams({ id })}` }, t('run.explore')) : h('a', { href: `#/translate?${new URLSearchParams({ id })}` }, t('run.translate')),
    h('a', { href: `#/compare?${new URLSearchParams({ ids: JSON.stringify([id]) })}` }, t('nav.compare')));
  if (readOnly) return links;
  const dialog = h('dialog', {}, h('p', {}, t('run.delete.ask', id)), h('div.row', {},
    h('button.danger', { type: 'button', onclick: async () => {
      dialog.close();
      const done = await attempt(() => post('/api/run/delete', { id }), t('run.deleted'));
      if (done) location.hash = '#/runs';
    } }, t('run.delete')),
    h('button', { type: 'button', onclick: () => dialog.close() }, t('cancel'))));
  return h('div.row', { id: 'actions' },
    training
      ? h('button', { type: 'button', id: 'stop', onclick: () => act('stop', {}, t('run.stop.told')) }, t('run.stop'))
      : h('div.row', {}, h('label', {}, h('span.small.muted', {}, t('run.steps')), steps),
        h('button', { type: 'button', id: 'resume', onclick: () => act('resume', { steps: Number(steps.value) }, t('run.resume.told')) }, t('run.resume'))),
    h('button', { type: 'button', id: 'evaluate', onclick: () => act('evaluate', {}, t('run.evaluate.told')) }, t('run.evaluate')),
    training ? null : h('button.danger', { type: 'button', id: 'delete', onclick: () => dialog.showModal() }, t('run.delete')),
    dialog, links);
}

function note(page, readOnly) {
  const text = h('textarea', { id: 'note', 'aria-label': t('run.note'), readonly: readOnly, value: page.summary.note });
  return h('section.card', {}, h('h2', {}, t('run.note')), text, readOnly ? null : h('button', { type: 'button', id: 'save', onclick: () =>
    attempt(() => post('/api/run/note', { id: page.summary.id, text: text.value }), t('run.note.saved')) }, t('run.note.save')));
}

/** Shows one run, and goes on to. */
export async function open(root, { id }, { readOnly }) {
  const page = await get('/api/run', { id });
  document.title = `${id} · Saddlepoint`;
  const curves = new Curves(id);
  curves.rates = page.rates;
  const evaluations = new Evaluations();
  const sheets = samples(id, page.samples);
  const head = h('section.card', {});
  const findings = h('section.card', { id: 'diagnosis' });
  const jobs = jobsSection(job => job.about === id, readOnly);
  let found = [];

  function howFar(summary) {
    return [...(summary.damage ? [h('p.finding.failed', {}, summary.damage)] : progressOf(summary)),
      ...(summary.metric ? [h('p.number', {}, estimate(summary.metric))] : [])];
  }

  function drawHead(summary) {
    page.summary = summary;
    const dialogOpen = head.querySelector('dialog[open]');
    if (dialogOpen) return;
    const focused = head.contains(document.activeElement);
    head.replaceChildren(
      h('div.row.end', {}, h('h1', {}, summary.id), stateOf(summary)),
      h('p.muted.small', {}, [summary.recipe, summary.data, page.path].join(' · ')),
      h('div', { id: 'progress' }, howFar(summary)),
      actions(page, readOnly, drawJobs));
    if (focused) head.querySelector('button, a').focus(); // what had it may be gone
  }

  function drawFindings() {
    findings.replaceChildren(h('h2', {}, t('run.diagnosis')), found.length === 0
      ? h('p.muted', {}, t('run.healthy'))
      : h('ul', {}, found.slice(-12).reverse().map(row => h(`li.finding.${row.severity}`, {}, row.line))));
  }

  async function drawJobs() {
    if (!readOnly) await jobs.look();
  }

  async function load() {
    const [rows, diagnosis] = await Promise.all([
      get('/api/run/log', { id, log: 'evaluations' }), get('/api/run/log', { id, log: 'diagnosis' }), curves.load()]);
    evaluations.rows = [];
    evaluations.add(rows);
    found = diagnosis.filter(row => row.kind === 'finding');
    drawFindings();
  }

  drawHead(page.summary);
  await load();
  drawJobs();
  root.append(head, jobs.place,
    h('div.row', {},
      h('label.grow', {}, h('span.small.muted', {}, t('view.smooth')), h('input', { type: 'range', min: 0, max: 0.99, step: 0.01, value: 0, 'aria-label': t('view.smooth'), oninput: event => curves.show({ smoothing: Number(event.target.value) }) })),
      toggle(t('view.log'), false, log => curves.show({ log })),
      choice(t('view.range'), [['all', t('all')], ['half', t('view.range.half')], ['tenth', t('view.range.tenth')]], 'all', range => { curves.range = range; curves.applyRange(); }),
      h('span.small.muted', {}, t('view.hint'))),
    h('div.columns', {}, sheets.element, findings),
    curves.element, evaluations.element,
    h('div.columns', {}, settings(page), h('div', {}, facts(page), note(page, readOnly))));
  const stop = follow('/api/run/events', { id }, {
    metrics: rows => curves.add('metrics', rows),
    diagnosis: rows => {
      curves.add('diagnosis', rows);
      found.push(...rows.filter(row => row.kind === 'finding'));
      drawFindings();
    },
    evaluations: rows => evaluations.add(rows),
    summary: summary => {
      const changed = summary.state !== page.summary.state;
      if (changed) drawHead(summary);
      else head.querySelector('#progress').replaceChildren(...howFar(summary));
      if (summary.sample !== undefined) sheets.add(summary.sample);
    },
    restarted: () => load(),
    gone: () => {
      stop();
      root.replaceChildren(h('div.card.empty', { role: 'alert', id: 'gone' }, h('p', {}, t('run.gone')), h('a', { href: '#/runs' }, t('nav.runs'))));
    },
    again: () => load().catch(() => {
      stop();
      root.replaceChildren(h('div.card.empty', { role: 'alert', id: 'gone' }, h('p', {}, t('run.gone')), h('a', { href: '#/runs' }, t('nav.runs'))));
    }),
  });
  return () => {
    stop();
    jobs.end();
    curves.close();
    evaluations.close();
    sheets.close();
  };
}
