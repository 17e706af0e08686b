import { address, get, post, raw } from '../api.js';
import { attempt, h, notice } from '../dom.js';
import { whole } from '../format.js';
import { t } from '../i18n.js';

const STEPS = 24;
const MILLIS_BETWEEN_LOOKS = 400;

/** Draws samples; a tile names its latent and its class. */
export async function drawn(id, tiles, truncation) {
  const answer = await asked('draw', id, tiles, truncation);
  const about = { step: answer.headers.get('X-Step'), millis: answer.headers.get('X-Millis'), columns: Number(answer.headers.get('X-Columns')) };
  const blob = await answer.blob();
  return { ...about, blob, sheet: about.columns ? await createImageBitmap(blob) : null, points: about.columns ? null : JSON.parse(await blob.text()) };
}

function asked(kind, id, tiles, truncation) {
  const body = JSON.stringify({ tiles, ...(truncation === null ? {} : { truncation }) });
  return raw(`/api/model/${kind}`, { id }, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
}

/** One of the pictures of a sheet. */
export function tileCanvas(result, n, shape) {
  const [, height, width] = shape;
  const canvas = h('canvas', { width, height });
  canvas.getContext('2d').drawImage(result.sheet, (n % result.columns) * width, Math.floor(n / result.columns) * height, width, height, 0, 0, width, height);
  return canvas;
}

/** A slider for each direction of the first layer, the sample that they lead to, and the training pictures near it. */
export function latentPanel(id, model, tile) {
  const amounts = model.strengths.map(() => 0);
  const picture = h('div.tile.large', { role: 'img', 'aria-label': t('explore.chosen') });
  const near = nearestPanel(id, model, moved);
  let drawing = false;
  let again = false;

  function moved() {
    const moves = amounts.map((amount, k) => [k, amount]).filter(([, amount]) => amount !== 0);
    return { ...tile, moves };
  }

  async function draw() {
    again = drawing;
    if (drawing) return;
    drawing = true;
    const result = await attempt(() => drawn(id, [moved()], null));
    drawing = false;
    if (result) {
      picture.replaceChildren(tileCanvas(result, 0, model.shape));
      picture.dataset.moves = String(amounts.filter(amount => amount !== 0).length);
    }
    if (again) await draw();
  }

  const reach = Math.max(3, Math.round(0.6 * Math.sqrt(model.latent)));
  const sliders = amounts.map((zero, k) => {
    const value = h('output.small.muted', {}, '0');
    const slider = h('input', { type: 'range', min: -reach, max: reach, step: reach / STEPS, value: 0, 'data-direction': k, oninput: event => {
      amounts[k] = Number(event.target.value);
      value.textContent = amounts[k].toFixed(1);
      draw();
    } });
    return { slider, value, row: h('label.slider', {}, h('span.small', {}, t('explore.direction', k + 1, model.strengths[k].toPrecision(3))), slider, value) };
  });
  const reset = h('button', { type: 'button', onclick: () => {
    sliders.forEach(({ slider, value }, k) => { slider.value = 0; value.textContent = '0'; amounts[k] = 0; });
    draw();
  } }, t('explore.reset'));
  draw();
  return h('div', { id: 'latents' },
    h('h2', {}, t('explore.directions')),
    h('p.small.muted', {}, model.layer ? t('explore.directions.how', model.layer) : t('explore.directions.none')),
    h('div.beside', {}, picture, h('div', {}, sliders.map(each => each.row), sliders.length > 0 ? reset : null)),
    near);
}

/** Searches the training pictures that are most like a sample. The first search reads them all: that is shown, and can be stopped. */
function nearestPanel(id, model, tile) {
  const words = h('p.small.muted', { role: 'status', id: 'nearestwords' });
  const pictures = h('div.tiles', { id: 'nearest' });
  const bar = h('progress', { 'aria-label': t('explore.nearest.reading') });
  const count = h('span.small.muted.number', { id: 'nearestcount' });
  const stopButton = h('button', { type: 'button', id: 'neareststop', onclick: stop }, t('explore.nearest.stop'));
  const reading = h('div.row', { id: 'nearestreading', hidden: true }, h('div.grow', {}, bar), count, stopButton);
  const button = h('button', { type: 'button', id: 'nearestbutton', onclick: search }, t('explore.nearest.search'));
  const panel = h('div', {}, h('h2', {}, t('explore.nearest')), button, reading, words, pictures);
  let stopped = false;

  async function search() {
    button.disabled = true;
    stopped = false;
    bar.removeAttribute('value');
    count.textContent = '';
    words.textContent = t('explore.nearest.wait');
    const timer = setInterval(look, MILLIS_BETWEEN_LOOKS);
    try {
      const wanted = tile();
      const [sample, answer] = [await drawn(id, [wanted], null), await asked('nearest', id, [wanted], null)];
      words.textContent = '';
      await show(sample, answer);
    } catch (failure) {
      words.textContent = stopped ? t('explore.nearest.stopped') : '';
      if (!stopped) notice(failure.message, true);
    }
    clearInterval(timer);
    button.disabled = false;
    if (reading.contains(document.activeElement)) button.focus();
    reading.hidden = true;
  }

  async function look() {
    try {
      const { reading: begun, done, of } = await get('/api/model/nearest/progress', { id });
      if (!button.disabled || !begun) return;
      reading.hidden = false;
      if (of > 0) Object.assign(bar, { max: of, value: done });
      count.textContent = of > 0 ? t('explore.nearest.read', whole(done), whole(of)) : '';
    } catch {
      // the search itself says what is wrong
    }
  }

  async function stop() {
    stopped = true;
    await attempt(() => post(address('/api/model/nearest/stop', { id }), {}));
  }

  async function show(sample, answer) {
    const about = JSON.parse(answer.headers.get('X-Nearest'));
    const result = { columns: Number(answer.headers.get('X-Columns')), sheet: await createImageBitmap(await answer.blob()) };
    const by = about.by === 'pixels' ? t('explore.nearest.pixels') : t('explore.nearest.features', about.by);
    words.textContent = t('explore.nearest.by', by, about.searched, about.of);
    pictures.replaceChildren(named(tileCanvas(sample, 0, model.shape), t('explore.chosen'), ''),
      ...about.neighbours.map(({ label, distance }, n) =>
        named(tileCanvas(result, n, model.shape), `${label ? `${label}, ` : ''}${t('explore.distance', distance.toPrecision(3))}`, label)));
  }

  function named(canvas, name, short) {
    return h('div.tile', { role: 'img', 'aria-label': name, title: name }, canvas, short ? h('span.name', {}, short) : null);
  }

  return panel;
}
