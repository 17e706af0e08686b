import { follow, get, post } from '../api.js';
import { Chart, seriesColour } from '../charts.js';
import { attempt, choice, h, notice, number, toggle } from '../dom.js';
import { value, whole } from '../format.js';
import { language, t, words } from '../i18n.js';
import { PRESETS, lanesOf } from './presets.js';

words({
  'play.preset': ['Story', '故事'],
  'play.run': ['Run', '运行'],
  'play.pause': ['Pause', '暂停'],
  'play.step': ['Step', '单步'],
  'play.restart': ['Start again', '重新开始'],
  'play.rewind': ['Rewind', '回退'],
  'play.rewind.to': ['To step', '到第几步'],
  'play.speed': ['Steps a picture', '每帧步数'],
  'play.two': ['Two side by side', '两个并排'],
  'play.game': ['Game {0}', '博弈 {0}'],
  'play.data': ['Data', '数据'],
  'play.objective': ['Objective', '目标函数'],
  'play.constraint': ['Constraint of D', 'D 的约束'],
  'play.weight': ['Weight or bound', '权重或上界'],
  'play.critic': ['Steps of D for one of G', 'G 每步对应 D 的步数'],
  'play.grate': ['Rate of G', 'G 的学习率'],
  'play.drate': ['Rate of D', 'D 的学习率'],
  'play.width': ['Units of a layer', '每层单元数'],
  'play.seed': ['Seed', '种子'],
  'play.modes': ['{0} of {1} modes', '找到 {0} / {1} 个模式'],
  'play.plane': ['Real points grey, generated ones orange, D as colour', '真实点为灰色，生成点为橙色，颜色表示 D'],
  'play.draw': ['Choose the data “drawn” and draw points with the mouse or a finger.', '选择数据“drawn”，用鼠标或手指绘制数据点。'],
  'play.losses': ['Losses of game {0}', '博弈 {0} 的损失'],
  'play.question': ['Question: ', '问题：'],
  'play.arrows': ['Arrows', '箭头'],
});

const SIZE = 420;
const HISTORY = 1500;
const CHART_MILLIS = 250;

function colours() {
  const style = getComputedStyle(document.documentElement);
  const dark = document.documentElement.dataset.theme === 'dark';
  return { real: style.getPropertyValue('--muted'), fake: seriesColour(1), low: dark ? [66, 38, 30] : [253, 226, 208], high: dark ? [22, 58, 96] : [196, 222, 248], middle: dark ? [28, 33, 40] : [250, 250, 250] };
}

/** One game: its picture, losses and settings. */
class Lane {
  constructor(index, settings, words, onchange) {
    this.index = index;
    this.settings = settings;
    this.words = words;
    this.onchange = onchange;
    this.real = [];
    this.frame = null;
    this.arrows = true;
    this.history = { steps: [], d: [], g: [] };
    this.canvas = h('canvas.plane', { width: SIZE, height: SIZE, role: 'img', 'aria-label': t('play.plane') });
    this.heat = h('canvas', { width: words.cells, height: words.cells });
    this.status = h('p.number', { 'data-lane': index });
    this.failure = h('p.finding.failed', { role: 'alert' });
    this.chart = new Chart(t('play.losses', index + 1), [{ label: 'D' }, { label: 'G' }]);
    this.controls = h('div.controls', {});
    this.element = h('section.card', {}, h('h2', {}, t('play.game', index + 1)), 
      h('div.lane', {}, h('div', {}, this.canvas, this.status, this.failure), h('div', {}, this.controls, this.chart.element)));
    this.drawnAt = 0;
    this.drawControls();
    this.canvas.addEventListener('pointerdown', event => { this.canvas.setPointerCapture(event.pointerId); this.paint(event); });
    this.canvas.addEventListener('pointermove', event => { if (event.buttons > 0) this.paint(event); });
    this.canvas.addEventListener('pointerup', () => { if (this.settings.data === 'drawn' && this.settings.drawn.length >= 4) this.onchange(this); });
  }

  set(name, x) {
    this.settings = { ...this.settings, [name]: x };
    if (name === 'constraint') {
      const usual = { 'weight-clipping': 0.1, 'gradient-penalty': 1, r1: 0.1 }[x];
      if (usual !== undefined) this.settings.weight = usual;
      this.drawControls();
    }
    if (name === 'data' && x === 'drawn' && this.settings.drawn.length < 4) {
      notice(t('play.draw'));
      return;
    }
    this.onchange(this, name === 'width' || name === 'seed');
  }

