// The words of tone: VADER's and AFINN's valences, emoji, and the lists of training/sentiment, as one open-addressed table
// that src/analyze/sentiment_lexicon.h reads in place: sentiment_lexicon.mjs PACKAGES OUTPUT.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const [packages, output] = process.argv.slice(2);
const own = join(dirname(fileURLToPath(import.meta.url)), "../../training/sentiment");
const kinds = { word: 0, negator: 1, intensifier: 2, contrast: 3, fall: 4, rise: 5, stopper: 6, fail: 7, quantity: 8, rescue: 9 };
const firstWithValence = kinds.fall; // from here on the number after a kind is a valence
const afinnScale = 0.75; // AFINN goes to 5 where VADER goes to 4, and is stronger where both know a word
// Machine translation loses the sense ("kind of" became "soort", a species): its word counts less, and not at all where the
// English one says little.
const translatedScale = 0.5;
const translatedMin = 2;
const units = 25; // a valence of 4 is 100

// Endings that a word of each language takes without changing its tone. What the lists have themselves goes before.
const endings = {
  en: ["s", "ed", "ing", [/e$/, "ed"], [/e$/, "ing"], [/y$/, "ies"], [/y$/, "ied"]],
  de: ["e", "en", "er", "es", "em", "n", "s"],
  es: ["s", "es", [/o$/, "a"], [/o$/, "os"], [/o$/, "as"]],
  fr: ["s", "e", "es"],
  it: [[/o$/, "a"], [/o$/, "i"], [/o$/, "e"], [/a$/, "e"], [/e$/, "i"]],
  nl: ["e", "en", "s"],
  pt: ["s", "es", [/o$/, "a"], [/o$/, "os"], [/o$/, "as"]],
};

function hash(language, word) {
  let value = 0x811c9dc5;
  for (const byte of Buffer.from(`${language}\n${word.replaceAll("’", "'")}`)) value = Math.imul(value ^ byte, 0x01000193);
  value >>>= 0;
  return value === 0 ? 1 : value;
}

const entries = new Map(); // key → entry

function add(language, word, fields) {
  const key = hash(language, word);
  entries.set(key, { valence: 0, second: 0, kind: 0, boost: 0, ...entries.get(key), ...fields });
}

function isKnown(language, word) {
  return entries.has(hash(language, word));
}

function lines(file) {
  return readFileSync(file, "utf8").split("\n").filter((line) => line !== "" && !line.startsWith("# "));
}

