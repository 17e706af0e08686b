import { address, follow, get, post } from '../api.js';
import { attempt, choice, h } from '../dom.js';
import { ago, duration, estimate, whole } from '../format.js';
import { t } from '../i18n.js';
import { jobsSection } from './jobs.js';

const PAGE = 60;
const STATES = ['training', 'done', 'stopped', 'killed', 'failed', 'diverged', 'damaged'];
const SORTS = {
  updated: (a, b) => b.updated - a.updated,
  name: (a, b) => a.id.localeCompare(b.id),
  metric: (a, b) => (a.metric ? a.metric.value : Infinity) - (b.metric ? b.metric.value : Infinity),
  progress: (a, b) => share(b) - share(a),
};

function share(run) {
  return run.steps ? run.step / run.steps : 0;
}

/** The line of a run's state. */
export function stateOf(run) {
  return h(`span.state.${run.state}`, {}, t(`state.${run.state}`));
}

/** How far a run is, in words and as a bar. */
export function progressOf(run) {
  const words = run.steps ? t('run.progress', whole(run.step), whole(run.steps)) : t('run.step', whole(run.step));
  const left = run.secondsLeft === undefined ? '' : ` · ${t('run.left', duration(run.secondsLeft))}`;
  return [h('span.small.number', {}, words + left),
    h('progress', { max: Math.max(1, run.steps), value: run.step, 'aria-label': words })];
}

function card(run) {
  const thumb = run.sample === undefined
    ? h('div.thumb.empty', {}, t('runs.nosample'))
    : h('img.thumb', { loading: 'lazy', alt: `${t('run.samples')}, ${t('step')} ${run.sample}`, src: address('/api/run/sample', { id: run.id, step: run.sample }) });
  return h('article.card.run', { 'data-run': run.id },
    thumb,
    h('div', {},
      h('h2', {}, h('a', { href: `#/run?${new URLSearchParams({ id: run.id })}` }, run.id)),
      h('div.row', {}, stateOf(run), h('span.small.muted', {}, ago(run.updated))),
      h('div.small.muted', {}, [run.recipe, run.data].filter(Boolean).join(' · '))),
    run.damage ? h('p.wide.small.finding.failed', {}, run.damage) : h('div.wide', {}, progressOf(run)),
    run.metric ? h('div.wide.number', {}, estimate(run.metric)) : null,
    run.finding ? h(`p.wide.small.finding.${run.finding.severity}`, {}, run.finding.line) : null,
    run.note ? h('p.wide.small.break', {}, `“${run.note.slice(0, 160)}”`) : null);
}

/** Shows all runs, and goes on to. */
export async function open(root) {
  const first = await get('/api/runs');
  const runs = new Map(first.runs.map(run => [run.id, run]));
  const state = { text: '', state: '', sort: 'updated', most: PAGE };
  const list = h('div.runs', {});
  const count = h('p.small.muted', { role: 'status' });
  const more = h('button', { type: 'button', onclick: () => { state.most += PAGE; draw(); } }, t('runs.more'));
  const cards = new Map();

  function matching() {
    const wanted = state.text.toLowerCase();
    return [...runs.values()]
      .filter(run => !state.state || run.state === state.state)
      .filter(run => [run.id, run.recipe, run.data, run.note].join(' ').toLowerCase().includes(wanted))
      .sort(SORTS[state.sort]);
  }

  function draw() {
    const found = matching();
    const visible = found.slice(0, state.most);
    for (const run of visible) {
      const known = cards.get(run.id);
      if (!known || known.run !== run) cards.set(run.id, { run, element: card(run) });
    }
    if (runs.size === 0) {
      list.replaceChildren(h('div.card.empty', {}, h('h2', {}, t('runs.empty')), h('p.muted', {}, t('runs.empty.how')),
        h('p', {}, h('code', {}, './saddlepoint train')), h('a', { href: '#/new' }, t('nav.new'))));
    } else if (found.length === 0) {
      list.replaceChildren(h('p.card.empty.muted', {}, t('runs.nomatch')));
    } else {
      const wanted = visible.map(run => cards.get(run.id).element);
      const focused = document.activeElement && document.activeElement.closest('[data-run]');
      const id = focused && focused.dataset.run;
      list.replaceChildren(...wanted);
      const again = id && cards.get(id);
      if (again) again.element.querySelector('a').focus();
    }
    more.hidden = found.length <= state.most;
    count.textContent = t('runs.count', whole(visible.length), whole(runs.size), first.root);
  }

  const jobs = jobsSection(job => job.running || job.exit !== 0, first.readOnly);
  const bin = h('details.card', {}, h('summary', {}, t('runs.bin')));
  bin.addEventListener('toggle', () => { if (bin.open) drawBin(); });
  async function drawBin() {
    const binned = await attempt(() => get('/api/bin')) || [];
    bin.replaceChildren(bin.firstChild, binned.length === 0 ? h('p.muted', {}, t('runs.bin.empty')) : h('ul', {}, binned.map(name =>
      h('li', {}, h('span.break', {}, `${name} `), first.readOnly ? null : h('button', { type: 'button', onclick: async () => {
        await attempt(() => post('/api/bin/restore', { name }));
        drawBin();
      } }, t('runs.restore'))))));
  }

  root.append(
    h('div.row.end', {}, h('h1', {}, t('nav.runs')), first.readOnly ? null : h('a', { href: '#/new' }, t('nav.new'))),
    h('div.row', {},
      h('label.stacked.grow', {}, h('span.small.muted', {}, t('runs.filter')),
        h('input', { type: 'search', id: 'filter', oninput: event => { state.text = event.target.value; draw(); } })),
      choice(t('runs.state'), [['', t('all')], ...STATES.map(name => [name, t(`state.${name}`)])], '', x => { state.state = x; draw(); }),
      choice(t('runs.sort'), Object.keys(SORTS).map(name => [name, t(`runs.sort.${name}`)]), state.sort, x => { state.sort = x; draw(); })),
    jobs.place, count, list, more, bin);
  draw();
  if (!first.readOnly) await jobs.look();
  async function reload() {
    const now = await attempt(() => get('/api/runs'));
    if (!now) return;
    runs.clear();
    now.runs.forEach(run => runs.set(run.id, run));
    draw();
  }
  const unfollow = follow('/api/runs/events', {}, {
    runs: news => {
      news.changed.forEach(run => runs.set(run.id, run));
      news.gone.forEach(id => { runs.delete(id); cards.delete(id); });
      draw();
    },
    again: reload,
  });
  return () => { unfollow(); jobs.end(); };
}