  drawControls() {
    const s = this.settings;
    const pairs = list => list.map(word => [word, word]);
    this.controls.replaceChildren(
      choice(t('play.data'), pairs(this.words.data), s.data, x => this.set('data', x)),
      choice(t('play.objective'), pairs(this.words.objectives), s.objective, x => this.set('objective', x)),
      choice(t('play.constraint'), pairs(this.words.constraints), s.constraint, x => this.set('constraint', x)),
      number(t('play.weight'), s.weight, { min: 0, max: 1000, step: 'any' }, x => this.set('weight', x)),
      number(t('play.critic'), s.criticSteps, { min: 1, max: 20 }, x => this.set('criticSteps', x)),
      number(t('play.grate'), s.generatorRate, { min: 0, max: 1, step: 'any' }, x => this.set('generatorRate', x)),
      number(t('play.drate'), s.discriminatorRate, { min: 0, max: 1, step: 'any' }, x => this.set('discriminatorRate', x)),
      number(t('play.width'), s.width, { min: 4, max: 256 }, x => this.set('width', x)),
      number(t('play.seed'), s.seed, { min: 0 }, x => this.set('seed', x)));
  }

  paint(event) {
    if (this.settings.data !== 'drawn') return;
    const box = this.canvas.getBoundingClientRect();
    const half = this.words.half;
    const x = half * (2 * (event.clientX - box.left) / box.width - 1);
    const y = half * (1 - 2 * (event.clientY - box.top) / box.height);
    if (this.settings.drawn.length < 4000) this.settings.drawn.push(Math.round(x * 1000) / 1000, Math.round(y * 1000) / 1000);
    this.real = this.settings.drawn;
    this.draw();
  }

  /** Takes what the engine tells. */
  show(frame) {
    const again = this.frame === null || frame.step < this.frame.step;
    this.frame = frame;
    const { steps, d, g } = this.history;
    if (again) {
      const keep = steps.filter(step => step < frame.step).length;
      [steps, d, g].forEach(list => list.splice(keep));
    }
    if (frame.step > 0 && steps[steps.length - 1] !== frame.step) {
      steps.push(frame.step);
      d.push(frame.d);
      g.push(frame.g);
      if (steps.length > HISTORY) [steps, d, g].forEach(list => list.splice(0, list.length, ...list.filter((x, n) => n % 2 === 1)));
    }
    this.failure.textContent = frame.failure;
    this.status.dataset.step = frame.step;
    this.status.textContent = `${t('step')} ${whole(frame.step)} · D ${value(frame.d)} · G ${value(frame.g)}${frame.ofModes > 0 ? ` · ${t('play.modes', frame.modes, frame.ofModes)}` : ''}`;
    this.draw();
    if (Date.now() - this.drawnAt > CHART_MILLIS) this.drawChart();
  }

  drawChart() {
    this.drawnAt = Date.now();
    this.chart.set([...this.history.steps], [[...this.history.d], [...this.history.g]]);
  }

  drawHeat(context, look) {
    const n = this.words.cells;
    const cells = Uint8Array.from(atob(this.frame.cells), c => c.charCodeAt(0));
    const small = this.heat.getContext('2d');
    const image = small.createImageData(n, n);
    const sorted = [...cells].sort((a, b) => a - b);
    const middle = sorted[sorted.length >> 1];
    for (let row = 0; row < n; row++) {
      for (let column = 0; column < n; column++) {
        const x = cells[(n - 1 - row) * n + column];
        const share = x >= middle ? (x - middle) / Math.max(1, 255 - middle) : (middle - x) / Math.max(1, middle);
        const end = x >= middle ? look.high : look.low;
        for (let k = 0; k < 3; k++) image.data[4 * (row * n + column) + k] = look.middle[k] + share * (end[k] - look.middle[k]);
        image.data[4 * (row * n + column) + 3] = 255;
      }
    }
    small.putImageData(image, 0, 0);
    context.imageSmoothingEnabled = true;
    context.drawImage(this.heat, 0, 0, SIZE, SIZE);
  }

