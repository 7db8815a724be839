#include "search/expansion.h"

#include <algorithm>
#include <bit>

#include "query/edits.h"
#include "search/terms_writer.h"
#include "text/fold.h"

namespace tidings::search {
namespace {

// Of one segment's terms, for one word.
constexpr std::size_t kWalkedMax = 200'000;

struct Found {
  TermRecord record;
  std::uint64_t languages = 0;
};

std::vector<FormPlace> places(const Segment& segment, const std::vector<Found>& found) {
  std::vector<FormPlace> places;
  places.reserve(found.size());
  for (const Found& one : found)
    places.push_back(
        {.place = segment.place(one.record, PostingsKind::Words), .languages = one.languages});
  return places;
}

}  // namespace

std::vector<FormPlace> Expansion::forms(const Segment& segment) {
  if (word_.kind != QueryKind::Word) return by_walk(segment);
  if (word_.exact) return exact(segment);
  if (auto known = segment.known_forms().find(word_.text)) return *std::move(known);
  std::vector<FormPlace> forms = by_keys(segment);
  segment.known_forms().keep(word_.text, forms);
  return forms;
}

std::vector<FormPlace> Expansion::exact(const Segment& segment) const {
  const auto record = segment.terms().find(term_of(kWordKind, word_.text));
  if (!record) return {};
  return {{.place = segment.place(*record, PostingsKind::Words)}};
}

const std::vector<std::string>& Expansion::keys(text::SearchLanguage language) {
  auto& keys = keys_[language];
  if (!keys) keys = text::keys_looked_for(word_.text, language);
  return *keys;
}

// Those of `languages` in which the form is what the word means.
std::uint64_t Expansion::languages_of(const std::string& form, std::uint64_t languages) {
  std::uint64_t meant = 0;
  for (std::uint64_t left = languages; left != 0; left &= left - 1) {
    const auto language = static_cast<text::SearchLanguage>(std::countr_zero(left));
    const std::vector<std::string>& wanted = keys(language);
    const std::vector<std::string> there = text::keys_in_text(form, language);
    if (std::ranges::find_first_of(wanted, there) != wanted.end())
      meant |= std::uint64_t{1} << language;
  }
  return meant;
}

std::vector<FormPlace> Expansion::by_keys(const Segment& segment) {
  std::vector<std::uint32_t> hashes, terms;
  for (std::uint64_t left = segment.languages(); left != 0; left &= left - 1) {
    for (const std::string& key : keys(static_cast<text::SearchLanguage>(std::countr_zero(left))))
      hashes.push_back(key_hash(key));
  }
  std::ranges::sort(hashes);
  hashes.erase(std::ranges::unique(hashes).begin(), hashes.end());
  for (const std::uint32_t hash : hashes) segment.terms().find_key(hash, terms);
  std::ranges::sort(terms);
  terms.erase(std::ranges::unique(terms).begin(), terms.end());

  std::vector<Found> found;
  for (const std::uint32_t number : terms) {
    const auto walk = segment.terms().at(number);
    if (!walk || !walk->term().starts_with(kWordKind)) continue;
    const std::uint64_t there = walk->record().languages;
    const std::uint64_t meant = languages_of(walk->term().substr(1), there);
    if (meant == 0) continue;
    found.push_back({walk->record(), meant == there ? ~std::uint64_t{0} : meant});
  }
  return places(segment, found);
}

std::vector<FormPlace> Expansion::by_walk(const Segment& segment) {
  const bool is_prefix = word_.kind == QueryKind::Prefix;
  const std::string_view begin =
      is_prefix ? std::string_view(word_.text) : query::first_character(word_.text);
  std::vector<Found> found;
  each_folded(segment.terms(), begin, kWalkedMax,
              [&](std::string_view folded, std::string_view, const TermRecord& record) {
                if (is_prefix || query::is_typo(word_.text, folded))
                  found.push_back({record, ~std::uint64_t{0}});
              });
  if (found.size() > kExpansionMax) {
    is_cut_short_ = true;
    const auto more = [](const Found& a, const Found& b) {
      return a.record.documents > b.record.documents;
    };
    std::ranges::nth_element(found, found.begin() + kExpansionMax, more);
    found.resize(kExpansionMax);
  }
  return places(segment, found);
}

void each_folded(const Terms& terms, std::string_view begin, std::size_t terms_max,
                 const FoldedVisitor& each) {
  std::size_t left = terms_max;
  const std::string words = term_of(kWordKind, begin), folded = term_of(kFoldedKind, begin);
  for (auto walk = terms.walk_from(words);
       left > 0 && !walk.is_at_end() && walk.term().starts_with(words); walk.next(), --left) {
    const std::string_view form = std::string_view(walk.term()).substr(1);
    if (text::is_folded(form)) each(form, form, walk.record());
  }
  for (auto walk = terms.walk_from(folded);
       left > 0 && !walk.is_at_end() && walk.term().starts_with(folded); walk.next(), --left) {
    const std::string_view both = std::string_view(walk.term()).substr(1);
    const std::size_t end = both.find(kFoldedEnd);
    if (end == std::string_view::npos) continue;
    const std::string_view form = both.substr(end + 1);
    const auto record = terms.find(term_of(kWordKind, form));
    if (record) each(both.substr(0, end), form, *record);
  }
}

}  // namespace tidings::search
