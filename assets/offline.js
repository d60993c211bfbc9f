// Keeps the page for use without a network. The build puts the list of the page's files here (`cargo xtask stamp`); a new
// build is a new list, and so a new worker, which fetches what it does not have and then drops the old files.

const FILES = [];
const VERSION = "development";
const CACHE = `gradloom-${VERSION}`;

self.addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(CACHE);
      // Names with a hash never change: what an earlier version fetched is good for this one.
      for (const file of FILES) {
        const known = /-[0-9a-f]{16}/.test(file) && (await caches.match(file));
        await cache.put(file, known || (await fetch(file, { cache: "no-cache" })));
      }
      await self.skipWaiting();
    })(),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) {
        if (name.startsWith("gradloom-") && name !== CACHE) await caches.delete(name);
      }
      await self.clients.claim();
    })(),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  event.respondWith(
    (async () => {
      const page = request.mode === "navigate";
      // The page itself is asked for first, so that a new version is seen; its files have their versions in their names.
      if (page) {
        try {
          return await fetch(request);
        } catch {
          return (await caches.match("./")) || Response.error();
        }
      }
      return (await caches.match(request, { ignoreVary: true })) || fetch(request);
    })(),
  );
});
