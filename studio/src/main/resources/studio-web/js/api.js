import { t } from './i18n.js';

async function answer(response) {
  if (response.ok) return response;
  if (response.status === 401) throw new Error(t('session.ended'));
  let message = `${response.status}`;
  try {
    message = (await response.json()).error;
  } catch {
    // no JSON: the status has to do
  }
  throw new Error(message);
}

async function ask(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Error(t('connection.lost'));
  }
  return answer(response);
}

/** The address of a path with these parameters. */
export function address(path, parameters = {}) {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== null && value !== '') query.set(key, value);
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

export async function get(path, parameters) {
  return (await ask(address(path, parameters))).json();
}

export async function post(path, body) {
  const options = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  return (await ask(path, options)).json();
}

/** Sends bytes or JSON, and takes whatever comes. */
export async function raw(path, parameters, options) {
  return ask(address(path, parameters), options);
}

const RETRY_MILLIS = 1500;

/**
 * Follows a stream of events while the page can be seen, and begins again when the connection is lost.
 *
 * @param handlers by the events' names; 'again' is called when a lost connection is back, or the page is seen again
 * @param unseen whether it goes on while the page is hidden behind others
 * @returns a function that ends it
 */
export function follow(path, parameters, handlers, unseen = false) {
  let source = null;
  let missed = false;
  let timer = 0;
  const tell = connection => { document.body.dataset.connection = connection; };
  const close = () => {
    clearTimeout(timer);
    if (source) source.close();
    source = null;
  };
  const open = () => {
    source = new EventSource(address(path, parameters));
    source.onopen = () => {
      tell('open');
      document.dispatchEvent(new CustomEvent('connection', { detail: true }));
      if (missed && handlers.again) handlers.again();
      missed = false;
    };
    source.onerror = () => {
      close();
      missed = true;
      tell('lost');
      document.dispatchEvent(new CustomEvent('connection', { detail: false }));
      timer = setTimeout(open, RETRY_MILLIS);
    };
    for (const [name, handler] of Object.entries(handlers)) {
      if (name !== 'again') source.addEventListener(name, event => handler(JSON.parse(event.data)));
    }
  };
  const rest = () => {
    close();
    missed = true;
    tell('resting');
  };
  const look = () => {
    if (document.hidden && !unseen) {
      rest();
    } else if (!source) {
      close();
      open();
    }
  };
  document.addEventListener('visibilitychange', look);
  addEventListener('pagehide', rest); // browsers may keep pages that are left, with their connections
  addEventListener('pageshow', look);
  look();
  return () => {
    document.removeEventListener('visibilitychange', look);
    removeEventListener('pagehide', rest);
    removeEventListener('pageshow', look);
    close();
  };
}
