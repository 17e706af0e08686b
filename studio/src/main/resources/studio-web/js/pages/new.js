import { get, post } from '../api.js';
import { attempt, choice, h, notice, number } from '../dom.js';
import { t } from '../i18n.js';

/** Begins a run, and shows the command that does so. */
export async function open(root, parameters, { readOnly }) {
  const { groups, sources } = await get('/api/new/choices');
  const wanted = { data: 'digits', recipe: '', minutes: 2, evaluateEvery: 0 };
  const command = h('pre', { id: 'command', tabindex: 0 });
  const found = h('div', { id: 'found', role: 'status' });

  async function draw() {
    const answer = await attempt(() => post('/api/new/command', { ...wanted, evaluate: wanted.evaluateEvery > 0 }));
    if (answer) command.textContent = answer.command;
  }

  async function look() {
    found.replaceChildren(h('p.muted', {}, t('loading')));
    try {
      const data = await post('/api/new/look', wanted);
      found.replaceChildren(
        h('p', {}, t('new.found', data.name, data.examples, data.shape)),
        h('p', {}, h('strong', {}, t('new.choice', data.recipe, data.reason))),
        h('ul', {}, [...data.notes, ...data.choiceNotes].map(line => h('li', {}, line))));
    } catch (failure) {
      found.replaceChildren(h('p.finding.failed', { role: 'alert' }, failure.message));
    }
  }

  const summary = h('p.small.muted', {});
  const summaries = new Map(groups.flatMap(group => group.recipes.map(each => [each.name, each.summary])));
  const options = groups.map(group => [t(`new.group.${group.name}`), group.recipes.map(each => [each.name, each.name])]);
  const choose = choice(t('new.recipe'), [['', t('new.recipe.auto')], ...options], '', name => {
    wanted.recipe = name;
    summary.textContent = summaries.get(name) || '';
    draw();
  });
  root.append(h('h1', {}, t('nav.new')),
    h('section.card', {},
      h('label.stacked', {}, h('span', {}, t('new.data')), h('input', { id: 'data', value: wanted.data, list: 'sources', autocomplete: 'off', spellcheck: 'false', onchange: event => { wanted.data = event.target.value; draw(); } })),
      h('datalist', { id: 'sources' }, ['digits', 'fashion', 'emoji', 'ring8', 'grid25', 'swissroll'].map(value => h('option', { value }))),
      h('p.small.muted', {}, t('new.data.how')),
      h('details', {}, h('summary', {}, t('new.sources')), h('dl', {}, sources.map(each => [h('dt', {}, h('code', {}, each.usage)), h('dd', {}, each.summary)]))),
      h('div.row', {}, h('button', { type: 'button', id: 'look', onclick: look }, t('new.look'))), found),
    h('section.card', {}, h('div.settings', {}, choose,
      number(t('new.minutes'), wanted.minutes, { min: 0, step: 0.5 }, x => { wanted.minutes = x; draw(); }),
      number(t('new.evaluate'), 0, { min: 0, step: 100 }, x => { wanted.evaluateEvery = x; draw(); })), summary),
    h('section.card', {}, h('h2', {}, t('new.command')), command, h('div.row', {},
      h('button', { type: 'button', onclick: async () => { await attempt(() => navigator.clipboard.writeText(command.textContent), t('new.copied')); } }, t('new.copy')),
      readOnly ? null : h('button.primary', { type: 'button', id: 'train', onclick: async () => {
        const job = await attempt(() => post('/api/new/train', { ...wanted, evaluate: wanted.evaluateEvery > 0 }));
        if (!job) return;
        notice(t('new.started'));
        location.hash = '#/runs';
      } }, t('new.train')))));
  await draw();
  return undefined;
}
