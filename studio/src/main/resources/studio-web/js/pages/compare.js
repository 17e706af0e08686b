import { get, raw } from '../api.js';
import { Chart, seriesColour } from '../charts.js';
import { attempt, choice, dotted, h } from '../dom.js';
import { estimate, value, whole } from '../format.js';
import { t } from '../i18n.js';

const MOST = 8;
const LATENTS = 8;

/** All steps of several logs, and one column for each of them. */
function joined(logs, name) {
  const steps = [...new Set(logs.flatMap(rows => rows.filter(row => typeof row[name] === 'number').map(row => row.step)))].sort((a, b) => a - b);
  const columns = logs.map(rows => {
    const known = new Map(rows.map(row => [row.step, row[name]]));
    return steps.map(step => known.get(step) ?? null);
  });
  return { steps, columns };
}

function parse(yaml) {
  const settings = new Map();
  const path = [];
  for (const line of yaml.split('\n')) {
    const found = /^( *)("?[\w-]+"?):\s*(.*)$/.exec(line);
    if (!found) continue;
    path.length = found[1].length / 2;
    path.push(found[2].replaceAll('"', ''));
    if (found[3]) settings.set(path.join('.'), found[3]);
  }
  return settings;
}

async function sameLatents(page) {
  if (page.summary.kind !== 'pictures' || page.checkpoints.length === 0) return null;
  const model = await get('/api/model', { id: page.summary.id });
  const tiles = Array.from({ length: LATENTS }, (x, n) => ({ parts: [[n + 1, 1]], label: model.classes.length > 0 ? n % model.classes.length : -1 }));
  const answer = await raw('/api/model/draw', { id: page.summary.id }, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ tiles }) });
  const columns = Number(answer.headers.get('X-Columns'));
  const sheet = await createImageBitmap(await answer.blob());
  const [, height, width] = model.shape;
  return h('div.tiles', {}, tiles.map((tile, n) => {
    const canvas = h('canvas', { width, height });
    canvas.getContext('2d').drawImage(sheet, (n % columns) * width, Math.floor(n / columns) * height, width, height, 0, 0, width, height);
    return h('div.tile', {}, canvas);
  }));
}

/** Shows several runs side by side. */
export async function open(root, { ids }) {
  const { runs } = await get('/api/runs');
  const names = new Set(runs.filter(run => run.state !== 'damaged').map(run => run.id));
  let given = [];
  try {
    given = JSON.parse(ids || '[]');
  } catch {
    // an address that somebody changed
  }
  const chosen = new Set(given.filter(id => names.has(id)));
  const charts = [];
  const result = h('div', {});
  result.style.display = 'contents';

  async function draw() {
    charts.splice(0).forEach(chart => chart.close());
    history.replaceState(null, '', `#/compare?${new URLSearchParams({ ids: JSON.stringify([...chosen]) })}`);
    if (chosen.size < 2) {
      result.replaceChildren(h('p.card.empty.muted', {}, t('compare.none')));
      return;
    }
    const all = [...chosen];
    const pages = await attempt(() => Promise.all(all.map(id => get('/api/run', { id }))));
    const logs = await attempt(() => Promise.all(all.map(id => get('/api/run/log', { id, log: 'metrics', most: 800 }))));
    if (!pages || !logs) return;
    const values = [...new Set(logs.flatMap(rows => rows.slice(-3).flatMap(row => Object.keys(row))))].filter(name => name !== 'step');
    const chart = new Chart(t('compare.value'), all.map((label, n) => ({ label, colour: seriesColour(n) })));
    charts.push(chart);
    const show = name => {
      const { steps, columns } = joined(logs, name);
      chart.set(steps, columns);
    };
    const settings = pages.map(page => parse((page.settings && page.settings.yaml) || ''));
    const keys = [...new Set(settings.flatMap(each => [...each.keys()]))].filter(key => new Set(settings.map(each => each.get(key))).size > 1 && key !== 'summary');
    const row = (head, cells) => h('tr', {}, h('th', { scope: 'row' }, head), cells.map(cell => h('td', {}, cell)));
    result.replaceChildren(
      h('div.row', {}, choice(t('compare.value'), values.map(name => [name, name]), values.includes('generatorLoss') ? 'generatorLoss' : values[0], show)),
      chart.element,
      h('section.card', {}, h('h2', {}, t('compare.table')), h('div.scroll', { tabindex: 0, role: 'region', 'aria-label': t('compare.table') }, h('table', { id: 'table' }, h('thead', {}, h('tr', {}, h('td', {}), all.map(id => h('th.break', { scope: 'col' }, id)))), h('tbody', {},
        row(t('run.evaluations'), pages.map(page => estimate(page.summary.metric) || '–')),
        row(t('step'), pages.map(page => whole(page.summary.step))),
        row(t('new.recipe'), pages.map(page => page.summary.recipe)),
        row(t('new.data'), pages.map(page => page.summary.data)),
        row('generatorLoss', logs.map(rows => value(rows.length > 0 ? rows[rows.length - 1].generatorLoss : undefined))))))),
      h('section.card', { id: 'latents' }),
      h('section.card', {}, h('h2', {}, t('compare.settings')), h('div.scroll', { tabindex: 0, role: 'region', 'aria-label': t('compare.settings') }, h('table', {}, h('thead', {}, h('tr', {}, h('td', {}), all.map(id => h('th.break', { scope: 'col' }, id)))), h('tbody', {}, keys.map(key =>
        row(dotted(key), settings.map(each => each.get(key) ?? t('none')))))))));
    show(values.includes('generatorLoss') ? 'generatorLoss' : values[0]);
    const place = result.querySelector('#latents');
    place.hidden = true;
    for (const page of pages) {
      const tiles = await sameLatents(page).catch(() => null);
      if (!tiles) continue;
      if (place.hidden) place.append(h('h2', {}, t('compare.samples')));
      place.hidden = false;
      place.append(h('p.small.muted', {}, page.summary.id), tiles);
    }
  }

  root.append(h('h1', {}, t('nav.compare')),
    h('details.card', { open: chosen.size < 2 }, h('summary', {}, t('compare.choose')), h('div.controls', {}, [...names].map(id => h('label', {}, h('input', { type: 'checkbox', checked: chosen.has(id), onchange: event => {
      if (event.target.checked) chosen.add(id);
      else chosen.delete(id);
      if (chosen.size > MOST) {
        chosen.delete(id);
        event.target.checked = false;
      }
      draw();
    } }), h('span.break', {}, id))))),
    result);
  await draw();
  return () => charts.forEach(chart => chart.close());
}