// Words in letters belong to English, emoticons to everybody.
function addVader() {
  for (const line of lines(join(packages, "vader-sentiment/vader_lexicon.txt"))) {
    const [token, mean] = line.split("\t");
    const isWord = /^[a-z][a-z'-]+$/i.test(token);
    add(isWord ? "en" : "", token.toLowerCase(), { valence: Number(mean) });
  }
}

// The translations are a machine's, word by word: what became a stop word there ("war" is German for "was") is left out.
const stopWords = JSON.parse(readFileSync(join(packages, "stopwords-iso/stopwords-iso.json"), "utf8"));

function afinn(language) {
  const list = JSON.parse(readFileSync(join(packages, `afinn-165-multilingual/build/AFINN-${language}.json`), "utf8"));
  const isStop = new Set(language === "en" ? [] : stopWords[language]);
  return Object.entries(list)
    .map(([written, score]) => [written.toLowerCase(), score])
    .filter(([word, score]) => score !== null && /^\p{L}[\p{L}'-]+$/u.test(word) && !isStop.has(word));
}

function translated(language) {
  return afinn(language)
    .filter(([, score]) => Math.abs(score) >= translatedMin)
    .map(([word, score]) => [word, { valence: score * translatedScale, second: score * translatedScale }]);
}

function addAfinn() {
  for (const [word, score] of afinn("en")) add("en", word, { second: score });
}

function addTranslated(language) {
  for (const [word, fields] of translated(language)) add(language, word, fields);
}

async function addEmoji() {
  const { emojiEmotion } = await import(join(packages, "emoji-emotion/index.js"));
  for (const { emoji, polarity } of emojiEmotion) {
    add("", String.fromCodePoint(emoji.codePointAt(0)), { valence: polarity * afinnScale, second: polarity });
  }
}

// A kind's word keeps the valence that it has, if the kind may have one.
function fieldsOfKind(language, word, kind, number) {
  if (kind < firstWithValence) return { valence: 0, second: 0, kind, boost: number };
  const known = entries.get(hash(language, word));
  const isRated = known !== undefined && (known.valence !== 0 || known.second !== 0);
  return isRated ? { kind } : { kind, valence: number, second: number };
}

// word <tab> valence, or word <tab> kind [number]
function addOwn(language, file) {
  for (const line of lines(join(own, file))) {
    const [words, what] = line.split("\t");
    const [kind, number = "0"] = what.split(" ");
    for (const word of words.split(" ")) {
      const fields = kind in kinds
        ? fieldsOfKind(language, word, kinds[kind], Number(number))
        : { valence: Number(kind), second: Number(kind), kind: 0 };
      add(language, word, fields);
    }
  }
}

// Where people rated a word, their rating stays.
function addUnrated(language, file) {
  const unrated = lines(join(own, file)).flatMap((line) => {
    const [words, valence] = line.split("\t");
    const fields = { valence: Number(valence), second: Number(valence) };
    return words.split(" ").filter((word) => !isKnown(language, word)).map((word) => [word, fields]);
  });
  for (const [word, fields] of unrated) add(language, word, fields);
  addEndings(language, unrated);
}

function addEndings(language, words) {
  for (const [word, fields] of words) {
    if (word.length < 4 || word.includes("*")) continue;
    for (const ending of endings[language]) {
      const [from, to] = typeof ending === "string" ? [/$/, ending] : ending;
      if (!from.test(word)) continue;
      const form = word.replace(from, to);
      if (!isKnown(language, form)) add(language, form, fields);
    }
  }
}

function inflectOwn(language) {
  const words = lines(join(own, `${language}.tsv`))
    .map((line) => line.split("\t"))
    .filter(([, what]) => !(what.split(" ")[0] in kinds))
    .flatMap(([list, valence]) => list.split(" ").map((word) => [word, { valence: Number(valence), second: Number(valence) }]));
  addEndings(language, words);
}

// A word that one of the two lists knows has its opinion for both.
function fillOpinions() {
  for (const entry of entries.values()) {
    if (entry.valence === 0) entry.valence = entry.second * afinnScale;
    else if (entry.second === 0) entry.second = entry.valence;
  }
}

function clamped(value) {
  return Math.max(-127, Math.min(127, Math.round(value)));
}

function table() {
  let slots = 1024;
  while (slots < entries.size * 1.6) slots *= 2;
  const bytes = Buffer.alloc(16 + slots * 8);
  bytes.write("TSLX", 0, "latin1");
  bytes.writeUInt32LE(1, 4);
  bytes.writeUInt32LE(slots, 8);
  bytes.writeUInt32LE(entries.size, 12);
  for (const [key, entry] of [...entries].sort((a, b) => a[0] - b[0])) {
    let slot = key & (slots - 1);
    while (bytes.readUInt32LE(16 + slot * 8) !== 0) slot = (slot + 1) & (slots - 1);
    const at = bytes.writeUInt32LE(key, 16 + slot * 8);
    bytes.writeInt8(clamped(entry.valence * units), at);
    bytes.writeInt8(clamped(entry.second * units), at + 1);
    bytes.writeUInt8(entry.kind, at + 2);
    bytes.writeInt8(clamped(entry.boost * 100), at + 3);
  }
  return bytes;
}

addVader();
await addEmoji();
addAfinn();
addUnrated("en", "en_words.tsv");
addOwn("en", "en.tsv");
addOwn("", "symbols.tsv");
for (const language of Object.keys(endings).filter((one) => one !== "en")) {
  addTranslated(language);
  addOwn(language, `${language}.tsv`);
  inflectOwn(language);
  addEndings(language, translated(language));
}
fillOpinions();
writeFileSync(output, table());
