/* A grid of boxes for a free table. What is typed there is written at once, a row a line, into the editor's own box, which is what
   is saved: without this, or where the lines do not fill the columns, the writer writes in that box. */
"use strict";

(() => {
  const form = document.querySelector("form[data-editor][data-table]");
  if (!form) return;
  const box = form.querySelector("textarea");
  const body = form.querySelector(".grid tbody");
  const heads = [...form.querySelectorAll(".grid thead th")].slice(0, -1);
  const turn = form.querySelector("[data-switch]");
  const alarm = form.querySelector("[data-alarm]");
  const BAR = "Tecknet | skiljer cellerna åt och kan inte stå i en cell. Det har bytts mot /.";

  /* The rows of the box as the server reads them, or null where a row does not fill the columns. */
  function read() {
    const rows = [];
    for (const line of box.value.split("\n").map((one) => one.trim()).filter(Boolean)) {
      let cells = line.split("|");
      if (cells.length === heads.length + 2 && !cells[0] && !cells[cells.length - 1]) cells = cells.slice(1, -1);
      if (cells.length !== heads.length) return null;
      rows.push(cells.map((cell) => cell.trim()));
    }
    return rows;
  }

  function cells(row) {
    return [...row.querySelectorAll("input")];
  }

  function told() {
    const rows = [...body.rows].map((row) => cells(row).map((cell) => cell.value.trim()));
    return rows.filter((row) => row.some(Boolean)).map((row) => row.join(" | ").trim()).join("\n");
  }

  /* What has been written, for undo and redo: the boxes come and go, so the browser's own cannot serve. */
  let past = [];
  let future = [];
  let typing = null;

  function written(where = null) {
    const text = told();
    if (text === box.value) return;
    // What is typed in one box in a row is one step.
    if (!where || where !== typing) past.push(box.value);
    typing = where;
    future = [];
    box.value = text;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function stepped(from, to) {
    if (!from.length) return;
    const at = place();
    to.push(box.value);
    box.value = from.pop();
    typing = null;
    draw();
    focusAt(...at);
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  let last = null;

  function place() {
    const row = last && last.closest("tr");
    return row && row.isConnected ? [[...body.rows].indexOf(row), cells(row).indexOf(last)] : [0, 0];
  }

  function focusAt(row, column) {
    const found = body.rows[Math.max(0, Math.min(row, body.rows.length - 1))];
    if (found) cells(found)[column].focus();
  }

  function named() {
    [...body.rows].forEach((row, at) => {
      cells(row).forEach((cell, column) => cell.setAttribute("aria-label", `Rad ${at + 1}, ${heads[column].textContent}`));
      const [up, remove] = row.querySelectorAll("button");
      up.setAttribute("aria-label", `Flytta upp rad ${at + 1}`);
      up.disabled = at === 0;
      remove.setAttribute("aria-label", `Ta bort rad ${at + 1}`);
    });
  }

  function button(text, what) {
    const made = document.createElement("button");
    Object.assign(made, { type: "button", textContent: text });
    made.dataset.row = what;
    return made;
  }

  function added(values = [], before = null) {
    const row = document.createElement("tr");
    heads.forEach((head, column) => {
      const cell = document.createElement("input");
      Object.assign(cell, { type: "text", autocomplete: "off", value: values[column] || "" });
      cell.classList.toggle("number", head.matches(".number"));
      row.insertCell().append(cell);
    });
    row.insertCell().append(button("↑", "up"), button("×", "remove"));
    body.insertBefore(row, before);
    return row;
  }

  function draw() {
    const rows = read();
    if (!rows) return show(false);
    body.replaceChildren();
    (rows.length ? rows : [[]]).forEach((row) => added(row));
    named();
    return true;
  }

  function show(inGrid) {
    const fits = read() !== null;
    form.querySelectorAll("[data-grid]").forEach((one) => { one.hidden = !inGrid; });
    form.querySelector("[data-rows]").hidden = inGrid;
    box.hidden = inGrid;
    turn.hidden = false;
    turn.firstElementChild.textContent = inGrid ? "Skriv som text i stället" : "Skriv i rutor i stället";
    turn.firstElementChild.disabled = !inGrid && !fits;
    return inGrid;
  }

  turn.addEventListener("click", () => {
    if (box.hidden) {
      show(false);
      box.focus();
    } else if (draw()) {
      past = [];
      future = [];
      show(true);
      focusAt(0, 0);
    }
  });
  box.addEventListener("input", () => {
    if (!box.hidden) turn.firstElementChild.disabled = read() === null;
  });

  body.addEventListener("focusin", (event) => {
    if (event.target.matches("input")) last = event.target;
  });
  body.addEventListener("input", (event) => {
    const cell = event.target;
    if (cell.value.includes("|")) {
      cell.value = cell.value.replace(/\|/g, "/");
      alarm.textContent = BAR;
    }
    written(cell);
  });
  body.addEventListener("keydown", (event) => {
    const cell = event.target;
    if (!cell.matches("input") || event.isComposing) return;
    const undoing = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase();
    if (undoing === "z" || undoing === "y") {
      event.preventDefault();
      if (undoing === "y" || event.shiftKey) stepped(future, past);
      else stepped(past, future);
      return;
    }
    const by = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    event.preventDefault();
    const [row, column] = place();
    if (event.key === "Enter" && row === body.rows.length - 1 && told()) {
      added();
      named();
    }
    if (row + by >= 0) focusAt(row + by, column);
  });
  body.addEventListener("click", (event) => {
    const pressed = event.target.closest("[data-row]");
    if (!pressed) return;
    const row = pressed.closest("tr");
    const at = [...body.rows].indexOf(row);
    if (pressed.dataset.row === "up") row.previousElementSibling.before(row);
    else row.remove();
    if (!body.rows.length) added();
    named();
    written();
    if (pressed.dataset.row === "up" && !pressed.disabled) pressed.focus();
    else focusAt(at, 0);
  });
  body.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, "");
    if (!event.target.matches("input") || !/[\t\n]/.test(text)) return;
    event.preventDefault();
    const [first, column] = place();
    const lines = text.split("\n").map((one) => one.split("\t"));
    const room = heads.length - column;
    if (lines.some((line) => line.slice(room).some((one) => one.trim()))) {
      alarm.textContent = "Det som klistras in har fler kolumner än vad som får plats från den rutan. Inget har klistrats in.";
      return;
    }
    alarm.textContent = text.includes("|") ? BAR : "";
    lines.forEach((line, at) => {
      const row = body.rows[first + at] || added();
      line.slice(0, room).forEach((one, to) => { cells(row)[column + to].value = one.trim().replace(/\|/g, "/"); });
    });
    named();
    written();
    focusAt(first + lines.length - 1, column);
  });
  form.querySelector("[data-new-row]").addEventListener("click", () => {
    added();
    named();
    focusAt(body.rows.length - 1, 0);
  });

  form.addEventListener("editor:do", (event) => {
    if (!box.hidden) return;
    event.preventDefault();
    if (event.detail === "angra") stepped(past, future);
    else stepped(future, past);
  });
  form.addEventListener("editor:insert", (event) => {
    if (!box.hidden) return;
    event.preventDefault();
    const [row, column] = place();
    const cell = cells(body.rows[row])[column];
    cell.setRangeText(event.detail, cell.selectionStart, cell.selectionEnd, "end");
    written();
    cell.focus();
  });

  show(draw());
})();
