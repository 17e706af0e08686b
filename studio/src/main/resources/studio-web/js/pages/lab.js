import { address, get, post } from '../api.js';
import { attempt, choice, h, number, toggle } from '../dom.js';
import { t } from '../i18n.js';

const MILLIS_BETWEEN_LOOKS = 1000;
const FAILED = 1; // the exit code where a claim does not hold

/** Words of Markdown as text: code between backticks, emphasis between stars. */
function spans(text) {
  return text.split(/(`[^`]+`|\*[^*\s][^*]*\*)/).map(part => {
    if (part.startsWith('`') && part.length > 2) return h('code', {}, part.slice(1, -1));
    if (part.startsWith('*') && part.endsWith('*') && part.length > 2) return h('em', {}, part.slice(1, -1));
    return part;
  });
}

/** Paragraphs and lists of Markdown. */
function prose(markdown) {
  return markdown.trim().split(/\n\s*\n/).map(block => {
    if (!/^[*-] /.test(block)) return h('p', {}, spans(block.replace(/\s*\n\s*/g, ' ')));
    return h('ul', {}, block.split(/\n(?=[*-] )/).map(item => h('li', {}, spans(item.slice(2).replace(/\s*\n\s*/g, ' ')))));
  });
}

function figures(value) {
  return typeof value === 'number' ? String(Number(value.toPrecision(4))) : String(value);
}

function expected(claim) {
  const bound = figures(claim.expected);
  const tolerance = claim.tolerance === 0 ? '' : ` ± ${figures(claim.tolerance)}`;
  return claim.relation === '=' ? bound + tolerance : `${claim.relation} ${bound}${tolerance}`;
}

/** How far a command is, by the last line that says so. */
function progress(output) {
  const lines = [...output.matchAll(/^\s*(\d{1,3})%\s+(.*)$/gm)];
  return lines.length === 0 ? null : { percent: Number(lines.at(-1)[1]), what: lines.at(-1)[2] };
}

/** Shows the experiments of the lab, and what one of them found. */
export async function open(root, { name }, { readOnly }) {
  const experiments = await get('/api/lab');
  if (experiments.length === 0) {
    root.append(h('h1', {}, t('nav.lab')), h('p.card.empty.muted', {}, t('lab.none')));
    return undefined;
  }
  const chosen = experiments.find(each => each.name === name) || experiments[0];
  const wanted = { name: chosen.name, quick: true, seed: 0, settings: {} };
  const running = h('section', { id: 'labrun', role: 'status' });
  const results = h('section', { id: 'results' });
  let known = '';
  let made = 0;
  let ended = true;

  function control(setting) {
    const set = value => { wanted.settings[setting.option] = String(value); };
    const label = setting.option.replace(/^--/, '').replaceAll('-', ' ');
    const field = setting.kind === 'WORD'
      ? choice(label, setting.words.map(word => [word, word]), setting.value, set)
      : number(label, setting.value, { step: setting.kind === 'WHOLE' ? 1 : 'any', 'data-option': setting.option }, set);
    return h('div', {}, field, h('p.small.muted', {}, setting.description));
  }

  async function begin() {
    const job = await attempt(() => post('/api/lab/run', wanted));
    if (job) await look();
  }

  function showJob(job) {
    if (!job) return running.replaceChildren();
    const far = progress(job.output);
    const line = far ? `${far.percent} % · ${far.what}` : t('lab.starts');
    if (job.running) {
      return running.replaceChildren(h('div.card', {},
        h('progress', { max: 100, value: far ? far.percent : undefined, 'aria-label': line }), h('p.small.number', {}, line),
        readOnly ? null : h('button', { type: 'button', id: 'labstop', onclick: async () => { await attempt(() => post('/api/jobs/stop', { number: job.number })); await look(); } }, t('run.jobs.stop'))));
    }
    if (job.exit === 0 || (job.exit === FAILED && made > 0)) return running.replaceChildren();
    return running.replaceChildren(h('div.card', {}, h('p.finding.failed', { role: 'alert' }, t('run.jobs.ended', job.exit)), h('pre', { tabindex: 0 }, job.output)));
  }

  function showReport(report) {
    const failing = report.claims.filter(claim => !claim.holds).length;
    const settings = Object.entries(report.settings).map(([key, value]) => `${key} ${value}`);
    results.replaceChildren(h('div.card', {},
      h('h2', {}, t('lab.results')),
      h(failing === 0 ? 'p.finding.healthy' : 'p.finding.failed', { id: 'verdict' }, failing === 0 ? t('lab.hold', report.claims.length) : t('lab.fail', failing, report.claims.length)),
      h('p.small.muted', {}, [...settings, `${t('explore.seed')} ${report.seed}`, report.quick ? t('lab.quick') : t('lab.full')].join(' · ')),
      h('img.figure', { id: 'figure', alt: `${t('lab.figure')}: ${report.title}`, src: address('/api/lab/figure', { name: chosen.name, made }) }),
      h('div.scroll', { tabindex: 0, role: 'region', 'aria-label': t('lab.claims') }, h('table', {},
        h('caption', {}, t('lab.claims')),
        h('thead', {}, h('tr', {}, ['lab.claim', 'lab.source', 'lab.expected', 'lab.measured', 'lab.holds'].map(key => h('th', { scope: 'col' }, t(key))))),
        h('tbody', {}, report.claims.map(claim => h('tr', { 'data-claim': claim.id },
          h('td', {}, claim.statement), h('td.small', {}, claim.source), h('td.number', {}, expected(claim)), h('td.number', {}, figures(claim.measured)),
          h('td', {}, h(claim.holds ? 'span.state.done' : 'span.state.failed', {}, t(claim.holds ? 'lab.yes' : 'lab.no'))))))))));
  }

  async function look() {
    const state = await attempt(() => get('/api/lab/state', { name: chosen.name }));
    if (!state) return;
    ended = !state.job || !state.job.running;
    const job = JSON.stringify(state.job || null);
    if (state.report && state.made !== made) {
      made = state.made;
      showReport(state.report);
    }
    if (job !== known) {
      known = job;
      showJob(state.job);
    }
    runButton.disabled = !ended;
  }

  const runButton = h('button.primary', { type: 'button', id: 'labbegin', onclick: begin }, t('lab.run'));
  root.append(
    h('div.row.end', {}, h('h1', {}, t('nav.lab')), choice(t('lab.experiment'), experiments.map(each => [each.name, each.name]), chosen.name, value => {
      location.hash = `#/lab?${new URLSearchParams({ name: value })}`;
    })),
    h('section.card', {}, h('h2', {}, chosen.title), h('details', {}, h('summary', {}, t('lab.explanation')), prose(chosen.explanation)),
      h('div.settings', {}, chosen.settings.map(control)),
      h('div.controls', {}, number(t('explore.seed'), 0, { min: 0, step: 1 }, value => { wanted.seed = value; }),
        toggle(t('lab.quick'), true, value => { wanted.quick = value; }), readOnly ? null : runButton)),
    running, results);
  await look();
  const timer = setInterval(() => { if (!ended) look(); }, MILLIS_BETWEEN_LOOKS);
  return () => clearInterval(timer);
}
