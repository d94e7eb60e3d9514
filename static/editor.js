/* The editor of a report's texts. Without it the page is a form with a box to write in. It adds a toolbar, turns what is pasted
   into Markdown, inserts references to figures, and saves as one types. What may stand in a text is for the server to judge. */
"use strict";

(() => {
  const form = document.querySelector("form[data-editor]");
  if (!form) return;
  const box = form.querySelector("textarea");
  const toolbar = form.querySelector("[role=toolbar]");
  const state = form.querySelector("[data-saved]");
  const alarm = form.querySelector("[data-alarm]");
  const theirs = form.querySelector("[data-theirs]");

  /* Writing in the box. execCommand keeps the browser's own undo, which setting the value would empty. */
  function put(text, start, end) {
    box.focus();
    if (!text && start === end) return;
    box.setSelectionRange(start, end);
    const done = text ? document.execCommand("insertText", false, text) : document.execCommand("delete");
    if (!done) {
      box.setRangeText(text, start, end, "end");
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  function around(before, after, example) {
    const { selectionStart: start, selectionEnd: end, value } = box;
    const chosen = value.slice(start, end) || example;
    put(before + chosen + after, start, end);
    box.setSelectionRange(start + before.length, start + before.length + chosen.length);
  }

  function eachLine(marked, mark) {
    const { value } = box;
    const start = value.lastIndexOf("\n", box.selectionStart - 1) + 1;
    const found = value.indexOf("\n", box.selectionEnd);
    const end = found < 0 ? value.length : found;
    const lines = value.slice(start, end).split("\n");
    const off = lines.every((line) => marked.test(line));
    const text = lines.map((line, at) => (off ? line.replace(marked, "") : mark(at) + line)).join("\n");
    put(text, start, end);
    box.setSelectionRange(start, start + text.length);
  }

  /* A table's grid may take over what is asked for with a button: it answers by preventing the event. */
  function asked(name, detail) {
    return form.dispatchEvent(new CustomEvent(name, { detail, cancelable: true }));
  }

  const doing = {
    fet: () => around("**", "**", "fet text"),
    kursiv: () => around("*", "*", "kursiv text"),
    rubrik: () => eachLine(/^#{1,6} /, () => "# "),
    punkter: () => eachLine(/^- /, () => "- "),
    nummer: () => eachLine(/^\d+\. /, (at) => `${at + 1}. `),
    citat: () => eachLine(/^> /, () => "> "),
    lank: () => around("[", "](https://)", "länkens text"),
    angra: () => { box.focus(); document.execCommand("undo"); },
    "gor-om": () => { box.focus(); document.execCommand("redo"); },
  };

  const buttons = [...toolbar.querySelectorAll("button")];
  toolbar.hidden = false;
  toolbar.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button && asked("editor:do", button.dataset.do)) doing[button.dataset.do]();
  });
  // One stop for the tab key, and the arrows within (the pattern "toolbar" of WAI-ARIA).
  toolbar.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1 + buttons.length, Home: 0, End: buttons.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    buttons[at].tabIndex = -1;
    const next = buttons[to % buttons.length];
    next.tabIndex = 0;
    next.focus();
  });
  box.addEventListener("keydown", (event) => {
    const name = { b: "fet", i: "kursiv" }[event.key.toLowerCase()];
    if (!name || "table" in form.dataset || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    doing[name]();
  });

  /* What is pasted from a word processor or a page. It is parsed in a document of its own, where nothing runs or is fetched. */
  const BLOCKS = "address, article, blockquote, div, dl, dt, dd, figure, h1, h2, h3, h4, h5, h6, hr, li, main, ol, p, section, table, tbody, thead, tr, ul";
  const DROPPED = "head, script, style, title, meta, link, img, svg, object, iframe, template, noscript";

  function escaped(sign) {
    return `%${sign.charCodeAt(0).toString(16).padStart(2, "0")}`;
  }

  function plain(text) {
    return text.replace(/[ \t\r\n\f]+/g, " ").replace(/[*`\\]/g, "\\$&");
  }

  function emphasised(text, sign) {
    const [, before, inner, after] = /^(\s*)([^]*?)(\s*)$/.exec(text);
    return inner ? before + sign + inner + sign + after : text;
  }

  function line(node) {
    if (node.nodeType === Node.TEXT_NODE) return plain(node.data);
    if (node.nodeType !== Node.ELEMENT_NODE || node.matches(DROPPED)) return "";
    // Word writes the sign of a list item as text, and says so in the style.
    const style = node.getAttribute("style") || "";
    if (/mso-list:\s*ignore/i.test(style)) return "";
    if (node.localName === "br") return "\n";
    const text = [...node.childNodes].map(line).join("");
    if (node.matches("b, strong") && !/(^|;)\s*font-weight:\s*(normal|400)/i.test(style)) return emphasised(text, "**");
    if (node.matches("i, em")) return emphasised(text, "*");
    const address = node.localName === "a" ? node.getAttribute("href") || "" : "";
    return /^(https?:|mailto:)/i.test(address) && text.trim() ? `[${text.trim()}](${address.replace(/[()<>\s]/g, escaped)})` : text;
  }

  function tidy(text) {
    return text.replace(/[ \u00a0]+/g, (gap) => (gap.includes(" ") ? " " : "\u00a0")).replace(/ ?\n ?/g, "\n").trim();
  }

  function paragraph(text) {
    return tidy(text).replace(/^(#|>|[-+] |\d+[.)] )/, (start) => start.replace(/[#>+.)-]/, "\\$&"));
  }

  function items(list, depth) {
    return [...list.children].filter((one) => one.matches("li")).map((item, at) => {
      const inner = [...item.childNodes].filter((one) => !(one.nodeType === 1 && one.matches("ul, ol")));
      const text = tidy(inner.map(line).join("")).replace(/\n+/g, " ");
      const sign = list.localName === "ol" ? `${at + 1}. ` : "- ";
      const below = [...item.querySelectorAll(":scope > ul, :scope > ol")].map((one) => items(one, depth + 1));
      return ["   ".repeat(depth) + sign + text, ...below].join("\n");
    }).join("\n");
  }

  function rows(table) {
    const cells = (row) => [...row.cells].map((cell) => tidy(line(cell)).replace(/\n+/g, " "));
    return [...table.rows].map((row) => `- ${cells(row).filter(Boolean).join("; ")}`).filter((row) => row !== "- ").join("\n");
  }

  /* Yields [text, is an item of a list]: the items of Word's lists are paragraphs that follow each other. */
  function* blocks(parent) {
    let run = [];
    const flushed = () => {
      const text = paragraph(run.map(line).join(""));
      run = [];
      return text;
    };
    for (const node of parent.childNodes) {
      const isBlock = node.nodeType === Node.ELEMENT_NODE && (node.matches(BLOCKS) || node.querySelector(BLOCKS));
      if (!isBlock) {
        run.push(node);
        continue;
      }
      yield [flushed(), false];
      if (node.matches(DROPPED)) continue;
      if (/^h[1-6]$/.test(node.localName)) yield [`${"#".repeat(Number(node.localName[1]))} ${tidy(line(node)).replace(/\n+/g, " ")}`, false];
      else if (node.matches("ul, ol")) yield [items(node, 0), false];
      else if (node.localName === "table") yield [rows(node), false];
      else if (node.localName === "blockquote") yield [markdownOf(node).replace(/^/gm, "> "), false];
      else if (/mso-list:\s*l\d/i.test(node.getAttribute("style") || "")) {
        const sign = /^\s*\d/.test(node.textContent) ? "1. " : "- ";
        yield [sign + tidy(line(node)).replace(/\n+/g, " "), true];
      } else if (node.matches("p") && !node.querySelector(BLOCKS)) yield [paragraph(line(node)), false];
      else yield* blocks(node);
    }
    yield [flushed(), false];
  }

  function markdownOf(body) {
    let text = "";
    let before = false;
    for (const [block, isItem] of blocks(body)) {
      if (!block) continue;
      text += (text && (isItem && before ? "\n" : "\n\n")) + block;
      before = isItem;
    }
    return text;
  }

  box.addEventListener("paste", (event) => {
    if ("table" in form.dataset) {
      // A spreadsheet gives its cells with tabs between them; the server reads them the same way without this.
      const text = event.clipboardData.getData("text/plain");
      event.preventDefault();
      put(text.replace(/\r\n?/g, "\n").replace(/\n$/, "").replace(/\t/g, " | "), box.selectionStart, box.selectionEnd);
      return;
    }
    const html = event.clipboardData.getData("text/html");
    if (!html) return;
    const parsed = new DOMParser().parseFromString(html, "text/html");
    event.preventDefault();
    put(markdownOf(parsed.body), box.selectionStart, box.selectionEnd);
    if (parsed.querySelector("table")) alarm.textContent = "Tabellen blev en lista: en text kan inte ha tabeller.";
  });

  /* References to figures, from the list that is fetched when it is opened. */
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-insert]");
    if (button && asked("editor:insert", button.dataset.insert)) put(button.dataset.insert, box.selectionStart, box.selectionEnd);
  });
  form.addEventListener("input", (event) => {
    if (!event.target.matches("[type=search]")) return;
    const words = event.target.value.toLowerCase().split(/\s+/).filter(Boolean);
    form.querySelectorAll("[data-measure]").forEach((measure) => {
      const name = measure.querySelector("summary").textContent.toLowerCase();
      const shown = [...measure.querySelectorAll("tbody tr")].filter((row) => {
        const text = `${name} ${row.textContent.toLowerCase()}`;
        row.hidden = !words.every((word) => text.includes(word));
        return !row.hidden;
      });
      measure.hidden = shown.length === 0;
      measure.open = words.length > 0 && shown.length > 0;
    });
  });
  document.body.addEventListener("htmx:afterSettle", () => {
    form.querySelectorAll("[data-insert], [data-filter]").forEach((one) => { one.hidden = false; });
  });
  document.body.addEventListener("htmx:afterSwap", (event) => {
    const heading = document.querySelector("#forhandsvisning h2");
    if (event.detail.target.id === "forhandsvisning" && heading) heading.focus();
  });

  /* Saving as one types. When somebody else has saved, nothing more is saved until the writer has put the texts together. */
  const CHANGED = "Ändrad, inte sparad än.";
  const PAUSE = 1500;
  const AFTER_FAULT = 15000;
  let saved = "unsaved" in form.dataset ? null : box.value;
  let timer = 0;
  let underWay = null;
  let stopped = form.querySelector("#deras") !== null;

  function later(wait) {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  }

  function save() {
    clearTimeout(timer);
    if (stopped || box.value === saved) return Promise.resolve();
    underWay = underWay || send().finally(() => { underWay = null; });
    return underWay;
  }

  async function send() {
    const text = box.value;
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body: new FormData(form) });
      if (!(answer.headers.get("content-type") || "").startsWith("application/json")) throw new Error(answer.statusText);
      const told = await answer.json();
      if (told.revision) form.elements.read_as.value = told.revision;
      alarm.textContent = answer.ok ? "" : told.said;
      if (answer.ok) saved = text;
      state.textContent = answer.ok ? (box.value === saved ? told.said : CHANGED) : "Inte sparat.";
      if (answer.status === 409) showTheirs(told.theirs);
      else if (box.value !== text) later(PAUSE);
    } catch {
      state.textContent = "Det går inte att spara just nu. Texten står kvar här, och ett nytt försök görs om en stund.";
      later(AFTER_FAULT);
    }
  }

  function showTheirs(text) {
    stopped = true;
    theirs.querySelector(".written").textContent = text || "tomt";
    theirs.hidden = false;
  }

  box.addEventListener("input", () => {
    if (stopped) return;
    state.textContent = box.value === saved ? "" : CHANGED;
    later(PAUSE);
  });
  document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });
  window.addEventListener("beforeunload", (event) => { if (box.value !== saved) event.preventDefault(); });
  form.addEventListener("submit", (event) => {
    // What is on its way is waited for, so that one's own save does not come before oneself.
    clearTimeout(timer);
    const { submitter } = event;
    if (underWay) {
      event.preventDefault();
      underWay.then(() => form.requestSubmit(submitter));
    } else {
      saved = box.value;
    }
  });
})();
