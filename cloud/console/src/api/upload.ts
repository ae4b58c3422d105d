import { ApiError, refusalOf, urlOf, type Query } from './client';
import { session } from './session';

/** Whether an answer tells what became of the call, be it nothing, and not why it was none. */
const isAnswer = (request: XMLHttpRequest) =>
  request.status < 300 || (request.status === 422 && request.getResponseHeader('Content-Type')?.startsWith('application/json') === true);

/**
 * Sends a file or a form, telling how much of it has gone, 0 to 1; what it was answered, also where its lines are why nothing was
 * taken. Throws `ApiError`; a 401 also ends the session.
 */
export function upload<T>(relative: string, query: Query, file: Blob | FormData, onProgress: (part: number) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    // `fetch` does not tell how far it is.
    const request = new XMLHttpRequest();
    request.open('POST', urlOf(relative, query));
    request.setRequestHeader('Accept', 'application/json');
    // The browser itself says how it bounds the parts of a form.
    if (file instanceof Blob) request.setRequestHeader('Content-Type', file.type || 'application/json');
    const proof = session.current()?.proof;
    if (proof) request.setRequestHeader('X-OmniIoT-CSRF', proof);
    request.upload.onprogress = (event) => onProgress(event.total > 0 ? event.loaded / event.total : 0);
    request.onerror = () => reject(new ApiError(0, 'unreachable', null, []));
    request.onload = () => {
      if (isAnswer(request)) resolve(JSON.parse(request.responseText) as T);
      else {
        if (request.status === 401) session.end();
        reject(refusalOf(request.status, request.statusText, request.responseText));
      }
    };
    request.send(file);
  });
}
