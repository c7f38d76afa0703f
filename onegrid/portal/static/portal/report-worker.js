/**
 * Lets the report page open without a network: the page as it was last, and what it is made of, whose names change
 * with their contents. Reports themselves never pass through here; they wait in the page's outbox.
 */

const KEPT = "report-1";
const MOST = 150; // files; after that the oldest go
const PAGE = new URL("./", location.href).href;
const PATIENCE = 6000; // ms for the network before the kept page is shown

const worker = /** @type {any} */ (self);

async function keepPage(/** @type {Response} */ response) {
  const type = response.headers.get("Content-Type") ?? "";
  if (response.ok && type.startsWith("text/html")) await (await caches.open(KEPT)).put(PAGE, response);
}

async function page(/** @type {Request} */ request) {
  const waited = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  const asked = fetch(request).then((response) => {
    if (request.url === PAGE) keepPage(response.clone());
    return response;
  });
  const first = await Promise.race([asked.catch(() => undefined), waited]);
  return first ?? (await caches.match(PAGE, { ignoreVary: true })) ?? asked;
}

async function part(/** @type {Request} */ request) {
  const kept = await caches.match(request, { ignoreVary: true });
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok && response.status === 200) await (await caches.open(KEPT)).put(request, response.clone());
  return response;
}

async function keepParts(/** @type {string[]} */ urls) {
  const cache = await caches.open(KEPT);
  const keys = await cache.keys();
  if (keys.length > MOST) await Promise.all(keys.slice(0, keys.length - MOST).map((key) => cache.delete(key)));
  for (const url of urls.filter(isPart)) if (!(await cache.match(url, { ignoreVary: true }))) await cache.add(url).catch(() => {});
}

const isPart = (/** @type {string} */ url) => url.startsWith(new URL("/static/", location.href).href);

worker.addEventListener("install", (/** @type {any} */ event) => {
  worker.skipWaiting();
  event.waitUntil(fetch(PAGE).then(keepPage));
});
worker.addEventListener("activate", (/** @type {any} */ event) => {
  const old = caches.keys().then((names) => Promise.all(names.filter((name) => name.startsWith("report-") && name !== KEPT).map((name) => caches.delete(name))));
  event.waitUntil(old.then(() => worker.clients.claim()));
});
worker.addEventListener("message", (/** @type {any} */ event) => event.waitUntil(keepParts(event.data.keep ?? [])));
worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate" && request.url.split("?")[0] === PAGE) event.respondWith(page(request));
  else if (isPart(request.url)) event.respondWith(part(request));
});
