// Keeps the record form in the phone. The network comes first; without it, what was seen last.
const V = 'xin-2', FORM = '/f/record';
self.addEventListener('install', e => e.waitUntil(
  caches.open(V).then(c => c.add(FORM)).catch(() => {}).then(() => self.skipWaiting())));
self.addEventListener('activate', e => e.waitUntil(
  caches.keys().then(k => Promise.all(k.filter(x => x !== V).map(x => caches.delete(x))))
    .then(() => self.clients.claim())));
const slow = () => new Promise((_, no) => setTimeout(no, 4000));
self.addEventListener('fetch', e => {
  const u = new URL(e.request.url);
  if (e.request.method !== 'GET' || u.origin !== location.origin) return;
  const asset = /^\/(css|js|img)\//.test(u.pathname), form = u.pathname === FORM;
  if (!asset && !form && u.pathname !== '/f') return;
  const key = asset ? e.request : u.pathname;
  e.respondWith(Promise.race([fetch(e.request), slow()]).then(r => {
    // signed out or refused: what is kept stays
    if (r.ok && !r.redirected && (asset || !u.search)) { const c = r.clone(); caches.open(V).then(x => x.put(key, c)); }
    return r;
  }).catch(() => caches.match(key, {ignoreSearch: !asset})
    .then(r => r || caches.match(FORM)).then(r => r || Response.error())));
});
