import uPlot from '/lib/uplot/dist/uPlot.esm.js';
import { h } from './dom.js';
import { value } from './format.js';
import { t } from './i18n.js';

const HEIGHT = 240;

/** Distances of ticks on the axis of steps: whole numbers. */
const STEPS = Array.from({ length: 12 }, (x, n) => [1, 2, 5].map(digit => digit * 10 ** n)).flat();
const charts = new Set();

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** The colour of the n-th line. */
export function seriesColour(n) {
  return colour(`--series-${(n % 8) + 1}`);
}

document.addEventListener('theme', () => charts.forEach(chart => chart.rebuild()));

/** A number of a log, or null where it is none or not finite. */
function finite(x) {
  return typeof x === 'number' && Number.isFinite(x) ? x : null;
}

/** Exponential moving average without the bias of its beginning. */
function smoothed(values, weight) {
  let sum = 0;
  let mass = 0;
  return values.map(x => {
    if (x === null) return null;
    sum = weight * sum + (1 - weight) * x;
    mass = weight * mass + (1 - weight);
    return sum / mass;
  });
}

/**
 * A line chart over steps. It is drawn at most once a frame, and where it can be seen: drawing takes the time of trainings.
 *
 * @param {string} title
 * @param {{label: string, points?: boolean}[]} lines
 */
export class Chart {
  constructor(title, lines, options = {}) {
    this.title = title;
    this.lines = lines;
    this.options = options;
    this.data = [[], ...lines.map(() => [])];
    this.errors = lines.map(() => []);
    this.marks = [];
    this.log = false;
    this.smoothing = 0;
    this.place = h('div.chart', { role: 'img', 'aria-label': title });
    this.element = h('section.card', {}, h('h2', {}, title), this.place);
    this.plot = null;
    this.frame = 0;
    this.seen = true;
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(this.place);
    this.view = new IntersectionObserver(entries => {
      this.seen = entries[entries.length - 1].isIntersecting;
      if (this.seen && this.stale) this.draw();
    });
    this.view.observe(this.place);
    charts.add(this);
  }

  /** Replaces all points: x ascending, one column for each line. */
  set(x, columns, errors) {
    this.data = [x, ...columns.map(column => column.map(finite))];
    if (errors) this.errors = errors;
    this.draw();
  }

  /** Changes the scale, how lines are smoothed, and marks on the time line. */
  show(changes) {
    const scaleChanged = changes.log !== undefined && changes.log !== this.log;
    Object.assign(this, changes);
    if (scaleChanged) this.rebuild();
    else this.draw();
  }

  /** Shows these steps alone; all if there are none. */
  range(from, to) {
    this.window = from === undefined ? null : [from, to];
    this.draw();
  }

  rebuild() {
    if (this.plot) this.plot.destroy();
    this.plot = null;
    this.draw();
  }

  shown() {
    const keep = column => (this.log ? column.map(x => (x !== null && x > 0 ? x : null)) : column);
    const [x, ...columns] = this.data;
    const lines = columns.map(keep);
    return this.smoothing > 0 ? [x, ...lines.map(line => smoothed(line, this.smoothing)), ...lines] : [x, ...lines, ...lines.map(line => line.map(() => null))];
  }

  /** Says what is new, and draws it in the next frame. */
  draw() {
    const last = this.data[0].length - 1;
    const latest = this.lines.map((line, n) => `${line.label} ${value(last < 0 ? null : this.data[n + 1][last])}`).join(', ');
    this.place.setAttribute('aria-label', `${this.title}: ${last < 0 ? t('chart.empty') : `${t('step')} ${this.data[0][last]}, ${latest}`}`);
    this.place.dataset.points = this.data[0].length;
    if (this.frame === 0) this.frame = requestAnimationFrame(() => this.paint());
  }

