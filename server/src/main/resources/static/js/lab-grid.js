// The result grid by keyboard: Enter and arrows move between rows, cells pasted from a spreadsheet
// fill downwards. Without this script Tab moves and the text area below the grid takes a whole block.
(function () {
  'use strict';
  var table = document.getElementById('lab-grid');
  if (!table) return;
  function rows() { return Array.prototype.slice.call(table.tBodies[0].rows); }
  function cell(row, name) { return row.querySelector('[name="' + name + '"]'); }
  function go(row, name) { var c = row && cell(row, name); if (c && c.type !== 'hidden') { c.focus(); if (c.select) c.select(); } }
  table.addEventListener('keydown', function (e) {
    var name = e.target.name, row = e.target.closest('tr');
    if (!row || e.isComposing || name === 'unit') return;
    if (e.key === 'Enter' || e.key === 'ArrowDown') { e.preventDefault(); go(e.shiftKey ? row.previousElementSibling : row.nextElementSibling, name === 'substance' ? 'result' : name); }
    if (e.key === 'ArrowUp') { e.preventDefault(); go(row.previousElementSibling, name); }
    if (e.key === 'd' && (e.ctrlKey || e.metaKey) && row.previousElementSibling) {
      e.preventDefault(); e.target.value = cell(row.previousElementSibling, name).value;
    }
  });
  function put(row, values) {
    if (values.substance !== undefined && cell(row, 'substance').type !== 'hidden') cell(row, 'substance').value = values.substance;
    if (values.result !== undefined) cell(row, 'result').value = values.result;
    if (values.unit) {
      var unit = cell(row, 'unit'), wanted = values.unit.replace(/[\u03bcu](?=g)/, '\u00b5');
      for (var i = 0; i < unit.options.length; i++) if (unit.options[i].value === wanted) unit.selectedIndex = i;
    }
  }
  table.addEventListener('paste', function (e) {
    var text = (e.clipboardData || window.clipboardData).getData('text').replace(/\r/g, '').replace(/\n$/, '');
    if (text.indexOf('\n') < 0 && text.indexOf('\t') < 0) return;
    e.preventDefault();
    var all = rows(), at = all.indexOf(e.target.closest('tr'));
    text.split('\n').forEach(function (line) {
      var cells = line.split('\t').map(function (c) { return c.trim(); });
      if (cells.length === 1) { if (all[at]) put(all[at], { result: cells[0] }); at++; return; }
      var named = all.filter(function (r) { return cell(r, 'substance').value === cells[0]; })[0]
        || all.filter(function (r) { return cell(r, 'substance').value === ''; })[0];
      if (named) put(named, { substance: cells[0], result: cells[1], unit: cells[2] });
    });
  });
  var first = rows().map(function (r) { return cell(r, 'result'); }).filter(function (c) { return !c.value; })[0];
  if (first && !document.getElementById('sum')) first.focus();
})();