  draw() {
    const context = this.canvas.getContext('2d');
    const look = colours();
    const half = this.words.half;
    const at = x => SIZE / 2 * (1 + x / half);
    const up = y => SIZE / 2 * (1 - y / half);
    context.clearRect(0, 0, SIZE, SIZE);
    if (this.frame) this.drawHeat(context, look);
    context.fillStyle = look.real;
    for (let i = 0; i + 1 < this.real.length; i += 2) {
      context.beginPath();
      context.arc(at(this.real[i]), up(this.real[i + 1]), 2.5, 0, 7);
      context.fill();
    }
    if (!this.frame) return;
    const { fake, arrows } = this.frame;
    context.fillStyle = look.fake;
    context.strokeStyle = look.fake;
    context.globalAlpha = 0.9;
    for (let i = 0; i + 1 < fake.length; i += 2) {
      const [x, y] = [at(fake[i] / 1000), up(fake[i + 1] / 1000)];
      context.beginPath();
      context.arc(x, y, 3, 0, 7);
      context.fill();
      if (!this.arrows || i % 8 !== 0) continue;
      const [dx, dy] = [arrows[i] / 1000, -arrows[i + 1] / 1000];
      const length = Math.hypot(dx, dy);
      if (length < 1e-3) continue;
      const shown = Math.min(34, 8 + 18 * length) / length;
      const [tx, ty] = [x + dx * shown, y + dy * shown];
      const angle = Math.atan2(dy, dx);
      context.beginPath();
      context.moveTo(x, y);
      context.lineTo(tx, ty);
      context.lineTo(tx - 5 * Math.cos(angle - 0.5), ty - 5 * Math.sin(angle - 0.5));
      context.moveTo(tx, ty);
      context.lineTo(tx - 5 * Math.cos(angle + 0.5), ty - 5 * Math.sin(angle + 0.5));
      context.stroke();
    }
    context.globalAlpha = 1;
  }

  close() {
    this.chart.close();
  }
}

/** The games, live. */
export async function open(root) {
  const known = await get('/api/play/words');
  let preset = PRESETS[0];
  let lanes = [];
  let session = null;
  let running = false;
  let speed = 2;
  const story = h('div', { id: 'story' });
  const place = h('div.lanes', {});
  const runButton = h('button.primary', { type: 'button', id: 'run', onclick: () => act(running ? { action: 'pause' } : { action: 'run', steps: speed }) }, t('play.run'));
  const two = toggle(t('play.two'), false, on => begin(on ? [lanes[0].settings, { ...lanes[0].settings }] : [lanes[0].settings]));
  const rewindTo = h('input', { type: 'number', min: 0, value: 0, 'aria-label': t('play.rewind.to') });

  const act = body => (session === null ? undefined : attempt(() => post('/api/play/do', { session, ...body })));

  function begin(settings) {
    lanes.forEach(lane => lane.close());
    lanes = settings.map((each, n) => new Lane(n, each, known, changed));
    place.replaceChildren(...lanes.map(lane => lane.element));
    two.querySelector('input').checked = lanes.length > 1;
    act({ action: 'setup', lanes: settings });
  }

  function changed(lane, anew) {
    if (anew) act({ action: 'setup', lanes: lanes.map(each => each.settings) });
    else act({ action: 'change', lane: lane.index, settings: lane.settings });
  }

  function choose(key) {
    preset = PRESETS.find(each => each.key === key);
    const [text, question] = preset.text[language() === 'zh' ? 1 : 0];
    story.replaceChildren(h('p', {}, text), h('p', {}, h('strong', {}, t('play.question')), question));
    begin(lanesOf(preset));
  }

  root.append(
    h('div.row.end', {}, h('h1', {}, t('nav.play')), choice(t('play.preset'), PRESETS.map(each => [each.key, each.title[language() === 'zh' ? 1 : 0]]), preset.key, choose)),
    h('section.card', {}, story, h('div.row', {}, runButton,
      h('button', { type: 'button', id: 'step', onclick: () => act({ action: 'step' }) }, t('play.step')),
      h('button', { type: 'button', onclick: () => begin(lanes.map(lane => lane.settings)) }, t('play.restart')),
      h('label', {}, h('span.small.muted', {}, t('play.rewind.to')), rewindTo), h('button', { type: 'button', id: 'rewind', onclick: () => act({ action: 'rewind', step: Number(rewindTo.value) }) }, t('play.rewind')),
      h('label', {}, h('span.small.muted', {}, t('play.speed')), h('input', { type: 'number', min: 1, max: 50, value: speed, onchange: event => { speed = Number(event.target.value); if (running) act({ action: 'run', steps: speed }); } })),
      two, toggle(t('play.arrows'), true, on => lanes.forEach(lane => { lane.arrows = on; lane.draw(); })))),
    place);
  choose(preset.key);
  const stop = follow('/api/play/events', {}, {
    session: name => {
      session = name;
      begin(lanes.map(lane => lane.settings));
    },
    real: all => all.forEach((points, n) => { if (lanes[n]) { lanes[n].real = points; lanes[n].draw(); } }),
    frame: frame => {
      if (frame.running !== running) {
        running = frame.running;
        runButton.textContent = t(running ? 'play.pause' : 'play.run');
        if (!running) lanes.forEach(lane => lane.drawChart());
      }
      frame.lanes.forEach((each, n) => { if (lanes[n]) lanes[n].show(each); });
    },
    refused: message => notice(message, true),
  }, true);
  return () => {
    stop();
    lanes.forEach(lane => lane.close());
  };
}
