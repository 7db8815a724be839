// The first page: lists the newest articles, filters them, and learns of new ones as they come.
// Whatever came from a feed reaches the page as text, never as markup.
"use strict";

const PAGE_SIZE = 40;
const PENDING_MAX = 500; // beyond, the pill reloads the list
const SHOWN_MAX = 2000;
const TOPICS_SHOWN = 2;
const COUNTRIES_SHOWN = 2;
const RELOAD_PAUSE_MS = 5000; // between two readings of the whole list that nobody asked for
const FILTERS = ["source", "language", "topic", "about", "sentiment"];
const element = (id) => document.getElementById(id);
const list = element("articles");

const state = {
  nextCursor: null,
  shown: new Set(), // ids in the list
  pending: new Map(), // arrived, not shown: id → article
  generation: 0, // answers to questions that were asked before the filters changed are dropped
  loaded: false, // the first page of the list is there, or is known to be empty
  readAt: 0, // when the list was last begun anew
  stale: false, // more happened than can be told: only reading the list again helps
  lastEventId: null,
};

// ---- words

const relative = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });
const absolute = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "short" });
const number = new Intl.NumberFormat();
const languages = new Intl.DisplayNames(undefined, { type: "language", fallback: "code" });
const regions = new Intl.DisplayNames(undefined, { type: "region", fallback: "code" });

function timeAgo(time) {
  const seconds = (time - Date.now()) / 1000;
  for (const [unit, length] of [["day", 86400], ["hour", 3600], ["minute", 60]]) {
    if (Math.abs(seconds) >= length) return relative.format(Math.trunc(seconds / length), unit);
  }
  return "just now";
}

function nameIn(names, code) {
  try {
    return names.of(code);
  } catch {
    return code;
  }
}

const languageName = (tag) => nameIn(languages, tag);
const countryName = (code) => nameIn(regions, code);

const plural = (count, one, many) => `${number.format(count)} ${count === 1 ? one : many}`;

// ---- asking

async function ask(path) {
  const response = await fetch(path, { headers: { Accept: "application/json" } });
  const body = await response.json().catch(() => null);
  if (!response.ok) throw new Error(body?.detail || body?.title || `The server answered ${response.status}.`);
  return body;
}

function filters() {
  const chosen = new URLSearchParams();
  for (const name of FILTERS) {
    if (element(name).value) chosen.set(name, element(name).value);
  }
  return chosen;
}

// ---- the list

function span(className, text) {
  const node = document.createElement("span");
  node.className = className;
  node.textContent = text;
  return node;
}

// Only addresses that a browser can open as a page become links.
function webAddress(text) {
  return /^https?:\/\//i.test(text || "") ? text : null;
}

// What was found in an article: a click shows the articles of which the same is true.
function findingNode(filter, value, text, className) {
  const node = document.createElement("button");
  node.type = "button";
  node.className = `finding ${className}`;
  node.textContent = text;
  node.title = `Show ${text} only`;
  node.addEventListener("click", () => choose(element(filter), value, text));
  return node;
}

function choose(select, value, text) {
  if (![...select.options].some((option) => option.value === value)) select.append(new Option(text, value));
  select.value = value;
  window.scrollTo({ top: 0 });
  select.form.dispatchEvent(new Event("change"));
}

// A line of its own; nothing for an article that was not analyzed, or about which nothing could be told.
function findingsNode(article) {
  const line = document.createElement("p");
  line.className = "findings";
  for (const topic of (article.topics || []).slice(0, TOPICS_SHOWN)) {
    line.append(findingNode("topic", topic.code, topic.label, "topic"));
  }
  for (const country of (article.countries || []).slice(0, COUNTRIES_SHOWN)) {
    line.append(findingNode("about", country.code, countryName(country.code), "place"));
  }
  const tone = article.sentiment?.label;
  if (tone && tone !== "neutral") line.append(findingNode("sentiment", tone, tone, `tone ${tone}`));
  return line.childElementCount > 0 ? line : null;
}

function articleNode(article) {
  const node = document.createElement("li");
  node.className = "article";
  node.dataset.id = article.id;

  const facts = document.createElement("p");
  facts.className = "facts";
  facts.append(span("from", article.source_title || "A source that was removed"));
  const time = document.createElement("time");
  time.dateTime = article.published;
  time.title = absolute.format(new Date(article.published));
  time.textContent = timeAgo(new Date(article.published));
  facts.append(time);
  if (article.language) facts.append(span("language", languageName(article.language)));

  const heading = document.createElement("h3");
  heading.dir = "auto";
  if (article.language) heading.lang = article.language;
  const title = article.title || article.summary || "Without a title";
  const address = webAddress(article.url);
  if (address) {
    const link = document.createElement("a");
    link.href = address;
    link.rel = "noopener noreferrer external";
    link.target = "_blank";
    link.textContent = title;
    heading.append(link);
  } else {
    heading.textContent = title;
  }
  node.append(facts, heading);

  if (article.summary && article.summary !== title) {
    const excerpt = document.createElement("p");
    excerpt.className = "excerpt";
    excerpt.dir = "auto";
    if (article.language) excerpt.lang = article.language;
    excerpt.textContent = article.summary;
    node.append(excerpt);
  }
  const findings = findingsNode(article);
  if (findings) node.append(findings);
  return node;
}

