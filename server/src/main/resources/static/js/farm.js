// Offline island of the record form: an outbox in the phone, sent when there is a signal.
// Each record carries a key of its own, so sending it twice writes it once.
(() => {
  'use strict';
  const $ = i => document.getElementById(i), form = $('f');
  const uid = () => crypto.randomUUID ? crypto.randomUUID() : Date.now().toString(36) + '-' + Math.random().toString(36).slice(2) + Math.random().toString(36).slice(2);
  const pick = n => { const x = form.querySelector('[name="' + n + '"]:checked') || form.querySelector('select[name="' + n + '"],input[name="' + n + '"]:not([type=radio]),textarea[name="' + n + '"]'); return x ? x.value.trim() : ''; };
  // a page kept in the phone since yesterday still says today: move its days on
  const dayOf = ms => Math.floor((+ms + 8 * 36e5) / 864e5), late = dayOf(Date.now()) - dayOf(form.dataset.drawn);
  if (late > 0) form.querySelectorAll('[name=day]').forEach(r => {
    if (r.value === 'other') return;
    r.value = new Date(Date.parse(r.value) + late * 864e5).toISOString().slice(0, 10);
    r.parentElement.querySelector('small').textContent = r.value.slice(5);
  });

  // --- the form itself
  const chosen = () => form.querySelector('[name=product]:checked');
  const days = () => { const r = chosen(); if (r && r.value) return r.dataset.days; const o = $('f-registered'); return o && o.selectedOptions[0] ? o.selectedOptions[0].dataset.days : null; };
  const day = () => { const d = pick('day'); return d === 'other' ? pick('date') : d; };
  function earliest() {
    const p = $('phi'), n = days(), d = day();
    if (!p) return;
    if (pick('activity') !== 'SPRAYING' || !n || !d) { p.hidden = true; return; }
    const t = new Date(Date.parse(d) + n * 864e5);
    p.hidden = false;
    p.firstElementChild.textContent = '最早 ' + (t.getUTCMonth() + 1) + ' 月 ' + t.getUTCDate() + ' 日可以采收';
  }
  form.addEventListener('change', e => {
    if (e.target.name === 'product' && e.target.dataset.dose) $('f-dose').value = e.target.dataset.dose;
    if (e.target.id === 'f-registered') {
      const none = form.querySelector('[name=product][value=""]'); if (none) none.checked = true;
      const o = e.target.selectedOptions[0]; if (o && o.dataset.dose) $('f-dose').value = o.dataset.dose.replace(/^(\d+)-\d+/, '$1');
    }
    earliest();
  });
  form.querySelectorAll('[data-step]').forEach(b => { b.hidden = false; b.addEventListener('click', () => {
    const d = $('f-dose'), m = /^(\d+)(.*)$/.exec(d.value); if (!m) return;
    const n = +m[1], by = n >= 1000 ? 100 : n >= 100 ? 50 : 5;
    d.value = Math.max(1, n + by * b.dataset.step) + m[2];
  }); });
  earliest();
  if (form.dataset.online !== undefined) return; // a correction needs the records: no outbox

  // --- the outbox
  if (!window.indexedDB) return;
  const db = new Promise((ok, no) => { const r = indexedDB.open('xin', 1); r.onupgradeneeded = () => r.result.createObjectStore('out', {keyPath: 'id'}); r.onsuccess = () => ok(r.result); r.onerror = () => no(r.error); });
  const st = async (m, f) => { const d = await db; return new Promise((ok, no) => { const t = d.transaction('out', m), q = f(t.objectStore('out')); t.oncomplete = () => ok(q && q.result); t.onerror = () => no(t.error); }); };
  const all = () => st('readonly', s => s.getAll());
  async function show(msg) {
    const rs = await all(), wait = rs.filter(r => !r.err).length, p = $('q'), net = $('net'), box = $('refused');
    net.className = 'pill ' + (navigator.onLine ? 'on' : 'off'); net.textContent = navigator.onLine ? '已联网' : '没信号';
    p.className = wait ? 'w' : msg ? 'k' : ''; p.textContent = wait ? '已存在手机里 ' + wait + ' 条，有信号会自动上传' : (msg || '');
    box.replaceChildren(...rs.filter(r => r.err).map(r => {
      const li = document.createElement('li'), t = document.createElement('p'), b = document.createElement('button');
      li.className = 'say b'; t.textContent = r.body.day + ' ' + (r.body.product || '') + '：' + r.err; b.type = 'button'; b.className = 'btn'; b.textContent = '知道了，删除这条';
      b.onclick = async () => { await st('readwrite', s => s.delete(r.id)); show(); };
      li.append(t, b); return li;
    }));
    if (rs.some(r => r.err)) box.scrollIntoView({block: 'nearest'});
  }
  async function freshToken() {
    const r = await fetch('/f/record', {cache: 'reload', headers: {'X-Fresh': '1'}}); if (!r.ok || r.redirected) return false;
    const x = new DOMParser().parseFromString(await r.text(), 'text/html').querySelector('[name=_csrf]');
    if (!x || x.value === form.querySelector('[name=_csrf]').value) return false;
    form.querySelector('[name=_csrf]').value = x.value; return true;
  }
  const send = r => fetch('/api/v1/farm-records', {method: 'POST', credentials: 'same-origin', headers: {'Content-Type': 'application/json', 'Accept': 'application/json', 'Idempotency-Key': r.id, 'X-CSRF-TOKEN': form.querySelector('[name=_csrf]').value}, body: JSON.stringify(r.body)});
  let busy = 0;
  async function flush() {
    if (busy) return; busy = 1; let sent = 0, last = '';
    try {
      for (const r of (await all()).filter(r => !r.err).sort((a, b) => a.at < b.at ? -1 : 1)) {
        let x = await send(r);
        if (x.status === 403 && await freshToken()) x = await send(r);
        if (x.ok) { await st('readwrite', s => s.delete(r.id)); sent++; const b = await x.json(); if (b.harvestFrom) last = '，最早 ' + (+b.harvestFrom.slice(5, 7)) + ' 月 ' + (+b.harvestFrom.slice(8)) + ' 日可采收'; }
        else if (x.status === 401) { location = '/login?next=' + encodeURIComponent('/f/record'); break; }
        else if (x.status === 403 || x.status === 429 || x.status >= 500) break;
        else {
          let no = {}; try { no = await x.json(); } catch (e) { /* not ours */ }
          if (no.rule === 'in-progress') break;
          r.err = (no.problems && no.problems.map(p => p.text).join(' ')) || no.detail || ('没有保存（' + x.status + '）');
          await st('readwrite', s => s.put(r));
        }
      }
    } catch (e) { /* no signal: next time */ }
    busy = 0; show(sent ? '已上传 ' + sent + ' 条 ✓' + last : '');
  }
  form.addEventListener('submit', async e => {
    e.preventDefault();
    const act = pick('activity'), product = act === 'SPRAYING' ? (pick('product') || pick('registered')) : act === 'FERTILISING' ? pick('fertiliser') : '';
    const body = {activity: act, day: day(), product: product || null, dose: (act === 'SPRAYING' ? pick('dose') : act === 'FERTILISING' ? pick('amount') : '') || null, person: pick('person') || form.dataset.person, note: pick('note')};
    if (!body.day) { $('f-date').focus(); return; }
    const plots = pick('plot') === 'all' ? form.dataset.plots.split(',') : [pick('plot')];
    try { for (const plot of plots) await st('readwrite', s => s.put({id: uid(), at: new Date().toISOString(), body: {plot, ...body}})); }
    catch (x) { form.submit(); return; } // the phone keeps nothing: post it plainly
    await show(); flush();
  });
  addEventListener('online', flush); addEventListener('offline', () => show());
  document.addEventListener('visibilitychange', () => document.hidden || flush()); setInterval(flush, 30000);
  if ('serviceWorker' in navigator) navigator.serviceWorker.register('/f/sw.js', {scope: '/f'}).catch(() => {});
  show(); flush();
})();
