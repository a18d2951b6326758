// The grid of many samples by keyboard: Enter and arrows move between cells, Ctrl+D copies the cell above,
// Alt+Down fills the empty cells below, a block pasted from a spreadsheet fills to the right and downwards.
// Without this script Tab moves, and the whole grid is one plain form.
(function () {
  'use strict';
  var table = document.getElementById('sample-grid'), said = document.getElementById('grid-said');
  if (!table) return;
  var form = table.closest('form'), dirty = false;
  // rows of inputs: detection limits first, then one row for each sample
  var grid = Array.prototype.map.call(table.querySelectorAll('tr'), function (row) {
    return Array.prototype.slice.call(row.querySelectorAll('td input'));
  }).filter(function (row) { return row.length > 0; });
  var width = grid[0].length, first = 2;
  function place(input) {
    for (var r = 0; r < grid.length; r++) { var c = grid[r].indexOf(input); if (c >= 0) return { r: r, c: c }; }
    return null;
  }
  function go(r, c) { var to = grid[r] && grid[r][c]; if (to) { to.focus(); to.select(); } return !!to; }
  function say(text) { if (said) said.textContent = text; }
  function weigh(input) {
    var most = parseFloat(input.getAttribute('data-most')), text = input.value.trim();
    var over = /^\d+(\.\d+)?$/.test(text) && parseFloat(text) > most;
    input.parentNode.classList.toggle('over', over);
  }
  function put(input, text) { input.value = text; dirty = true; weigh(input); }
  function atEdge(input, end) {
    var all = input.selectionStart === 0 && input.selectionEnd === input.value.length;
    return all || (input.selectionStart === input.selectionEnd && input.selectionStart === (end ? input.value.length : 0));
  }
  function down(at, back) {
    if (back) { if (at.r > first || at.r === 1) go(at.r - 1, at.c); else if (at.c > 0) go(grid.length - 1, at.c - 1); return; }
    if (go(at.r + 1, at.c) || go(first, at.c + 1)) return;
    form.querySelector('[name="day"]').focus();
  }
  table.addEventListener('keydown', function (e) {
    var at = e.target.tagName === 'INPUT' && place(e.target);
    if (!at || e.isComposing) return;
    var ctrl = e.ctrlKey || e.metaKey;
    if (e.key === 'Enter') { e.preventDefault(); down(at, e.shiftKey); }
    else if (e.key === 'ArrowDown' && e.altKey) {
      e.preventDefault();
      var n = 0;
      for (var r = at.r + 1; r < grid.length; r++) if (!grid[r][at.c].value) { put(grid[r][at.c], e.target.value); n++; }
      say('已抄到下面 ' + n + ' 格');
    }
    else if (e.key === 'ArrowDown') { e.preventDefault(); go(at.r + 1, at.c); }
    else if (e.key === 'ArrowUp') { e.preventDefault(); go(at.r - 1, at.c); }
    else if (e.key === 'ArrowRight' && !e.shiftKey && atEdge(e.target, true)) { e.preventDefault(); go(at.r, at.c + 1); }
    else if (e.key === 'ArrowLeft' && !e.shiftKey && atEdge(e.target, false)) { e.preventDefault(); go(at.r, at.c - 1); }
    else if (e.key === 'd' && ctrl && at.r > 0) { e.preventDefault(); put(e.target, grid[at.r - 1][at.c].value); e.target.select(); }
  });
  table.addEventListener('input', function (e) { dirty = true; weigh(e.target); });
  table.addEventListener('paste', function (e) {
    var at = place(e.target);
    var text = (e.clipboardData || window.clipboardData).getData('text').replace(/\r\n?/g, '\n').replace(/\n$/, '');
    if (!at || (text.indexOf('\n') < 0 && text.indexOf('\t') < 0)) return;
    e.preventDefault();
    var lines = text.split('\n'), most = 0, lost = 0;
    lines.forEach(function (line, i) {
      line.split('\t').forEach(function (cell, j) {
        var to = grid[at.r + i] && grid[at.r + i][at.c + j];
        if (to) { put(to, cell.trim()); most = Math.max(most, j + 1); } else if (cell.trim()) lost++;
      });
    });
    say('已粘贴 ' + Math.min(lines.length, grid.length - at.r) + ' 行 ' + most + ' 列' + (lost ? '，' + lost + ' 格放不下' : ''));
  });
  form.addEventListener('submit', function () { dirty = false; });
  window.addEventListener('beforeunload', function (e) { if (dirty) { e.preventDefault(); e.returnValue = ''; } });
  grid.slice(first).forEach(function (row) { row.forEach(weigh); });
  var wrong = table.querySelector('[aria-invalid="true"]');
  if (wrong) { wrong.focus(); wrong.select(); return; }
  for (var c = 0; c < width; c++) for (var r = first; r < grid.length; r++) if (!grid[r][c].value) { go(r, c); return; }
})();