function append(articles) {
  for (const article of articles) {
    if (state.shown.has(article.id)) continue;
    state.shown.add(article.id);
    state.pending.delete(article.id);
    list.append(articleNode(article));
  }
}

function showEmptiness() {
  const empty = state.shown.size === 0;
  const filtered = filters().size > 0;
  element("empty").hidden = !empty;
  if (!empty) return;
  element("empty-title").textContent = filtered ? "Nothing matches" : "Nothing here yet";
  element("empty-text").textContent = filtered
    ? "No such article is stored. Choose otherwise, or show everything."
    : "No feed has brought an article so far. Add one, or bring your subscriptions from another reader:";
  element("empty-commands").hidden = filtered;
  element("empty-after").hidden = filtered;
}

function showFailure(error) {
  element("failure").hidden = !error;
  if (error) element("failure-text").textContent = error.message;
}

async function load(cursor) {
  const generation = state.generation;
  const query = filters();
  query.set("limit", PAGE_SIZE);
  if (cursor) query.set("cursor", cursor);
  element("more").disabled = true;
  list.setAttribute("aria-busy", "true");
  try {
    const page = await ask(`/api/v1/articles?${query}`);
    if (generation !== state.generation) return;
    showFailure(null);
    append(page.articles);
    state.nextCursor = page.next_cursor || null;
    state.loaded = true;
    showEmptiness();
    showPill();
  } catch (error) {
    if (generation !== state.generation) return;
    element("empty").hidden = true;
    showFailure(error);
  } finally {
    if (generation === state.generation) {
      element("more").hidden = !state.nextCursor;
      element("more").disabled = false;
      list.setAttribute("aria-busy", "false");
    }
  }
}

function reload() {
  ++state.generation;
  state.nextCursor = null;
  state.loaded = false;
  state.stale = false;
  state.readAt = performance.now();
  state.shown.clear();
  state.pending.clear();
  list.replaceChildren();
  showPill();
  element("clear").hidden = filters().size === 0;
  element("about-choice").hidden = !element("about").value;
  return load(null);
}

// ---- what arrives: shown at once to who looks at the top of the page; counted in a pill for who
// reads further down or has something in hand, so that nothing moves under their eyes

function matches(article) {
  const source = element("source").value;
  const language = element("language").value;
  const topic = element("topic").value;
  const about = element("about").value;
  const sentiment = element("sentiment").value;
  return (!source || String(article.source_id) === source) &&
    (!language || (article.language || "").split("-")[0] === language.split("-")[0]) &&
    (!topic || (article.topics || []).some((one) => one.code === topic)) &&
    (!about || (article.countries || []).some((one) => one.code === about)) &&
    (!sentiment || article.sentiment?.label === sentiment);
}

function wouldDisturb() {
  const reading = window.scrollY > 80 || !getSelection().isCollapsed;
  return state.shown.size > 0 && (reading || list.matches(":hover") || list.contains(document.activeElement));
}

// More than is put into the list one by one: it is read again, and not over and over in a burst.
const tooMany = () => state.stale || state.pending.size > PENDING_MAX;

function showPill() {
  const count = state.pending.size;
  const some = state.loaded && (count > 0 || state.stale);
  if (some && !wouldDisturb()) {
    const wait = tooMany() ? state.readAt + RELOAD_PAUSE_MS - performance.now() : 0;
    return wait > 0 ? showPillSoon(wait) : showPending();
  }
  element("pill").hidden = !some;
  if (!some) return;
  element("pill").textContent = tooMany()
    ? "Many new articles"
    : plural(count, "new article", "new articles");
}

function arrived(article) {
  if (!article.title && !article.url) return; // its summary could not be read; a reload shows it
  if (state.shown.has(article.id) || !matches(article)) return;
  if (state.pending.size <= PENDING_MAX) state.pending.set(article.id, article);
  showPillSoon();
  refreshSides();
}

// A burst of arrivals is drawn once.
let pillTimer = null;
function showPillSoon(delay = 250) {
  if (pillTimer !== null) return;
  pillTimer = setTimeout(() => {
    pillTimer = null;
    showPill();
  }, delay);
}

function showPending() {
  if (tooMany()) {
    reload();
  } else {
    const newest = [...state.pending.values()].sort(
      (a, b) => Date.parse(b.published) - Date.parse(a.published) || b.id - a.id);
    state.pending.clear();
    const nodes = newest.map((article) => {
      state.shown.add(article.id);
      const node = articleNode(article);
      node.classList.add("fresh");
      return node;
    });
    list.prepend(...nodes);
    shorten();
    element("empty").hidden = true;
    showPill();
  }
  refreshSides();
}

