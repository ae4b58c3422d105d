/** Shows what the company tells a browser whose page is closed, and opens the page for who wants to answer. */
self.addEventListener('push', (event) => {
  const { id, title, text } = event.data.json();
  event.waitUntil(self.registration.showNotification(title, { body: text, tag: id, dir: 'auto' }));
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(
    self.clients.matchAll({ type: 'window', includeUncontrolled: true }).then((pages) => {
      const open = pages.find((page) => new URL(page.url).pathname === '/chat');
      return open ? open.focus() : self.clients.openWindow('/chat');
    }),
  );
});
