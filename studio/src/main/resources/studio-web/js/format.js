import { language, t } from './i18n.js';

/** A number with four digits that count. */
export function value(x) {
  if (x === null || x === undefined || !Number.isFinite(x)) return '–';
  const size = Math.abs(x);
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) return x.toExponential(2);
  return x.toLocaleString(language(), { maximumSignificantDigits: 4 });
}

export function whole(x) {
  return x.toLocaleString(language());
}

/** A value with its standard error. */
export function estimate(metric) {
  if (!metric) return '';
  const error = metric.error === undefined ? '' : ` ± ${value(metric.error)}`;
  return `${metric.name} ${value(metric.value)}${error}`;
}

export function duration(seconds) {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
  if (seconds < 3600) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}

export function ago(millis) {
  const seconds = (Date.now() - millis) / 1000;
  if (seconds < 5) return t('time.now');
  const unit = seconds < 60 ? 'second' : seconds < 3600 ? 'minute' : seconds < 86400 ? 'hour' : 'day';
  const size = { second: 1, minute: 60, hour: 3600, day: 86400 }[unit];
  return new Intl.RelativeTimeFormat(language(), { numeric: 'auto' }).format(-Math.round(seconds / size), unit);
}
