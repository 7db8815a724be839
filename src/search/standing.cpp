#include "search/standing.h"

#include <algorithm>
#include <utility>

namespace tidings::search {
namespace {

constexpr std::size_t kCodeMin = 1 << 16;           // so much is not worth tidying
constexpr std::size_t kCodeMax = 0xFFFF'0000;       // numbers: what an offset reaches
constexpr std::size_t kConsideredPerArticle = 512;  // for moving: a bounded part of the work

}  // namespace

const std::uint32_t* StandingQueries::program(const Standing& query) const {
  return code_.data() + query.code + 1 + code_[query.code];
}

std::size_t StandingQueries::code_size(const Standing& query) const {
  return 1 + code_[query.code] + node_size(program(query));
}

std::vector<TermNumber> StandingQueries::terms_of(const Standing& query) const {
  const auto begin = code_.begin() + query.code + 1;
  return {begin, begin + code_[query.code]};
}

Result<void> StandingQueries::add(std::int64_t id, const Query& query) {
  const auto known = by_id_.find(id);
  if (known == by_id_.end() && (by_id_.size() >= settings_.queries_max || code_.size() > kCodeMax))
    return invalid_input("there are too many standing queries");
  const StandingProgram code = TRY(compile(query, terms_));
  listed_.resize(std::max(listed_.size(), terms_.end()));
  const auto needed = needed_terms(code.data(), terms_);
  if (!needed && broad_.size() >= settings_.broad_queries_max) {
    give_back_terms(code, terms_);
    return Error{.kind = ErrorKind::InvalidInput,
                 .message =
                     "there are too many standing queries that no word, name or topic must be "
                     "there for: ask for one",
                 .code = "query_too_broad"};
  }
  const std::uint32_t place = free_place();
  queries_[place].id = id;
  write(place, needed.value_or(std::vector<TermNumber>{}), code);
  list(place);
  if (known != by_id_.end()) drop(known->second);
  by_id_[id] = place;
  return {};
}

bool StandingQueries::remove(std::int64_t id) {
  const auto known = by_id_.find(id);
  if (known == by_id_.end()) return false;
  drop(known->second);
  by_id_.erase(known);
  return true;
}

std::uint32_t StandingQueries::free_place() {
  if (free_.empty()) {
    queries_.emplace_back();
    return static_cast<std::uint32_t>(queries_.size() - 1);
  }
  const std::uint32_t place = free_.back();
  free_.pop_back();
  return place;
}

void StandingQueries::write(std::uint32_t place, const std::vector<TermNumber>& terms,
                            const StandingProgram& code) {
  queries_[place].code = static_cast<std::uint32_t>(code_.size());
  queries_[place].asked = articles_;
  code_.push_back(static_cast<std::uint32_t>(terms.size()));
  code_.insert(code_.end(), terms.begin(), terms.end());
  code_.insert(code_.end(), code.begin(), code.end());
}

void StandingQueries::list(std::uint32_t place) {
  const std::vector<TermNumber> terms = terms_of(queries_[place]);
  if (terms.empty()) broad_.push_back(place);
  for (const TermNumber term : terms) {
    const TermNumber except = terms.size() == 1 ? term : kNone;
    const auto also = also_needed(program(queries_[place]), terms_, except);
    listed_[term].push_back({.place = place, .also = also.value_or(kNone)});
  }
}

void StandingQueries::unlist(std::uint32_t place) {
  const std::vector<TermNumber> terms = terms_of(queries_[place]);
  if (terms.empty()) std::erase(broad_, place);
  for (const TermNumber term : terms) {
    std::vector<Posting>& postings = listed_[term];
    const auto posting = std::ranges::find(postings, place, &Posting::place);
    *posting = postings.back();
    postings.pop_back();
    if (postings.empty()) postings = {};
  }
}

void StandingQueries::drop(std::uint32_t place) {
  unlist(place);
  const std::uint32_t* const code = program(queries_[place]);
  give_back_terms({code, node_size(code)}, terms_);
  dropped_code_ += code_size(queries_[place]);
  queries_[place] = {.id = 0, .code = kNone};
  free_.push_back(place);
  compact_if_worth_it();
}

void StandingQueries::compact_if_worth_it() {
  if (dropped_code_ < kCodeMin || dropped_code_ < code_.size() / 2) return;
  std::vector<std::uint32_t> kept;
  kept.reserve(code_.size() - dropped_code_);
  for (Standing& query : queries_) {
    if (query.code == kNone) continue;
    const auto begin = code_.begin() + query.code;
    const std::size_t size = code_size(query);
    query.code = static_cast<std::uint32_t>(kept.size());
    kept.insert(kept.end(), begin, begin + static_cast<std::ptrdiff_t>(size));
  }
  code_ = std::move(kept);
  dropped_code_ = 0;
}

std::vector<std::int64_t> StandingQueries::match(const IndexedArticle& article) {
  terms_.find(article, article_);
  if (++articles_ == 0) {  // so many came that their numbers begin anew
    for (Standing& query : queries_) query.asked = 0;
    articles_ = 1;
  }
  matching_.clear();
  std::size_t considered = 0;
  const std::size_t there = article_.all().size();
  for (std::size_t i = 0; i < there; ++i)  // each time another one first: all come to be considered
    ask_listed(article_.all()[(i + articles_) % there], considered);
  for (const std::uint32_t place : broad_) ask(place);
  for (const std::uint32_t place : moving_) move(place);
  moving_.clear();
  std::ranges::sort(matching_);
  return {matching_.begin(), matching_.end()};
}

void StandingQueries::ask_listed(TermNumber term, std::size_t& considered) {
  const double share = terms_.share(term);
  for (const Posting& posting : listed_[term]) {
    if (posting.also == kNone || article_.has(posting.also)) {
      ask(posting.place);
    } else if (considered < kConsideredPerArticle) {
      ++considered;
      if (terms_.share(posting.also) * 2 < share) moving_.push_back(posting.place);
    }
  }
}

void StandingQueries::ask(std::uint32_t place) {
  Standing& query = queries_[place];
  if (query.asked == articles_) return;  // it lies with another of the article's terms too
  query.asked = articles_;
  if (holds(program(query), article_)) matching_.push_back(query.id);
}

// To what is rarest by now.
void StandingQueries::move(std::uint32_t place) {
  const std::uint32_t* const code = program(queries_[place]);
  const auto needed = needed_terms(code, terms_);
  if (!needed || *needed == terms_of(queries_[place])) return;
  const StandingProgram same(code, code + node_size(code));
  unlist(place);
  dropped_code_ += code_size(queries_[place]);
  write(place, *needed, same);
  list(place);
  compact_if_worth_it();
}

}  // namespace tidings::search
