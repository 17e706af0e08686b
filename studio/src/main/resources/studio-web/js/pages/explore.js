import { get, raw } from '../api.js';
import { attempt, choice, download, h, number } from '../dom.js';
import { t } from '../i18n.js';
import { seriesColour } from '../charts.js';
import { drawn, latentPanel, tileCanvas } from './latents.js';

const WALK = 9;
const MAP = 7;
const MAP_REACH = 1.5;
const POINTS = 256;

/** Runs of a kind, for a choice of one. */
export async function runsOf(accepts) {
  const { runs } = await get('/api/runs');
  return runs.filter(run => accepts(run) && run.state !== 'damaged').sort((a, b) => b.updated - a.updated);
}

/** A choice among runs that goes to the same page about the chosen one. */
export function runChoice(page, runs, id) {
  return choice(t('pick.run'), runs.map(run => [run.id, run.id]), id, chosen => {
    location.hash = `#/${page}?${new URLSearchParams({ id: chosen })}`;
  });
}

function scatter(points) {
  const canvas = h('canvas.plane', { width: 640, height: 640, role: 'img', 'aria-label': t('run.samples') });
  const context = canvas.getContext('2d');
  const reach = Math.max(1e-6, ...points.map(Math.abs)) * 1.15;
  context.fillStyle = seriesColour(0);
  for (let i = 0; i + 1 < points.length; i += 2) {
    context.beginPath();
    context.arc(320 + 320 * points[i] / reach, 320 - 320 * points[i + 1] / reach, 3, 0, 7);
    context.fill();
  }
  return canvas;
}

