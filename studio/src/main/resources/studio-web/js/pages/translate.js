import { get, raw } from '../api.js';
import { attempt, choice, h } from '../dom.js';
import { t } from '../i18n.js';
import { runChoice, runsOf } from './explore.js';

const LARGEST = 512;
const BRUSH = 128;
const BRUSH_MILLIS = 120;

function canvasOf(bitmap) {
  const canvas = h('canvas', { width: bitmap.width, height: bitmap.height });
  canvas.getContext('2d').drawImage(bitmap, 0, 0);
  return canvas;
}

/** |input − output| for each pixel. */
function difference(input, output) {
  const canvas = h('canvas', { width: output.width, height: output.height });
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context.drawImage(input, 0, 0, output.width, output.height);
  context.globalCompositeOperation = 'difference';
  context.drawImage(output, 0, 0);
  return canvas;
}

/** Translates pictures that are dropped or drawn. */
export async function open(root, { id }) {
  const runs = await runsOf(run => run.kind === 'translation');
  root.append(h('div.row.end', {}, h('h1', {}, t('nav.translate')), runs.length > 0 ? runChoice('translate', runs, id || runs[0].id) : null));
  if (runs.length === 0) {
    root.append(h('p.card.empty.muted', {}, t('pick.none')));
    return undefined;
  }
  const chosen = id || runs[0].id;
  let model;
  try {
    model = await get('/api/translator', { id: chosen });
  } catch (failure) {
    root.append(h('p.card.banner', { role: 'alert' }, failure.message));
    return undefined;
  }
  const state = { direction: model.directions[0], input: null };
  const shown = h('div.columns', { id: 'translated' });
  const view = h('canvas', { role: 'img', 'aria-label': t('translate.reveal') });
  const slider = h('input', { type: 'range', min: 0, max: 100, value: 50, 'aria-label': t('translate.reveal') });
  let pair = null;

  function drawReveal() {
    if (!pair) return;
    const { input, output } = pair;
    view.width = output.width;
    view.height = output.height;
    const context = view.getContext('2d');
    const edge = output.width * Number(slider.value) / 100;
    context.drawImage(output, 0, 0);
    context.save();
    context.beginPath();
    context.rect(0, 0, edge, output.height);
    context.clip();
    context.drawImage(input, 0, 0, output.width, output.height);
    context.restore();
  }
  slider.addEventListener('input', drawReveal);

  async function translated(canvas) {
    const blob = await new Promise(done => canvas.toBlob(done, 'image/png'));
    const answer = await raw('/api/translator/translate', { id: chosen, direction: state.direction }, { method: 'POST', headers: { 'Content-Type': 'application/octet-stream' }, body: blob });
    return createImageBitmap(await answer.blob());
  }

  async function show(file) {
    const bitmap = await attempt(() => createImageBitmap(file));
    if (!bitmap) return;
    const scale = Math.min(1, LARGEST / Math.max(bitmap.width, bitmap.height));
    const input = h('canvas', { width: Math.max(1, Math.round(bitmap.width * scale)), height: Math.max(1, Math.round(bitmap.height * scale)) });
    input.getContext('2d').drawImage(bitmap, 0, 0, input.width, input.height);
    state.input = input;
    await run();
  }

  async function run() {
    if (!state.input) return;
    const output = await attempt(() => translated(state.input));
    if (!output) return;
    pair = { input: state.input, output: canvasOf(output) };
    drawReveal();
    const figure = (name, canvas) => h('figure.reveal', {}, h('figcaption', {}, name), canvas);
    shown.replaceChildren(
      h('section.card', {}, h('div.reveal', {}, view, slider), h('div.row.end', {}, h('span', {}, t('translate.input')), h('span', {}, t('translate.output')))),
      h('section.card', {}, h('div.triple', {}, figure(t('translate.input'), canvasOf(state.input)), figure(t('translate.output'), pair.output), figure(t('translate.difference'), difference(pair.input, pair.output)))));
  }

  const file = h('input', { type: 'file', accept: 'image/*', id: 'picture', onchange: event => { if (event.target.files.length > 0) show(event.target.files[0]); } });
  const drop = h('label.drop', { for: 'picture' }, h('span', {}, t('translate.drop')), file);
  drop.addEventListener('dragover', event => { event.preventDefault(); drop.classList.add('over'); });
  drop.addEventListener('dragleave', () => drop.classList.remove('over'));
  drop.addEventListener('drop', event => {
    event.preventDefault();
    drop.classList.remove('over');
    if (event.dataTransfer.files.length > 0) show(event.dataTransfer.files[0]);
  });

  const paper = h('canvas.plane', { width: BRUSH, height: BRUSH, 'aria-label': t('translate.brush.how'), role: 'img' });
  const result = h('canvas.plane', { width: BRUSH, height: BRUSH, 'aria-label': t('translate.output'), role: 'img' });
  const ink = paper.getContext('2d', { willReadFrequently: true });
  let busy = false;
  let again = false;
  async function follow() {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    const output = await attempt(() => translated(paper));
    if (output) result.getContext('2d').drawImage(output, 0, 0, BRUSH, BRUSH);
    setTimeout(() => {
      busy = false;
      if (again) {
        again = false;
        follow();
      }
    }, BRUSH_MILLIS);
  }
  function clear() {
    ink.fillStyle = '#ffffff';
    ink.fillRect(0, 0, BRUSH, BRUSH);
  }
  clear();
  function line(event) {
    const box = paper.getBoundingClientRect();
    const [x, y] = [(event.clientX - box.left) * BRUSH / box.width, (event.clientY - box.top) * BRUSH / box.height];
    ink.lineTo(x, y);
    ink.strokeStyle = '#000000';
    ink.lineWidth = 2.5;
    ink.lineCap = 'round';
    ink.stroke();
    follow();
  }
  paper.addEventListener('pointerdown', event => { paper.setPointerCapture(event.pointerId); ink.beginPath(); line(event); });
  paper.addEventListener('pointermove', event => { if (event.buttons > 0) line(event); });

  root.append(
    h('section.card', {}, h('p.small.muted', {}, `${model.recipe} · ${t('step')} ${model.step}`),
      model.directions.length > 1 ? choice(t('translate.direction'), model.directions.map(name => [name, name]), state.direction, name => { state.direction = name; run(); }) : null, drop),
    shown,
    h('section.card', {}, h('h2', {}, t('translate.brush')), h('p.small.muted', {}, t('translate.brush.how')), h('div.lanes', {}, paper, result),
      h('button', { type: 'button', onclick: () => { clear(); follow(); } }, t('translate.clear'))));
  return undefined;
}
