// stop_words.mjs PACKAGES OUTPUT: stopwords-iso as hash tables that src/text/stop_words.cpp reads in place.
//
// Little-endian. "TSW1"; u32 languages; of each: 4 bytes code, u32 where its slots begin, u32 slots (a power of two).
// A slot is a u32: where its word begins (a byte of length, then the bytes), 0 for none. A word stands in the first free slot
// from its FNV-1a hash on.
import { readFileSync, writeFileSync } from 'node:fs';

const [packages, output] = process.argv.slice(2);
const lists = JSON.parse(readFileSync(`${packages}/stopwords-iso/stopwords-iso.json`, 'utf8'));

function fnv1a(bytes) {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}

// The English list has every country's top-level domain, which hides names of countries ("eu", "uk").
const domains = /^[a-z]{2}$/;
const english = new Set(('am an as at be by do go he if in is it me my no of oh on or so to up us we ok re ve ll mr ms dr st th ie eg etc et al')
  .split(' '));

function wordsOf(language) {
  return [...new Set(lists[language].map((word) => word.toLowerCase().replaceAll('’', "'")))]
    .filter((word) => word && !/\s/.test(word) && Buffer.byteLength(word) < 256)
    .filter((word) => language !== 'en' || !domains.test(word) || english.has(word))
    .sort();
}

const languages = Object.keys(lists).filter((code) => code.length <= 4).sort();
const tables = languages.map((code) => {
  const words = wordsOf(code);
  let slots = 4;
  while (slots < words.length * 2) slots *= 2;
  return { code, words, slots };
});

let wordBegin = 8 + tables.length * 12 + tables.reduce((sum, table) => sum + table.slots * 4, 0);
let slotBegin = 8 + tables.length * 12;
const header = Buffer.alloc(slotBegin);
header.write('TSW1', 0, 'latin1');
header.writeUInt32LE(tables.length, 4);
const slotBuffers = [];
const wordBuffers = [];
tables.forEach((table, number) => {
  header.write(table.code, 8 + number * 12, 'latin1');
  header.writeUInt32LE(slotBegin, 12 + number * 12);
  header.writeUInt32LE(table.slots, 16 + number * 12);
  const slots = Buffer.alloc(table.slots * 4);
  for (const word of table.words) {
    const bytes = Buffer.from(word);
    let slot = fnv1a(bytes) % table.slots;
    while (slots.readUInt32LE(slot * 4) !== 0) slot = (slot + 1) % table.slots;
    slots.writeUInt32LE(wordBegin, slot * 4);
    wordBuffers.push(Buffer.from([bytes.length]), bytes);
    wordBegin += 1 + bytes.length;
  }
  slotBuffers.push(slots);
  slotBegin += slots.length;
});
writeFileSync(output, Buffer.concat([header, ...slotBuffers, ...wordBuffers]));
