/**
 * Makes an element. Text is always text: nothing that a run's folder says is ever read as HTML.
 *
 * @param {string} name such as 'div' or 'div.card'
 * @param {object} properties attributes; functions named onX are listeners
 */
export function h(name, properties = {}, ...children) {
  const [tag, ...classes] = name.split('.');
  const element = document.createElement(tag);
  if (classes.length > 0) element.className = classes.join(' ');
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (key === 'value' || key === 'checked' || key === 'selected' || key === 'disabled') element[key] = value;
    else element.setAttribute(key, value === true ? '' : String(value));
  }
  element.append(...children.flat(3).filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

/** A labelled choice, of [value, text], or of [heading, choices] for a group. */
export function choice(label, options, value, onchange) {
  const option = ([key, text]) => (Array.isArray(text)
    ? h('optgroup', { label: key }, text.map(option))
    : h('option', { value: key, selected: key === value }, text));
  return h('label.stacked', {}, h('span.small.muted', {}, label),
    h('select', { onchange: event => onchange(event.target.value) },
      options.map(option)));
}

/** A labelled number. */
export function number(label, value, limits, onchange) {
  return h('label.stacked', {}, h('span.small.muted', {}, label),
    h('input', { type: 'number', value, ...limits, onchange: event => onchange(Number(event.target.value)) }));
}

/** A labelled switch. */
export function toggle(label, value, onchange) {
  return h('label.toggle', {}, h('input', { type: 'checkbox', checked: value, onchange: event => onchange(event.target.checked) }), label);
}

/** The name of a setting, which may be broken behind its dots alone. */
export function dotted(name) {
  return h('code.whole', {}, name.split('.').flatMap((part, n) => (n === 0 ? [part] : ['.', h('wbr'), part])));
}

let noticeTimer = 0;

/** Says something for some seconds. */
export function notice(text, bad = false) {
  const place = document.getElementById('notices');
  const box = h(bad ? 'div.notice.bad' : 'div.notice', {}, text);
  place.replaceChildren(box);
  clearTimeout(noticeTimer);
  noticeTimer = setTimeout(() => box.remove(), bad ? 12000 : 5000);
}

/** Runs an action, and says what went wrong. */
export async function attempt(action, done) {
  try {
    const answer = await action();
    if (done) notice(done);
    return answer;
  } catch (failure) {
    notice(failure.message, true);
    return undefined;
  }
}

/** Saves bytes as a file of the browser's. */
export function download(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = h('a', { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