/** Shows what a generator draws. */
export async function open(root, { id }) {
  const runs = await runsOf(run => run.kind !== 'translation');
  if (runs.length === 0) {
    root.append(h('h1', {}, t('nav.explore')), h('p.card.empty.muted', {}, t('pick.none')));
    return undefined;
  }
  const chosen = id || runs[0].id;
  const top = h('div.row.end', {}, h('h1', {}, t('nav.explore')), runChoice('explore', runs, chosen));
  root.append(top);
  let model;
  try {
    model = await get('/api/model', { id: chosen });
  } catch (failure) {
    root.append(h('p.card.banner', { role: 'alert' }, failure.message));
    return undefined;
  }
  const images = model.shape.length === 3;
  const state = { seed: 1, count: images ? 48 : POINTS, label: model.classes.length > 0 ? 'rows' : '', truncation: null };
  const kept = [];
  let shown = [];
  const words = h('p.small.muted', { role: 'status', id: 'took' });
  const samples = h('div.tiles', { id: 'drawn' });
  const keptTiles = h('div.tiles', { id: 'kept' });
  const walkTiles = h('div', { id: 'walk' });
  const mapTiles = h('div', { id: 'map' });
  const latents = h('div');

  function labelOf(n, count) {
    if (model.classes.length === 0) return -1;
    if (state.label === 'rows') return Math.floor(n / Math.max(1, Math.ceil(count / model.classes.length))) % model.classes.length;
    return Number(state.label);
  }

  function wanted() {
    const perRow = Math.max(1, Math.ceil(state.count / Math.max(1, model.classes.length)));
    return Array.from({ length: state.count }, (x, n) => ({
      parts: [[state.seed * 1000 + (state.label === 'rows' ? n % perRow : n), 1]], label: labelOf(n, state.count) }));
  }

  function button(tile, canvas, n) {
    const key = JSON.stringify(tile);
    const name = t('explore.sample', n + 1) + (tile.label >= 0 ? `, ${model.classes[tile.label]}` : '');
    return h('button.tile', { type: 'button', 'aria-label': name, title: name, 'aria-pressed': String(kept.some(each => each.key === key)), onclick: event => {
      const at = kept.findIndex(each => each.key === key);
      if (at >= 0) kept.splice(at, 1);
      else kept.push({ key, tile, canvas });
      event.currentTarget.setAttribute('aria-pressed', String(at < 0));
      drawKept();
    } }, canvas, tile.label >= 0 && model.classes.length > 1 ? h('span.name', {}, model.classes[tile.label]) : null);
  }

  async function draw() {
    const tiles = wanted();
    const result = await attempt(() => drawn(chosen, tiles, state.truncation));
    if (!result) return;
    shown = tiles;
    words.textContent = t('explore.took', tiles.length, result.step, result.millis);
    if (images) samples.replaceChildren(...tiles.map((tile, n) => button(tile, tileCanvas(result, n, model.shape), n)));
    else samples.replaceChildren(scatter(result.points));
    samples.classList.toggle('tiles', images);
  }

  function copy(canvas) {
    const other = h('canvas', { width: canvas.width, height: canvas.height });
    other.getContext('2d').drawImage(canvas, 0, 0);
    return other;
  }

  function drawKept() {
    keptTiles.replaceChildren(...kept.map(({ tile, canvas }, n) => {
      const name = t('explore.look', n + 1);
      return h('button.tile', { type: 'button', 'aria-label': name, title: name, onclick: () => look(tile) }, copy(canvas));
    }));
    keptHint.hidden = kept.length >= 2;
    walkButton.disabled = kept.length < 2;
  }

  async function walk() {
    const rows = [];
    for (let k = 0; k + 1 < kept.length; k++) {
      const [from, to] = [kept[k].tile, kept[k + 1].tile];
      rows.push(...Array.from({ length: WALK }, (x, i) => {
        const share = i / (WALK - 1);
        return { parts: [...from.parts.map(([seed, w]) => [seed, w * (1 - share)]), ...to.parts.map(([seed, w]) => [seed, w * share])], label: share < 0.5 ? from.label : to.label };
      }));
    }
    const result = await attempt(() => drawn(chosen, rows.slice(0, 256), null));
    if (!result) return;
    walkTiles.replaceChildren(h('p.small.muted', {}, t('explore.walk.title')), h('div.tiles', {}, rows.slice(0, 256).map((tile, n) => h('div.tile', {}, tileCanvas(result, n, model.shape)))));
  }

  function look(tile) {
    latents.replaceChildren(latentPanel(chosen, model, tile));
    return map(tile);
  }

  async function map(centre) {
    const [first, second] = [state.seed * 1000 + 801, state.seed * 1000 + 802];
    const tiles = [];
    for (let row = 0; row < MAP; row++) {
      for (let column = 0; column < MAP; column++) {
        const a = MAP_REACH * (2 * column / (MAP - 1) - 1);
        const b = MAP_REACH * (1 - 2 * row / (MAP - 1));
        tiles.push({ parts: [centre.parts[0], [first, a], [second, b]], label: centre.label });
      }
    }
    const result = await attempt(() => drawn(chosen, tiles, null));
    if (!result) return;
    const grid = h('div.map', {}, tiles.map((tile, n) => h('div.tile', {}, tileCanvas(result, n, model.shape))));
    grid.style.gridTemplateColumns = `repeat(${MAP}, minmax(0, 1fr))`;
    mapTiles.replaceChildren(h('h2', {}, t('explore.map')), h('p.small.muted', {}, t('explore.map.how')), grid);
  }

  async function save(kind) {
    const body = JSON.stringify({ tiles: shown, ...(state.truncation === null ? {} : { truncation: state.truncation }) });
    const answer = await attempt(() => raw(`/api/model/${kind}`, { id: chosen }, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body }));
    if (answer) download(await answer.blob(), `${chosen.replaceAll('/', '-')}.${kind === 'zip' ? 'zip' : images ? 'png' : 'json'}`);
  }

  const seed = h('input', { type: 'number', value: state.seed, min: 0, onchange: event => { state.seed = Number(event.target.value); draw(); } });
  const keptHint = h('p.small.muted', {}, t('explore.kept.none'));
  const walkButton = h('button', { type: 'button', id: 'walkbutton', disabled: true, onclick: walk }, t('explore.walk'));
  root.append(
    h('section.card', {},
      h('div.controls', {},
        h('button.primary', { type: 'button', id: 'draw', onclick: () => { state.seed += 1; seed.value = state.seed; draw(); } }, t('explore.draw')),
        h('label.stacked', {}, h('span.small.muted', {}, t('explore.seed')), seed),
        number(t('explore.count'), state.count, { min: 1, max: 256 }, x => { state.count = Math.min(256, Math.max(1, x)); draw(); }),
        model.classes.length > 0 ? choice(t('explore.class'), [['rows', t('explore.class.rows')], ...model.classes.map((name, n) => [String(n), name])], 'rows', x => { state.label = x; draw(); }) : null,
        model.styles ? h('label.stacked', {}, h('span.small.muted', {}, t('explore.truncation')), h('input', { type: 'range', min: 0, max: 1, step: 0.05, value: 1, onchange: event => { state.truncation = Number(event.target.value); draw(); } })) : null,
        h('button', { type: 'button', onclick: () => save('draw') }, t('explore.png')),
        images ? h('button', { type: 'button', onclick: () => save('zip') }, t('explore.zip')) : null),
      ...model.warnings.map(line => h('p.finding.warning', {}, line)), words, samples));
  if (images) {
    root.append(h('section.card', {}, h('h2', {}, t('explore.kept')), keptHint, keptTiles,
      h('div.row', {}, walkButton, h('button', { type: 'button', onclick: () => { kept.length = 0; drawKept(); walkTiles.replaceChildren(); mapTiles.replaceChildren(); latents.replaceChildren(); draw(); } }, t('explore.clear'))),
      walkTiles, h('div.columns', {}, latents, mapTiles)));
  }
  await draw();
  return undefined;
}
