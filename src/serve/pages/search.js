// Searching: answers as one types, with how much there was day by day and what it is about.
// Uses the words and the askings of page.js. Whatever came from a feed reaches the page as text.
"use strict";

const TYPING_PAUSE_MS = 120;
const HITS_SHOWN = 20;
const HITS_MAX = 1000; // the API pages no further
const SUGGESTIONS = 6;
const FACET_NAMES = 4;
// What can be clicked on to narrow the search: its words, and the condition it adds.
const FACETS = {
  topic: (one) => ({ text: one.label, condition: `topic:${quoted(one.label)}` }),
  about: (one) => ({ text: countryName(one.name), condition: `about:${one.name}` }),
  entity: (one) => ({ text: one.label, condition: `entity:${quoted(one.label)}` }),
  language: (one) => ({ text: languageName(one.name), condition: `lang:${one.name}` }),
};
const quoted = (text) => (/^[\p{L}\p{N}]+$/u.test(text) ? text : `"${text.replaceAll('"', " ")}"`);

const question = element("query");
const searching = { generation: 0, timer: null, shown: 0 };

const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'" };
const textOf = (html) => html.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity]);

// Escaped HTML with marks, as nodes: every other piece is in a mark.
function markedNodes(html) {
  return html.split(/<\/?mark>/).map((piece, index) => {
    const text = document.createTextNode(textOf(piece));
    if (index % 2 === 0) return text;
    const mark = document.createElement("mark");
    mark.append(text);
    return mark;
  });
}

function hitNode(hit) {
  const node = articleNode(hit.article);
  const heading = node.querySelector("h3");
  if (hit.title_html) (heading.querySelector("a") || heading).replaceChildren(...markedNodes(hit.title_html));
  if (hit.snippet_html) {
    const excerpt = node.querySelector(".excerpt") || child(node, "p", "excerpt");
    excerpt.dir = "auto";
    heading.after(excerpt);
    excerpt.replaceChildren(...markedNodes(hit.snippet_html));
  }
  if (hit.story_articles > 1)
    node.querySelector(".facts").append(span("", `${number.format(hit.story_articles)} in this story`));
  return node;
}

function searchParameters(offset) {
  return new URLSearchParams({
    q: question.value, sort: element("sort").value, limit: HITS_SHOWN, offset,
    time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone, lang: navigator.language,
  });
}

// A click asks for those of them alone.
function showFacets(facets) {
  const place = element("facets");
  place.replaceChildren();
  for (const [dimension, described] of Object.entries(FACETS)) {
    for (const one of (facets?.[dimension] || []).slice(0, FACET_NAMES)) {
      const { text, condition } = described({ ...one, label: one.label || one.name });
      if (question.value.includes(condition)) continue;
      const button = child(place, "button", `finding ${dimension}`, `${text} ${number.format(one.articles)}`);
      button.type = "button";
      button.addEventListener("click", () => {
        question.value = `${question.value.trim()} ${condition}`;
        search();
      });
    }
  }
}

function showCount(answer) {
  const about = answer.count.exact ? "" : "About ";
  element("found-title").textContent = `${about}${plural(answer.count.articles, "article", "articles")}`;
  element("search-notes").textContent = (answer.notes || []).join(" ");
}

function showVolume(points) {
  const most = Math.max(1, ...points.map((point) => point.articles));
  element("volume").replaceChildren(...points.map((point) => {
    const bar = document.createElement("span");
    bar.style.blockSize = `${Math.round(100 * point.articles / most)}%`;
    bar.title = `${absolute.format(new Date(point.at)).replace(/,? [^,]*$/, "")}: ${plural(point.articles, "article", "articles")}`;
    return bar;
  }));
  const all = points.reduce((sum, point) => sum + point.articles, 0);
  element("volume").hidden = all === 0;
  element("volume").setAttribute("aria-label", `${plural(all, "article", "articles")} in the last 30 days, at most ${number.format(most)} a day`);
}

// Each answer belongs to the question of its time: later ones win.
async function current(generation, path) {
  const answer = await ask(path);
  return generation === searching.generation ? answer : null;
}

async function readHits(generation, offset) {
  const query = searchParameters(offset);
  if (offset === 0) query.set("facets", Object.keys(FACETS).join(","));
  const answer = await current(generation, `/api/v1/search?${query}`);
  if (!answer) return;
  if (offset === 0) {
    element("hits").replaceChildren();
    showCount(answer);
    showFacets(answer.facets);
  }
  element("hits").append(...answer.hits.map(hitNode));
  searching.shown = offset + answer.hits.length;
  element("more-hits").hidden = answer.hits.length < HITS_SHOWN || searching.shown + HITS_SHOWN > HITS_MAX;
}

async function readVolume(generation) {
  const query = new URLSearchParams({ q: question.value, interval: "day",
    time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone });
  const answer = await current(generation, `/api/v1/analytics/series?${query}`);
  if (answer) showVolume(answer.series[0].points);
}

// Of the word that is being written.
async function suggest(generation) {
  const [, before, word] = /^(.*?)([\p{L}\p{M}\p{N}]*)$/u.exec(question.value);
  if (word.length < 2) return;
  const answer = await current(generation, `/api/v1/search/suggest?limit=${SUGGESTIONS}&q=${encodeURIComponent(word)}`);
  if (!answer) return;
  element("suggestions").replaceChildren(...answer.suggestions
    .filter((one) => one.text !== word.toLowerCase())
    .map((one) => new Option(plural(one.articles, "article", "articles"), before + one.text)));
}

// In the address, for links and for going back; behind the #, so that it is told to nobody.
function remember() {
  const hash = question.value.trim() ? `#${new URLSearchParams({ q: question.value })}` : "";
  if (hash !== location.hash) history.replaceState(null, "", location.pathname + hash);
}

const remembered = () => new URLSearchParams(location.hash.slice(1)).get("q") || "";

function showSearchFailure(error) {
  element("search-failure").textContent = error ? error.message : "";
}

async function search() {
  const generation = ++searching.generation;
  clearTimeout(searching.timer);
  remember();
  const asks = question.value.trim() !== "";
  element("found").hidden = !asks;
  element("browse").hidden = asks;
  showSearchFailure(null);
  if (!asks) return;
  element("found").setAttribute("aria-busy", "true");
  try {
    await Promise.all([readHits(generation, 0), readVolume(generation)]);
  } catch (error) {
    if (generation === searching.generation) showSearchFailure(error);
  } finally {
    if (generation === searching.generation) element("found").setAttribute("aria-busy", "false");
  }
}

function searchSoon() {
  clearTimeout(searching.timer);
  searching.timer = setTimeout(() => {
    search();
    suggest(searching.generation).catch(() => {});
  }, TYPING_PAUSE_MS);
}

question.addEventListener("input", searchSoon);
element("sort").addEventListener("change", search);
element("search").addEventListener("submit", (event) => {
  event.preventDefault();
  search();
});
element("more-hits").addEventListener("click", () =>
  readHits(searching.generation, searching.shown).catch(showSearchFailure));
// As everywhere: a slash goes to the search.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.target.closest("input, select, textarea")) return;
  event.preventDefault();
  question.focus();
});

window.addEventListener("hashchange", () => {
  question.value = remembered();
  search();
});

question.value = remembered();
if (question.value) search();