// A page that is left open for days keeps a bounded list; the rest is behind "more" after a reload.
function shorten() {
  while (list.children.length > SHOWN_MAX) {
    state.shown.delete(Number(list.lastElementChild.dataset.id));
    list.lastElementChild.remove();
    state.nextCursor = null;
    element("more").hidden = true;
  }
}

function edited(article) {
  const old = list.querySelector(`[data-id="${Number(article.id)}"]`);
  if (old && article.title) old.replaceWith(articleNode(article));
  if (state.pending.has(article.id)) state.pending.set(article.id, article);
}

// What it is about is known: it may match filters now that it did not before.
function analyzed(article) {
  edited(article);
  if (["topic", "about", "sentiment"].some((name) => element(name).value)) arrived(article);
}

function deleted(article) {
  list.querySelector(`[data-id="${Number(article.id)}"]`)?.remove();
  state.shown.delete(article.id);
  state.pending.delete(article.id);
  showPill();
  showEmptiness();
}

function showConnection(live) {
  const place = element("connection");
  place.className = `connection ${live ? "live" : "lost"}`;
  const text = live ? "Live" : "Connection lost, trying again";
  if (place.textContent !== text) place.textContent = text;
}

function listen() {
  const from = state.lastEventId === null ? "" : `?last_event_id=${state.lastEventId}`;
  const stream = new EventSource(`/api/v1/live${from}`);
  const on = (kind, react) => stream.addEventListener(kind, (event) => {
    state.lastEventId = event.lastEventId;
    react(JSON.parse(event.data));
  });
  stream.addEventListener("open", () => showConnection(true));
  stream.addEventListener("error", () => {
    showConnection(false);
    // A refusal ends the stream for good; a broken connection does not.
    if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 5000);
  });
  on("article.added", arrived);
  on("article.edited", edited);
  on("article.completed", edited);
  on("article.analyzed", analyzed);
  on("article.deleted", deleted);
  on("reset", () => {
    state.stale = true;
    showPill();
  });
  for (const kind of ["story.opened", "story.updated", "story.merged", "story.removed", "reset"]) {
    on(kind, () => document.dispatchEvent(new Event("stories-changed")));
  }
  for (const kind of ["source.added", "source.changed", "source.removed"]) on(kind, refreshSides);
}

// ---- beside the list: how much there is, and what can be chosen

function fill(select, options) {
  const chosen = select.value;
  const label = select.selectedOptions[0]?.text;
  const first = select.options[0];
  select.replaceChildren(first, ...options.map(([value, text]) => new Option(text, value)));
  if (chosen && !options.some(([value]) => value === chosen)) select.add(new Option(label, chosen));
  select.value = chosen;
}

async function allSources() {
  const all = [];
  for (let cursor = ""; cursor !== null;) {
    const page = await ask(`/api/v1/sources?limit=500${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    all.push(...page.sources);
    cursor = page.next_cursor || null;
  }
  return all;
}

async function readSides() {
  const month = new Date(Date.now() - 30 * 86400e3).toISOString().slice(0, 10);
  const [stats, sources] = await Promise.all([ask(`/api/v1/stats?since=${month}`), allSources()]);
  element("summary").textContent =
    `${plural(stats.articles, "article", "articles")} from ${plural(stats.sources, "source", "sources")}`;
  fill(element("source"), sources
    .map((source) => [String(source.id), source.title])
    .sort((a, b) => a[1].localeCompare(b[1])));
  const tags = new Set(stats.top_languages.filter((one) => one.language)
    .map((one) => one.language.split("-")[0]));
  fill(element("language"), [...tags].map((tag) => [tag, languageName(tag)])
    .sort((a, b) => a[1].localeCompare(b[1])));
}

async function readTopics() {
  const { topics } = await ask("/api/v1/topics");
  fill(element("topic"), topics.map((topic) => [topic.code, topic.label]));
}

// At most once in two seconds, however much happens.
let sidesTimer = null;
function refreshSides() {
  if (sidesTimer !== null) return;
  sidesTimer = setTimeout(() => {
    sidesTimer = null;
    readSides().catch(() => {});
  }, 2000);
}

// ---- begin

element("filters").addEventListener("change", reload);
element("filters").addEventListener("reset", () => setTimeout(reload));
element("filters").addEventListener("submit", (event) => event.preventDefault());
element("more").addEventListener("click", () => load(state.nextCursor));
element("retry").addEventListener("click", () => load(state.nextCursor));
element("pill").addEventListener("click", () => {
  showPending();
  window.scrollTo({ top: 0 });
  list.focus({ preventScroll: true });
});
setInterval(() => {
  for (const time of list.querySelectorAll("time")) time.textContent = timeAgo(new Date(time.dateTime));
}, 60e3);

// The stream first: what arrives while the list is read is in one of the two, or in both.
listen();
load(null);
readSides().catch(() => {});
readTopics().catch(() => {});
