import { get, post } from '../api.js';
import { attempt, h } from '../dom.js';
import { t } from '../i18n.js';

const MILLIS_BETWEEN_LOOKS = 2000;

/**
 * The commands that were started from pages, followed while some of them run.
 *
 * @param shown which of them
 * @returns their section, how to look again, and how to end following
 */
export function jobsSection(shown, readOnly) {
  const place = h('section', { id: 'jobs' });
  let drawn = '';

  function line(job) {
    const state = job.running ? t('run.jobs.running') : t('run.jobs.ended', job.exit);
    return h('details', { open: job.running || job.exit !== 0, 'data-job': job.number, 'data-running': String(job.running) },
      h('summary', {}, h('code', {}, job.command), ` · ${state}`),
      h('pre', { tabindex: 0 }, job.output || t('run.jobs.silent')),
      readOnly ? null : h('button', { type: 'button', onclick: () => act(job) }, t(job.running ? 'run.jobs.stop' : 'run.jobs.forget')));
  }

  async function act(job) {
    await attempt(() => post(`/api/jobs/${job.running ? 'stop' : 'forget'}`, { number: job.number }));
    await look();
  }

  async function look() {
    const jobs = (await attempt(() => get('/api/jobs')) || []).filter(shown);
    const now = JSON.stringify(jobs);
    if (now === drawn) return; // what is read or selected stays as it is
    drawn = now;
    const focused = place.contains(document.activeElement) ? document.activeElement : null;
    const where = focused && focused.closest('[data-job]') && [focused.closest('[data-job]').dataset.job, focused.tagName];
    place.replaceChildren(...(jobs.length === 0 ? [] : [h('div.card', {}, h('h2', {}, t('run.jobs')), jobs.map(line))]));
    if (where) {
      const again = place.querySelector(`[data-job="${where[0]}"] ${where[1]}`);
      if (again) again.focus();
    }
  }

  const timer = setInterval(() => { if (place.querySelector('[data-running="true"]')) look(); }, MILLIS_BETWEEN_LOOKS);
  return { place, look, end: () => clearInterval(timer) };
}
