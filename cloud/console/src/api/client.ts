import { session } from './session';

/** One mistake in what was sent, as the server points at it (RFC 9457 extension). */
export interface FieldMistake {
  pointer?: string;
  line?: number;
  column?: number;
  message: string;
  /** The message as a kind with values, where people can be told of it in their own language. */
  code?: string;
  values?: Record<string, string | number | null | string[]>;
}

/** A refusal or failure of the server, or of the way to it (`status` 0). */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string | null,
    readonly mistakes: FieldMistake[],
    /** The typed reason of a rejection. */
    readonly code: string | null = null,
    /** The contract's word for what a program is expected to resolve. */
    readonly reason: string | null = null,
  ) {
    super(detail ?? title);
    this.name = 'ApiError';
  }
}

/** A value together with the version it had, for `If-Match`. */
export interface Versioned<T> {
  value: T;
  etag: string | null;
}

/** The entity tag of a document's version, as the API writes it. */
export const tagOf = (version: number) => `"${version}"`;

export type Query = Record<string, string | number | null | undefined>;

interface RequestOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  query?: Query;
  body?: unknown;
  /** A body that is JSON already, or is to be refused as none, sent as it was typed. */
  text?: string;
  contentType?: string;
  ifMatch?: string | null;
  signal?: AbortSignal;
}

const base = '/api/v1';

/** The address of a call; path parts are encoded by `path`. */
export function urlOf(relative: string, query: Query = {}): string {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') parameters.set(key, String(value));
  }
  const text = parameters.toString();
  return base + relative + (text ? `?${text}` : '');
}

/** Builds a path whose inserted ids are encoded: path`/devices/${id}/twin`. */
export function path(parts: TemplateStringsArray, ...ids: string[]): string {
  return parts.reduce((text, part, i) => text + part + (i < ids.length ? encodeURIComponent(ids[i]!) : ''), '');
}

/** Sends one call; the browser adds the session's cookie. Throws `ApiError`; a 401 also ends the session. */
export async function send<T>(relative: string, options: RequestOptions = {}): Promise<Versioned<T>> {
  const response = await reach(urlOf(relative, options.query), options);
  if (!response.ok) {
    if (response.status === 401) session.end();
    throw refusalOf(response.status, response.statusText, await response.text());
  }
  const text = await response.text();
  return { value: (text ? JSON.parse(text) : undefined) as T, etag: response.headers.get('ETag') };
}

export async function get<T>(relative: string, query?: Query, signal?: AbortSignal): Promise<T> {
  return (await send<T>(relative, { query, signal })).value;
}

/** Prometheus text of the host, which lies outside the REST root. */
export async function getMetricsText(signal?: AbortSignal): Promise<string> {
  const response = await reach('/metrics', { signal });
  if (!response.ok) throw refusalOf(response.status, response.statusText, await response.text());
  return response.text();
}

async function reach(url: string, options: RequestOptions): Promise<Response> {
  const headers = new Headers({ Accept: 'application/json' });
  const proof = session.current()?.proof;
  if (proof && options.method && options.method !== 'GET') headers.set('X-OmniIoT-CSRF', proof);
  if (options.ifMatch) headers.set('If-Match', options.ifMatch);
  const body = options.text ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
  if (body !== undefined) headers.set('Content-Type', options.contentType ?? 'application/json');
  try {
    return await fetch(url, {
      method: options.method ?? 'GET',
      headers,
      body,
      signal: options.signal,
    });
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ApiError(0, 'unreachable', null, []);
  }
}

/** The refusal that an answer's status and text tell of. */
export function refusalOf(status: number, statusText: string, text: string): ApiError {
  try {
    const problem = JSON.parse(text) as { title?: string; detail?: string; code?: string; reason?: string; errors?: FieldMistake[] };
    const mistakes = Array.isArray(problem.errors) ? problem.errors : [];
    const { title = statusText, detail = null, code = null, reason = null } = problem;
    return new ApiError(status, title, detail, mistakes, code, reason);
  } catch {
    return new ApiError(status, statusText || String(status), text || null, []);
  }
}
