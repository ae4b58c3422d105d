/**
 * Puts the chat on any page: <script src="https://…/chat/widget.js" defer></script>.
 * data-token on the script names a customer who is known (their app token), data-label the button, data-lang the language;
 * else the page's own is taken. The token stands behind the address's #, which is sent to no server and written in no log.
 * data-visits (any value but "false") says that the visitor allows the company to know which pages they look at (address and
 * title); a site that asks sets it when they agree, and removes it when they do not any more.
 */
(() => {
  const script = document.currentScript;
  const address = new URL('/chat', script.src);
  if (script.dataset.token) address.hash = new URLSearchParams({ token: script.dataset.token });
  const language = script.dataset.lang ?? document.documentElement.lang;
  if (language) address.searchParams.set('lang', language);
  const label = script.dataset.label ?? 'Chat with us';

  const button = document.createElement('button');
  button.type = 'button';
  button.innerHTML =
    '<svg viewBox="0 0 24 24" width="26" height="26" fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round" aria-hidden="true"><path d="M4 5h16v11H10l-5 4v-4H4z"/></svg>';
  button.setAttribute('aria-label', label);
  button.setAttribute('aria-expanded', 'false');
  button.title = label;
  Object.assign(button.style, {
    position: 'fixed', insetBlockEnd: '1rem', insetInlineEnd: '1rem', width: '3.5rem', height: '3.5rem', border: '0',
    borderRadius: '50%', background: '#0b5f8a', color: '#fff', padding: '0', cursor: 'pointer', display: 'grid', placeItems: 'center', zIndex: '2147483646',
    boxShadow: '0 2px 8px rgb(0 0 0 / 35%)',
  });

  let frame = null;
  let isListening = false;
  let told = null;
  let moved;
  function embed() {
    frame = document.createElement('iframe');
    frame.src = address.href;
    frame.title = label;
    Object.assign(frame.style, {
      position: 'fixed', insetBlockEnd: '5.5rem', insetInlineEnd: '1rem', width: 'min(24rem, calc(100vw - 2rem))', display: 'none',
      height: 'min(36rem, calc(100vh - 7rem))', border: '1px solid #8a939d', borderRadius: '0.75rem', zIndex: '2147483646',
    });
    frame.addEventListener('load', () => {
      isListening = true;
      tellPage();
    });
    document.body.append(frame);
  }

  function toggle(open) {
    if (open && !frame) embed();
    if (frame) frame.style.display = open ? 'block' : 'none';
    button.setAttribute('aria-expanded', String(open));
  }

  /** Tells the chat, which knows who the visitor is, where they are; or that it is nobody's business. */
  function tellPage() {
    clearTimeout(moved);
    const isAllowed = (script.dataset.visits ?? 'false') !== 'false';
    if (isAllowed && !frame) embed();
    if (!isListening) return;
    told = location.origin + location.pathname;
    const page = isAllowed ? { url: told, title: document.title.slice(0, 200) } : null;
    frame.contentWindow.postMessage({ page }, address.origin);
  }

  /** A second later: routers change the address first, and then the title. */
  function tellMove() {
    clearTimeout(moved);
    if (location.origin + location.pathname !== told) moved = setTimeout(tellPage, 1000);
  }

  button.addEventListener('click', () => toggle(button.getAttribute('aria-expanded') !== 'true'));
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') toggle(false);
  });
  document.body.append(button);
  new MutationObserver(tellPage).observe(script, { attributeFilter: ['data-visits'] });
  // Pages that change without being loaded anew; older browsers tell those that are loaded.
  globalThis.navigation?.addEventListener('navigatesuccess', tellMove);
  tellPage();
})();
