/** Shows what the company tells a browser whose page is closed, and opens the page for who wants to answer. */
self.addEventListener('push', (event) => {
  const { id, title, text, isNotice } = event.data.json();
  const tell = () => self.registration.showNotification(title, { body: text, tag: id, dir: 'auto' });
  event.waitUntil(
    chats().then((open) => {
      if (!isNotice || !open.some((page) => page.visibilityState === 'visible')) return tell();
    }),
  );
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(
    chats().then(([open]) => (open ? open.focus() : self.clients.openWindow('/chat'))),
  );
});

function chats() {
  return self.clients
    .matchAll({ type: 'window', includeUncontrolled: true })
    .then((pages) => pages.filter((page) => new URL(page.url).pathname === '/chat'));
}
