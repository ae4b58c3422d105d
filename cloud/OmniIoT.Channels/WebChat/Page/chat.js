import { language, say, translate } from '/chat/texts.js';

/** The visitor's side of the chat. Speaks to /chat/api of the origin it came from. */
const storageKey = 'omniiot.visitor';
const $ = (id) => document.getElementById(id);
const shown = new Set();
/** In the query only of a page that links here by itself, as earlier versions asked for. */
const link = new URLSearchParams(location.hash.slice(1)).get('link');
const appToken = new URLSearchParams(location.hash.slice(1)).get('token') ?? new URLSearchParams(location.search).get('token');
let token = remembered();
/** Where the visitor is, by the page around the chat; null: that may not be known. */
let page = null;
let position = null;
let attempt = 0;

/** Storage may be closed to a framed page; then the chat lasts as long as the page. */
function remembered() {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

function remember(value) {
  token = value;
  try {
    if (value) localStorage.setItem(storageKey, value);
    else localStorage.removeItem(storageKey);
  } catch {
    // See remembered().
  }
}

async function call(path, options = {}) {
  const headers = { 'Content-Type': 'application/json' };
  if (token) headers.Authorization = `Bearer ${token}`;
  const response = await fetch(`/chat/api${path}`, { ...options, headers });
  if (response.ok) return response;
  const problem = await response.json().catch(() => ({}));
  throw Object.assign(new Error(problem.detail ?? response.statusText), { status: response.status });
}

/** A refusal in the visitor's words; a fetch that never arrived has no status. */
function wordsFor({ status, message }) {
  if (!status) return say('unreachable');
  if (status === 429) return say('busy');
  return status === 422 && language === 'en' ? message : say('failed');
}

function complain(error) {
  $('trouble').textContent = error ? wordsFor(error) : '';
  $('trouble').hidden = !error;
}

function show(message) {
  if (shown.has(message.id)) return;
  shown.add(message.id);
  const item = document.createElement('div');
  item.className = message.from;
  item.dir = 'auto';
  item.textContent = message.text;
  item.append(...(message.files ?? []).map(fileOf));
  const time = document.createElement('time');
  time.dateTime = message.at;
  time.textContent = new Date(message.at).toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit' });
  item.append(time);
  $('messages').append(item);
  item.scrollIntoView({ block: 'end' });
}

/** A button that fetches the file: a plain link would come without the visitor's token. */
function fileOf(file) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'file';
  button.textContent = file.name;
  button.addEventListener('click', () => void attempted(button, () => keep(file)));
  return button;
}

async function keep(file) {
  const content = await (await call(`/files/${encodeURIComponent(file.id)}`)).blob();
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = file.name;
  link.click();
  URL.revokeObjectURL(link.href);
}

function introduce() {
  $('conversation').hidden = true;
  $('introduction').hidden = false;
  $('name').focus();
}

async function signIn(body) {
  const response = await call('/visitors', { method: 'POST', body: JSON.stringify(body) });
  const next = (await response.json()).token;
  // Whoever was here before is told nothing on this browser any more; a known customer who comes again still is.
  if (token && (!appToken || isAnother())) await endPush();
  remember(next);
}

async function enter(body) {
  await signIn(body);
  await open();
}

/** Whether the page around the chat names somebody else than who was here before. */
function isAnother() {
  if (!appToken) return false;
  const [, subject = ''] = token?.split('.') ?? [];
  return atob(subject.replaceAll('-', '+').replaceAll('_', '/')) !== appToken.slice(0, appToken.lastIndexOf('.'));
}

/** A known customer whom the site does not name now is not who looks at it: somebody else may sit at the browser. */
function isTheirs() {
  return appToken || token?.startsWith('visitor.');
}

/** Asks whether it may still be known: that may have changed while somebody signed in. */
async function postPage() {
  if (page && isTheirs()) await call('/pages', { method: 'POST', body: JSON.stringify({ ...page, consent: true }) });
}

/** Who is not known yet is once they say a name. What fails is not tried again: the next page is told. */
async function tellPage() {
  try {
    if (page && isAnother()) await signIn({ token: appToken });
    await postPage().catch(async (error) => {
      // What was remembered ended with the app token before this one.
      if (!appToken || error.status !== 401) throw error;
      await signIn({ token: appToken });
      await postPage();
    });
  } catch {
    // The chat says what is wrong, once it is opened.
  }
}

/** Once it is seen: until then the chat opens nothing, and may only be told where the visitor is. */
function displayed() {
  return new Promise((resolve) => {
    const observer = new IntersectionObserver(([entry]) => {
      if (!entry.isIntersecting) return;
      observer.disconnect();
      resolve();
    });
    observer.observe(document.documentElement);
  });
}

