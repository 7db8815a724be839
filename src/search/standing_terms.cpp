#include "search/standing_terms.h"

#include <algorithm>
#include <bit>
#include <optional>
#include <utility>

#include <xxhash.h>

#include "core/check.h"
#include "core/utf8.h"
#include "query/edits.h"
#include "query/values.h"
#include "text/fold.h"

namespace tidings::search {
namespace {

// A guess counts as this many articles, and what was seen half after so many.
constexpr std::uint32_t kGuessArticles = 64;
constexpr std::uint32_t kArticlesMax = 1 << 16;

std::uint64_t key_hash(std::string_view key) {
  return XXH3_64bits(key.data(), key.size());
}

}  // namespace

struct StandingTerms::Search {
  const IndexedArticle& article;
  const HashedNumbers* keys = nullptr;
  ArticleTerms& found;

  std::uint32_t end_of(const Term& term) const {
    return term.is_title ? article.words.title_words : article.words.words;
  }
};

StandingTerms::Term StandingTerms::term_of(const Query& leaf) {
  const auto word = [&](Kind kind) {
    return Term{.text = leaf.text, .kind = kind, .is_title = leaf.field == QueryField::Title};
  };
  switch (leaf.kind) {
    case QueryKind::Word:
      return word(leaf.exact ? Kind::Exact : Kind::Keyed);
    case QueryKind::Prefix:
      return word(Kind::Prefix);
    case QueryKind::Fuzzy:
      return word(Kind::Fuzzy);
    case QueryKind::Value:
      return {.text = query::value_term(leaf.field, leaf.text), .kind = Kind::Value};
    default:
      CHECK(false);  // the others are no terms
  }
}

std::uint64_t StandingTerms::hash(Kind kind, std::string_view text) {
  return XXH3_64bits_withSeed(text.data(), text.size(), static_cast<std::uint64_t>(kind) + 1);
}

TermNumber StandingTerms::take(const Query& leaf) {
  Term wanted = term_of(leaf);
  std::optional<TermNumber> known;
  by_text_.each(hash(wanted.kind, wanted.text), [&](TermNumber number) {
    const Term& term = terms_[number];
    if (term.kind == wanted.kind && term.is_title == wanted.is_title && term.text == wanted.text)
      known = number;
  });
  const TermNumber number = known ? *known : add(std::move(wanted));
  ++terms_[number].uses;
  return number;
}

TermNumber StandingTerms::add(Term term) {
  term.since = articles_;
  auto number = static_cast<TermNumber>(terms_.size());
  if (free_.empty()) {
    terms_.push_back(std::move(term));
  } else {
    number = free_.back();
    free_.pop_back();
    terms_[number] = std::move(term);
  }
  list(number);
  return number;
}

void StandingTerms::give_back(TermNumber number) {
  if (--terms_[number].uses > 0) return;
  unlist(number);
  terms_[number] = {};
  free_.push_back(number);
}

StandingTerms::FuzzyWord StandingTerms::fuzzy_word(std::string_view text, TermNumber term) {
  FuzzyWord word{.term = term};
  for (std::size_t at = 0; at < text.size(); ++word.length)
    word.letters |= std::uint64_t{1} << (next_code_point(text, at) % 64);
  return word;
}

void StandingTerms::list(TermNumber number) {
  const Term& term = terms_[number];
  by_text_.add(hash(term.kind, term.text), number);
  if (term.kind == Kind::Prefix) ++prefix_lengths_[term.text.size()];
  if (term.kind == Kind::Fuzzy)
    fuzzy_[std::string(query::first_character(term.text))].push_back(fuzzy_word(term.text, number));
  if (term.kind != Kind::Keyed) return;
  ++keyed_;
  for (text::SearchLanguage language = 0; language < text::kSearchLanguages; ++language) {
    if (keys_[language]) add_keys(language, number);
  }
}

void StandingTerms::unlist(TermNumber number) {
  const Term& term = terms_[number];
  by_text_.remove(hash(term.kind, term.text), number);
  if (term.kind == Kind::Prefix && --prefix_lengths_[term.text.size()] == 0)
    prefix_lengths_.erase(term.text.size());
  if (term.kind == Kind::Fuzzy) {
    const auto words = fuzzy_.find(std::string(query::first_character(term.text)));
    std::erase_if(words->second, [&](const FuzzyWord& word) { return word.term == number; });
    if (words->second.empty()) fuzzy_.erase(words);
  }
  if (term.kind != Kind::Keyed) return;
  --keyed_;
  for (text::SearchLanguage language = 0; language < text::kSearchLanguages; ++language) {
    if (keys_[language]) remove_keys(language, number);
  }
}

void StandingTerms::add_keys(text::SearchLanguage language, TermNumber term) {
  for (const std::string& key : text::keys_looked_for(terms_[term].text, language))
    keys_[language]->add(key_hash(key), term);
}

void StandingTerms::remove_keys(text::SearchLanguage language, TermNumber term) {
  for (const std::string& key : text::keys_looked_for(terms_[term].text, language))
    keys_[language]->remove(key_hash(key), term);
}

const HashedNumbers& StandingTerms::keys(text::SearchLanguage language) {
  if (!keys_[language]) {
    keys_[language] = std::make_unique<HashedNumbers>();
    for (TermNumber term = 0; term < terms_.size(); ++term) {
      if (terms_[term].uses > 0 && terms_[term].kind == Kind::Keyed) add_keys(language, term);
    }
  }
  return *keys_[language];
}

// Long words are rare; languages, countries and topics are not.
double StandingTerms::guessed_share(const Term& term) {
  if (term.kind == Kind::Value) {
    const std::string_view frequent = "LCTB";
    return frequent.find(term.text.front()) != std::string_view::npos ? 0.1 : 0.001;
  }
  const auto length = static_cast<double>(term.text.size() + 1);
  const double forms = term.kind == Kind::Prefix ? 4 : term.kind == Kind::Fuzzy ? 2 : 1;
  return std::min(1.0, forms / (length * length)) / (term.is_title ? 10 : 1);
}

double StandingTerms::share(TermNumber number) const {
  const Term& term = terms_[number];
  return (term.seen + guessed_share(term) * kGuessArticles) /
         static_cast<double>(articles_ - term.since + kGuessArticles);
}

void StandingTerms::find(const IndexedArticle& article, ArticleTerms& found) {
  found.begin(article, terms_.size());
  Search search{.article = article, .found = found};
  if (keyed_ > 0) search.keys = &keys(article.words.language);
  for (std::uint32_t form = 0; form < article.words.forms.size(); ++form) {
    if (found.stands(form)) find_form(search, form);
  }
  for (const std::string& value : article.values) find_value(search, value);
  const StoryId story = article.document.story;
  if (story != StoryId{}) find_value(search, query::value_term(QueryField::Story, to_text(story)));
  count(found);
}

void StandingTerms::find_text(Search& search, Kind kind, std::string_view text,
                              std::uint32_t form) const {
  by_text_.each(hash(kind, text), [&](TermNumber number) {
    const Term& term = terms_[number];
    if (term.kind != kind || term.text != text) return;
    if (!term.is_title || search.found.stands_in_title(form))
      search.found.add(number, form, search.end_of(term));
  });
}

void StandingTerms::find_form(Search& search, std::uint32_t form) const {
  const std::string_view text = search.article.words.forms[form];
  find_text(search, Kind::Exact, text, form);
  if (!prefix_lengths_.empty() || !fuzzy_.empty()) find_folded(search, form);
  if (search.keys == nullptr) return;
  for (const std::string& key : text::keys_in_text(text, search.article.words.language)) {
    search.keys->each(key_hash(key), [&](TermNumber number) {
      const Term& term = terms_[number];
      if (!term.is_title || search.found.stands_in_title(form))
        search.found.add(number, form, search.end_of(term));
    });
  }
}

void StandingTerms::find_folded(Search& search, std::uint32_t form) const {
  const std::string folded = text::fold(search.article.words.forms[form]);
  for (const auto& [length, count] : prefix_lengths_) {
    if (length > folded.size()) break;
    find_text(search, Kind::Prefix, std::string_view(folded).substr(0, length), form);
  }
  const auto words = fuzzy_.find(std::string(query::first_character(folded)));
  if (words == fuzzy_.end()) return;
  const FuzzyWord standing = fuzzy_word(folded, 0);
  for (const FuzzyWord& word : words->second) {
    // Two edits are the most, and each puts at most one letter in another's place.
    if (word.length > standing.length + 2 || standing.length > word.length + 2 ||
        std::popcount(word.letters ^ standing.letters) > 4)
      continue;
    const Term& term = terms_[word.term];
    if (term.is_title && !search.found.stands_in_title(form)) continue;
    if (query::is_typo(term.text, folded)) search.found.add(word.term, form, search.end_of(term));
  }
}

void StandingTerms::find_value(Search& search, std::string_view value) const {
  by_text_.each(hash(Kind::Value, value), [&](TermNumber number) {
    if (terms_[number].kind == Kind::Value && terms_[number].text == value)
      search.found.add(number);
  });
}

// So that news of months ago weighs little, and nothing overflows.
void StandingTerms::count(const ArticleTerms& found) {
  ++articles_;
  for (const TermNumber term : found.all()) ++terms_[term].seen;
  if (articles_ < kArticlesMax) return;
  articles_ /= 2;
  for (Term& term : terms_) {
    term.seen /= 2;
    term.since /= 2;
  }
}

}  // namespace tidings::search
