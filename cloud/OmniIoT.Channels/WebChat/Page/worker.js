/** Shows what the company tells a browser whose page is closed, and opens the page for who wants to answer. */
self.addEventListener('push', (event) => {
  const { id, title, text, isNotice } = event.data.json();
  const tell = () => self.registration.showNotification(title, { body: text, tag: id, renotify: isNotice === true, dir: 'auto' });
  event.waitUntil(isNotice ? isLookedAt().then((looked) => looked || tell()) : tell());
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(
    chats().then((open) => open.find(hasItsOwnWindow)?.focus() ?? self.clients.openWindow('/chat')),
  );
});

function isLookedAt() {
  return chats().then((open) => open.some(isBeforeThem));
}

/** A chat within another page may be closed there while that page is looked at: it is before them where they write. */
function isBeforeThem(chat) {
  return chat.visibilityState === 'visible' && (hasItsOwnWindow(chat) || chat.focused);
}

function hasItsOwnWindow({ frameType }) {
  return frameType !== 'nested';
}

function chats() {
  return self.clients
    .matchAll({ type: 'window', includeUncontrolled: true })
    .then((pages) => pages.filter((page) => new URL(page.url).pathname === '/chat'));
}
