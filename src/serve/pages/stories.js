// Top stories, above the list: what many publishers tell of, with its timeline and its articles.
// Uses the words and the askings of page.js. Whatever came from a feed reaches the page as text.
"use strict";

const STORIES_SHOWN = 5;
const STORIES_MORE = 25;
const MEMBERS_SHOWN = 12;
const STEPS_SHOWN = 8;
const PUBLISHERS_SHOWN = 8;
const EVIDENCE_SHOWN = 6;
const STORIES_PAUSE_MS = 8000; // between two readings that nobody asked for
const VELOCITY_MAX = 4;

const storyList = element("stories");
const stories = { limit: STORIES_SHOWN, generation: 0, readAt: -Infinity, timer: null };

function child(parent, tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  parent.append(node);
  return node;
}

function timeNode(parent, time) {
  const node = child(parent, "time", "", timeAgo(new Date(time)));
  node.dateTime = time;
  node.title = absolute.format(new Date(time));
}

// A link where there is something to open; else the text.
function linkedText(parent, text, url) {
  const address = webAddress(url);
  if (!address) return parent.append(text);
  const link = child(parent, "a", "", text);
  link.href = address;
  link.rel = "noopener noreferrer external";
  link.target = "_blank";
}

// How fast it grows against its own past, as a bar and as words.
function velocityNode(parent, velocity) {
  const share = Math.max(0, Math.min(1, (velocity - 1) / (VELOCITY_MAX - 1)));
  if (share < 0.05) return;
  const words = share > 0.6 ? "Growing fast" : share > 0.25 ? "Growing" : "Growing slowly";
  const meter = child(parent, "span", "velocity");
  meter.title = words;
  meter.setAttribute("role", "img");
  meter.setAttribute("aria-label", words);
  child(meter, "span", "velocity-bar").style.inlineSize = `${Math.round(share * 100)}%`;
}

function storyNode(story) {
  const node = document.createElement("li");
  node.className = "story";
  node.dataset.id = story.id;
  const heading = child(node, "h3", "");
  heading.dir = "auto";
  if (story.language) heading.lang = story.language;
  linkedText(heading, story.headline || "Without a headline", story.url);
  const details = child(node, "details", "story-more");
  const facts = child(details, "summary", "facts");
  child(facts, "span", "from", plural(story.publishers, "publisher", "publishers"));
  child(facts, "span", "", plural(story.articles, "article", "articles"));
  timeNode(facts, story.updated_at);
  velocityNode(facts, story.rank.velocity);
  const topic = (story.topics || [])[0];
  if (topic) child(facts, "span", "story-topic", topic.label);
  details.addEventListener("toggle", () => {
    if (details.open && details.childElementCount === 1) openStory(story, child(details, "div", "story-inside"));
  });
  return node;
}

async function openStory(story, place) {
  child(place, "p", "soft", "Loading …");
  try {
    const [whole, members] = await Promise.all([
      ask(`/api/v1/stories/${story.id}`),
      ask(`/api/v1/stories/${story.id}/articles?limit=${MEMBERS_SHOWN}`),
    ]);
    place.replaceChildren();
    place.dir = "auto";
    showSummary(place, whole);
    showTimeline(place, whole);
    showPublishers(place, whole);
    showLinks(place, whole);
    showMembers(place, whole, members.articles);
  } catch (error) {
    place.replaceChildren();
    child(place, "p", "soft", error.message);
  }
}

function showSummary(place, story) {
  const sentences = (story.summary || []).map((sentence) => sentence.text);
  if (sentences.length > 0) child(place, "p", "story-summary", sentences.join(" "));
}

function showTimeline(place, story) {
  const steps = (story.timeline.steps || []).slice(-STEPS_SHOWN);
  if (steps.length < 2) return;
  child(place, "h4", "", "Timeline");
  const most = Math.max(...steps.map((step) => step.articles));
  const byDay = story.timeline.step === "day";
  const format = new Intl.DateTimeFormat(undefined, byDay ? { day: "numeric", month: "short" } : { hour: "numeric", minute: "2-digit" });
  const rows = child(place, "ol", "timeline");
  for (const step of steps) {
    const row = child(rows, "li", "");
    const time = child(row, "time", "", format.format(new Date(step.begin)));
    time.dateTime = step.begin;
    const bar = child(row, "span", "timeline-bar");
    bar.title = plural(step.articles, "article", "articles");
    child(bar, "span", "").style.inlineSize = `${Math.round((step.articles / most) * 100)}%`;
    linkedText(child(row, "span", "timeline-text"), step.headline, step.url);
  }
}

