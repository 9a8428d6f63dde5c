"use strict";
// Everything that comes from a file goes into the page as text, never as markup.
const byId = (id) => document.getElementById(id);
const all = JSON.parse(byId("index").textContent);
const NUMBER = 0, PATH = 1, FAMILIES = 7, SHOWN = 8;
const PER_PAGE = 100;
const GLYPHS = { cut: "✂", boundary: "❡", removed: "⌫", join: "⤶", change: "‸", kept: "", note: "" };
let listed = all, page = 0, current = null, order = null;

const make = (name, text, className) => {
  const element = document.createElement(name);
  if (text !== undefined) element.textContent = text;
  if (className) element.className = className;
  return element;
};

function drawTable() {
  const pages = Math.max(1, Math.ceil(listed.length / PER_PAGE));
  page = Math.min(Math.max(page, 0), pages - 1);
  const body = document.createDocumentFragment();
  for (const row of listed.slice(page * PER_PAGE, (page + 1) * PER_PAGE)) {
    const line = make("tr", undefined, row[NUMBER] === current ? "current" : "");
    const first = line.appendChild(make("td"));
    if (row[SHOWN]) {
      const open = first.appendChild(make("button", row[PATH]));
      open.type = "button";
      open.dataset.number = row[NUMBER];
    } else {
      first.textContent = row[PATH];
    }
    for (const column of [2, 3, 4, 5]) line.appendChild(make("td", row[column].toLocaleString("en")));
    line.appendChild(make("td", row[FAMILIES].map(([name, count]) => `${name} ${count}`).join(" · ")));
    body.appendChild(line);
  }
  byId("rows").replaceChildren(body);
  byId("count").textContent = `${listed.length.toLocaleString("en")} files`;
  byId("page").textContent = `${page + 1} / ${pages}`;
  byId("back").disabled = page === 0;
  byId("next").disabled = page === pages - 1;
}

function filter() {
  const wanted = byId("search").value.toLowerCase(), family = byId("family").value;
  listed = all.filter((row) => row[PATH].toLowerCase().includes(wanted)
    && (!family || row[FAMILIES].some(([name]) => name === family)));
  if (order) {
    const [column, sign] = order;
    listed.sort((a, b) => sign * (a[column] < b[column] ? -1 : a[column] > b[column] ? 1 : 0));
  }
  page = 0;
  drawTable();
}

async function unpacked(number) {
  const bytes = Uint8Array.from(atob(byId(`d${number}`).textContent), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(stream).text());
}

function drawText(target, pieces) {
  const body = document.createDocumentFragment();
  for (const piece of pieces) {
    if (typeof piece === "string") {
      body.appendChild(document.createTextNode(piece));
      continue;
    }
    const [text, ...marks] = piece;
    const kinds = [...new Set(marks.map(([kind]) => kind))];
    const element = make("span", text || GLYPHS[kinds[0]], `${text ? "m" : "point"} ${kinds.join(" ")}`);
    // The finding that a click leads to is the smallest one, which comes last.
    element.dataset.findings = marks.map(([, finding]) => finding).join(" ");
    element.tabIndex = 0;
    element.setAttribute("role", "button");
    body.appendChild(element);
  }
  target.replaceChildren(body);
}

function drawFindings(findings) {
  const list = document.createDocumentFragment();
  findings.forEach(([code, name, message, line, fate], number) => {
    const item = list.appendChild(make("li", undefined, fate));
    const button = item.appendChild(make("button", message));
    button.type = "button";
    button.dataset.findings = number;
    button.appendChild(make("small", `${code} ${name} · line ${line}`));
  });
  byId("findings").replaceChildren(list);
}

function choose(number, from) {
  for (const element of document.querySelectorAll("#document .on")) element.classList.remove("on");
  for (const id of ["findings", "source", "result"]) {
    const found = [...byId(id).querySelectorAll("[data-findings]")]
      .filter((element) => element.dataset.findings.split(" ").includes(String(number)));
    for (const element of found) element.classList.add("on");
    if (found.length && found[0] !== from && !found.includes(from)) {
      const pane = byId(id).closest(".pane");
      const box = found[0].getBoundingClientRect(), frame = pane.getBoundingClientRect();
      pane.scrollTop += box.top - frame.top - frame.height / 3;
    }
  }
}

async function openFile(number) {
  const row = all.find((candidate) => candidate[NUMBER] === number);
  if (!row || !row[SHOWN]) return closeFile();
  const data = await unpacked(number);
  current = number;
  byId("document-heading").textContent = row[PATH];
  drawFindings(data.findings);
  drawText(byId("source"), data.source);
  drawText(byId("result"), data.result);
  byId("document").hidden = false;
  for (const pane of document.querySelectorAll(".pane")) pane.scrollTop = 0;
  drawTable();
  byId("document-heading").focus({ preventScroll: true });
  byId("document").scrollIntoView({ block: "start" });
}

function closeFile() {
  current = null;
  byId("document").hidden = true;
  drawTable();
}

function step(by) {
  const open = listed.filter((row) => row[SHOWN]);
  const at = open.findIndex((row) => row[NUMBER] === current);
  const row = open[Math.min(Math.max(at + by, 0), open.length - 1)];
  if (row) location.hash = row[NUMBER];
}

function follow() {
  const number = parseInt(location.hash.slice(1), 10);
  if (Number.isNaN(number)) closeFile(); else openFile(number);
}

byId("search").addEventListener("input", filter);
byId("family").addEventListener("change", filter);
byId("back").addEventListener("click", () => { page -= 1; drawTable(); });
byId("next").addEventListener("click", () => { page += 1; drawTable(); });
byId("previous-file").addEventListener("click", () => step(-1));
byId("next-file").addEventListener("click", () => step(1));
byId("close").addEventListener("click", () => { location.hash = ""; });
byId("rows").addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button) location.hash = button.dataset.number;
});
document.querySelector("#table thead").addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const column = Number(button.dataset.column);
  const sign = order && order[0] === column ? -order[1] : column < 3 ? 1 : -1;
  order = [column, sign];
  filter();
});
function activate(event) {
  const element = event.target.closest("[data-findings]");
  if (!element || (event.type === "keydown" && event.key !== "Enter" && event.key !== " ")) return;
  if (event.type === "keydown") event.preventDefault();
  choose(element.dataset.findings.split(" ").pop(), element);
}
byId("document").addEventListener("click", activate);
byId("document").addEventListener("keydown", activate);
addEventListener("hashchange", follow);
drawTable();
follow();