async function open() {
  const history = await (await call('/messages')).json();
  $('introduction').hidden = true;
  $('conversation').hidden = false;
  history.messages.forEach(show);
  position = history.position;
  $('text').focus();
  void listen();
  void offerPush();
  void tellPage();
}

/** Asks only who can be told and has not said no; a page in a frame of another origin may not ask at all. */
async function offerPush() {
  if (!('PushManager' in window) || !navigator.serviceWorker || Notification.permission === 'denied') return;
  const { key } = await call('/push').then((response) => response.json(), () => ({}));
  if (!key) return;
  $('notify').onclick = () => void attempted($('notify'), () => subscribe(key));
  $('silence').onclick = () => void attempted($('silence'), endPush);
  if (await subscription()) await subscribe(key).catch(() => offer(false));
  else offer(false);
}

/** One button of the two: to be told, or to be told no more. */
function offer(isOn) {
  $('notify').hidden = isOn;
  $('silence').hidden = !isOn;
}

/** By which this browser is told things; null: it is told nothing. */
async function subscription() {
  try {
    const registration = await navigator.serviceWorker?.getRegistration('/chat/worker.js');
    return (await registration?.pushManager?.getSubscription()) ?? null;
  } catch {
    // Closed to a framed page: nobody is told anything there.
    return null;
  }
}

/** What the platform does not hear of ends all the same: the push service knows the browser no more. */
async function endPush() {
  const ended = await subscription();
  if (!ended) return;
  await call(`/push-subscriptions?endpoint=${encodeURIComponent(ended.endpoint)}`, { method: 'DELETE' }).catch(() => {});
  await ended.unsubscribe();
  offer(false);
}

/** The worker's scope lies below the page, so that nothing else says when it is ready. */
function activated(worker) {
  if (worker.state === 'activated') return null;
  return new Promise((resolve) => worker.addEventListener('statechange', () => worker.state === 'activated' && resolve()));
}

async function subscribe(applicationServerKey) {
  const registration = await navigator.serviceWorker.register('/chat/worker.js');
  await activated(registration.active ?? registration.waiting ?? registration.installing);
  const begun = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
  await call('/push-subscriptions', { method: 'POST', body: JSON.stringify(begun) });
  offer(true);
}

/** Follows the stream and comes back to it whenever it ends, from the last message seen. */
async function listen() {
  const mine = token;
  while (token === mine && token) {
    try {
      const response = await call(`/stream?lastEventId=${position}`);
      await follow(response.body);
    } catch (error) {
      if (error.status === 401) return restart();
    }
    $('state').textContent = say('again');
    attempt += 1;
    await new Promise((resolve) => setTimeout(resolve, Math.min(15000, 500 * 2 ** attempt) * (0.5 + Math.random() / 2)));
  }
}

async function follow(body) {
  $('state').textContent = '';
  attempt = 0;
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split('\n\n');
    rest = blocks.pop();
    blocks.forEach(take);
  }
}

function take(block) {
  const fields = Object.fromEntries(block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]));
  if (fields.id) position = fields.id;
  if (fields.data) show(JSON.parse(fields.data));
}

function restart() {
  void endPush().catch(() => {});
  remember(null);
  shown.clear();
  $('messages').replaceChildren();
  introduce();
}

async function attempted(button, action) {
  button.disabled = true;
  complain(null);
  try {
    await action();
  } catch (error) {
    if (error.status === 401) restart();
    complain(error);
  } finally {
    button.disabled = false;
  }
}

$('introduction').addEventListener('submit', (event) => {
  event.preventDefault();
  void attempted(event.submitter, () => enter({ name: $('name').value, email: $('email').value || null }));
});

$('writing').addEventListener('submit', (event) => {
  event.preventDefault();
  const text = $('text').value.trim();
  if (!text) return;
  void attempted($('writing').querySelector('button'), async () => {
    show(await (await call('/messages', { method: 'POST', body: JSON.stringify({ text }) })).json());
    $('text').value = '';
    $('text').focus();
  });
});

$('text').addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  $('writing').requestSubmit();
});

translate();
addEventListener('message', ({ source, origin, data }) => {
  if (source !== parent || data?.page === undefined) return;
  // A site tells of itself alone.
  page = String(data.page?.url).startsWith(`${origin}/`) ? data.page : null;
  void tellPage();
});
await displayed();
try {
  if (link) {
    // Good once here: a page that is loaded anew goes on with what the link brought.
    history.replaceState(null, '', location.pathname + location.search);
    await enter({ link }).catch((error) => (token && error.status === 401 ? open() : Promise.reject(error)));
  }
  else if (appToken) await enter({ token: appToken });
  else if (token) await open();
  else introduce();
} catch (error) {
  restart();
  if (error.status !== 401) complain(error);
}
