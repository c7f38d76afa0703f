/**
 * Shows push messages, and opens what they are about. It keeps nothing and answers no request of a page.
 *
 * A message is {"title": "…", "text": "…", "path": "/notices/…", "tag": "…"}; one of the same tag takes the other's place.
 */

/** @typedef {{title: string, text: string, path: string, tag: string}} Message */

self.addEventListener("push", (given) => {
  const event = /** @type {any} */ (given);
  /** @type {Message} */
  const { title, text, path, tag } = event.data.json();
  event.waitUntil(/** @type {any} */ (self).registration.showNotification(title, { body: text, tag, data: path }));
});

self.addEventListener("notificationclick", (given) => {
  const event = /** @type {any} */ (given);
  event.notification.close();
  event.waitUntil(/** @type {any} */ (self).clients.openWindow(new URL(event.notification.data, self.location.origin)));
});
