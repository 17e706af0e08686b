import { get } from './api.js';
import { h, notice } from './dom.js';
import { switchLanguage, t } from './i18n.js';

const PAGES = ['runs', 'compare', 'explore', 'translate', 'play', 'lab', 'new'];
const main = document.getElementById('main');
let leave = () => {};
let shown = 0;
let readOnly = false;

function theme() {
  return localStorage.getItem('theme') || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
}

function applyTheme() {
  document.documentElement.dataset.theme = theme();
  document.dispatchEvent(new CustomEvent('theme'));
}

function place() {
  const [name, query] = location.hash.replace(/^#\/?/, '').split('?');
  return { name: name || 'runs', parameters: Object.fromEntries(new URLSearchParams(query || '')) };
}

function header(current) {
  const links = PAGES.map(name => h('a', { href: `#/${name}`, 'aria-current': name === current ? 'page' : null }, t(`nav.${name}`)));
  document.getElementById('skip').textContent = t('skip');
  document.getElementById('header').replaceChildren(
    h('a.brand', { href: '#/runs' }, h('img', { src: '/icon.svg', alt: '' }), 'Saddlepoint'),
    h('nav', { 'aria-label': t('nav.label') }, links),
    h('div.tools', {},
      h('span.small.muted', { id: 'connection' }),
      readOnly ? h('span.state.stopped', {}, t('readonly')) : null,
      h('button', { type: 'button', onclick: () => { switchLanguage(); show(); } }, t('language')),
      h('button', { type: 'button', 'aria-label': t('theme'), title: t('theme'), onclick: () => {
        localStorage.setItem('theme', theme() === 'dark' ? 'light' : 'dark');
        applyTheme();
      } }, '◐')));
}

async function show() {
  const { name, parameters } = place();
  const turn = ++shown;
  leave();
  leave = () => {};
  header(name === 'run' ? 'runs' : name);
  main.replaceChildren(h('p.muted', {}, t('loading')));
  document.title = `${t(name === 'run' ? 'nav.runs' : `nav.${name}`)} · Saddlepoint`;
  if (![...PAGES, 'run'].includes(name)) {
    location.hash = '#/runs';
    return;
  }
  try {
    const page = await import(`./pages/${name}.js`);
    const root = document.createElement('div');
    root.style.display = 'contents';
    const done = await page.open(root, parameters, { readOnly });
    if (turn !== shown) {
      if (done) done();
      return;
    }
    main.replaceChildren(root);
    main.dataset.page = name;
    leave = done || (() => {});
  } catch (failure) {
    if (turn !== shown) return;
    main.replaceChildren(h('div.card.banner', { role: 'alert' }, h('p', {}, failure.message),
      h('button', { type: 'button', onclick: show }, '↻')));
    main.dataset.page = 'error';
  }
}

document.addEventListener('connection', event => {
  const line = document.getElementById('connection');
  if (!event.detail && line && line.textContent === '') notice(t('connection.lost'), true);
  if (line) line.textContent = event.detail ? '' : '⚠';
});
document.getElementById('skip').addEventListener('click', event => {
  event.preventDefault();
  main.focus();
});
addEventListener('hashchange', () => { show(); main.focus(); scrollTo(0, 0); });
applyTheme();
get('/api/site').then(site => { readOnly = site.readOnly; }).catch(() => {}).finally(show);