  paint() {
    this.frame = 0;
    this.stale = !this.seen;
    if (this.plot && !this.seen) return;
    if (!this.plot) {
      if (this.place.clientWidth === 0) return;
      this.plot = new uPlot(this.settings(), this.shown(), this.place);
    } else {
      this.plot.setData(this.shown(), false);
    }
    const x = this.data[0];
    const [from, to] = this.window || [x[0] ?? 0, x[x.length - 1] ?? 1];
    this.plot.setScale('x', { min: from, max: to > from ? to : from + 1 });
  }

  settings() {
    const axis = { stroke: colour('--muted'), grid: { stroke: colour('--grid'), width: 1 }, ticks: { stroke: colour('--grid') } };
    const line = (each, n) => ({
      label: each.label,
      stroke: each.colour || seriesColour(n),
      width: 1.8,
      spanGaps: true,
      points: { fill: each.colour || seriesColour(n), show: plot => Boolean(each.points) || plot.data[0].length === 1, size: 7 }, // of a single point there is no line
      dash: each.dash,
      value: (plot, x) => value(x),
    });
    const faint = (each, n) => ({ stroke: `${each.colour || seriesColour(n)}55`, width: 1, spanGaps: true, points: { show: false }, label: '' });
    return {
      width: this.place.clientWidth,
      height: HEIGHT,
      cursor: { drag: { x: true, y: false }, sync: { key: 'steps' } },
      scales: { x: { time: false }, y: { distr: this.log ? 3 : 1 } },
      axes: [{ ...axis, incrs: STEPS, values: (plot, ticks) => ticks.map(x => (Math.abs(x) >= 10000 ? `${x / 1000}k` : `${x}`)) }, { ...axis, size: 64, values: (plot, ticks) => ticks.map(x => (x === null ? '' : value(x))) }],
      legend: { live: true },
      series: [{ label: t('step') }, ...this.lines.map(line), ...this.lines.map(faint)],
      hooks: { draw: [plot => this.drawMarks(plot)], ready: [plot => this.hideFaint(plot)], setSelect: [plot => this.zoomed(plot)] },
    };
  }

  zoomed(plot) {
    if (plot.select.width <= 0 || !this.options.onzoom) return;
    this.options.onzoom(plot.posToVal(plot.select.left, 'x'), plot.posToVal(plot.select.left + plot.select.width, 'x'));
  }

  hideFaint(plot) {
    plot.root.querySelectorAll('.u-legend .u-series').forEach((row, n) => {
      if (n > this.lines.length) row.remove();
    });
  }

  drawMarks(plot) {
    const { ctx, bbox } = plot;
    ctx.save();
    ctx.lineWidth = devicePixelRatio;
    const [failed, warning] = [colour('--bad'), colour('--warning')];
    for (const mark of this.marks) {
      const x = plot.valToPos(mark.step, 'x', true);
      if (x < bbox.left || x > bbox.left + bbox.width) continue;
      ctx.strokeStyle = mark.severity === 'failed' ? failed : warning;
      ctx.setLineDash([4, 4]);
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
    }
    ctx.setLineDash([]);
    this.errors.forEach((errors, n) => {
      ctx.strokeStyle = this.lines[n].colour || seriesColour(n);
      errors.forEach((error, i) => {
        const y = this.data[n + 1][i];
        if (error === null || error === undefined || y === null || y === undefined) return;
        const x = plot.valToPos(this.data[0][i], 'x', true);
        const low = plot.valToPos(y - error, 'y', true);
        const high = plot.valToPos(y + error, 'y', true);
        ctx.beginPath();
        ctx.moveTo(x, low);
        ctx.lineTo(x, high);
        for (const end of [low, high]) {
          ctx.moveTo(x - 4 * devicePixelRatio, end);
          ctx.lineTo(x + 4 * devicePixelRatio, end);
        }
        ctx.stroke();
      });
    });
    ctx.restore();
  }

  resize() {
    if (!this.plot) this.draw();
    else if (this.place.clientWidth > 0) this.plot.setSize({ width: this.place.clientWidth, height: HEIGHT });
  }

  close() {
    charts.delete(this);
    cancelAnimationFrame(this.frame);
    this.observer.disconnect();
    this.view.disconnect();
    if (this.plot) this.plot.destroy();
  }
}