function behind(seconds) {
  if (seconds < 60) return "first";
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${number.format(minutes)} min later`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${number.format(hours)} h later` : `${number.format(Math.round(hours / 24))} days later`;
}

function showPublishers(place, story) {
  const all = story.by_publisher || [];
  if (all.length < 2) return;
  child(place, "h4", "", "Who told it");
  const row = child(place, "p", "tellers");
  for (const one of all.slice(0, PUBLISHERS_SHOWN)) {
    const teller = child(row, "span", "teller");
    child(teller, "b", "", one.publisher);
    teller.append(` ${behind(one.behind_seconds)}${one.copies === one.articles ? ", a copy" : ""}`);
  }
  if (all.length > PUBLISHERS_SHOWN) child(row, "span", "soft", `and ${number.format(all.length - PUBLISHERS_SHOWN)} more`);
}

function textIn(parent, language, tag, className, text) {
  const node = child(parent, tag, className, text);
  node.dir = "auto";
  if (language) node.lang = language;
  return node;
}

// The same event in other languages, and what both say, each as its language writes it.
function showLinks(place, story) {
  if (!story.links) return;
  child(place, "h4", "", "In other languages");
  const rows = child(place, "ul", "members");
  for (const link of story.links) {
    const row = child(rows, "li", "");
    const other = link.story;
    linkedText(textIn(row, other.language, "div", ""), other.headline || "Without a headline", other.url);
    const facts = [languageName(other.language || "und"), plural(other.publishers, "publisher", "publishers")];
    const line = child(row, "div", "soft", `${facts.join(" · ")} · both say `);
    link.evidence.slice(0, EVIDENCE_SHOWN).forEach((each, i) => {
      if (i > 0) line.append(", ");
      textIn(line, story.language, "span", "", each.text);
      if (!each.other) return;
      line.append(" = ");
      textIn(line, other.language, "span", "", each.other);
    });
  }
}

function showMembers(place, story, articles) {
  child(place, "h4", "", "Articles");
  const rows = child(place, "ul", "members");
  for (const article of articles) {
    const row = child(rows, "li", "");
    row.dir = "auto";
    linkedText(row, article.title || "Without a title", article.url);
    const facts = child(row, "span", "soft", ` ${article.source_title || article.publisher} · `);
    timeNode(facts, article.published);
    if (article.copy_of) facts.append(" · copy");
  }
  const left = story.articles - articles.length;
  if (left > 0) child(place, "p", "soft", `and ${plural(left, "more article", "more articles")}`);
}

// The filters of the list that stories have too. One publisher alone makes no top story.
function storyFilters() {
  const query = new URLSearchParams({ limit: stories.limit, publishers_min: 2 });
  for (const name of ["source", "language", "topic", "about"]) {
    if (element(name).value) query.set(name, element(name).value);
  }
  return query;
}

async function loadStories() {
  const generation = ++stories.generation;
  stories.readAt = performance.now();
  try {
    const page = await ask(`/api/v1/stories?${storyFilters()}`);
    if (generation !== stories.generation) return;
    storyList.replaceChildren(...page.stories.map(storyNode));
    element("top-stories").hidden = page.stories.length === 0;
    element("more-stories").hidden = !page.next_cursor || stories.limit >= STORIES_MORE;
  } catch {
    if (generation === stories.generation) element("top-stories").hidden = storyList.childElementCount === 0;
  }
}

// Nothing moves under the eyes of who reads one.
const storyInHand = () => storyList.querySelector("details[open]") || storyList.matches(":hover") || storyList.contains(document.activeElement);

function refreshStories() {
  if (stories.timer !== null) return;
  stories.timer = setTimeout(() => {
    stories.timer = null;
    storyInHand() ? refreshStories() : loadStories();
  }, Math.max(500, stories.readAt + STORIES_PAUSE_MS - performance.now()));
}

element("more-stories").addEventListener("click", () => {
  stories.limit = STORIES_MORE;
  loadStories();
});
element("filters").addEventListener("change", loadStories);
element("filters").addEventListener("reset", () => setTimeout(loadStories));
document.addEventListener("stories-changed", refreshStories);
setInterval(() => {
  for (const time of storyList.querySelectorAll(".facts time, .members time")) time.textContent = timeAgo(new Date(time.dateTime));
}, 60e3);
loadStories();
