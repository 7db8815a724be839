#include "tests/hostile/behaviors.h"

#include <cstdlib>
#include <iterator>
#include <utility>

namespace tidings::hostile {

Expected fails(std::initializer_list<std::string_view> classes) {
  return {.classes = classes};
}

Expected is_read(std::size_t articles_min, std::size_t articles_max,
                 std::initializer_list<std::string_view> or_fails) {
  Expected expected{
      .classes = or_fails, .articles_min = articles_min, .articles_max = articles_max};
  expected.classes.emplace_back("");
  return expected;
}

const Expected& expected_of(const Cell& cell, const HostileBehavior& behavior) {
  return is_xml(cell.form) ? behavior.expected : behavior.expected_json;
}

Play answers(const Cell& cell, publisher::Behavior behavior) {
  Page page{.host = cell.host()};
  page.answers.push_back(std::move(behavior));
  Play play;
  play.pages.push_back(std::move(page));
  return play;
}

Play answers_raw(const Cell& cell, std::string bytes) {
  return answers(cell, publisher::raw(std::move(bytes)));
}

Play over_tls(const Cell& cell, publisher::TlsManner manner, publisher::Behavior behavior) {
  Play play = answers(cell, std::move(behavior));
  play.tls = manner;
  if (cell.secure) return play;
  play.url = "http://" + cell.label + "-plain.test/feed";
  Page moved{.host = cell.label + "-plain.test"};
  moved.answers.push_back(publisher::redirect(301, "https://" + cell.host() + "/feed"));
  play.pages.push_back(std::move(moved));
  return play;
}

bool runs_in_full() {
  static const bool is_full = std::getenv("TIDINGS_HOSTILE_FULL") != nullptr;
  return is_full;
}

std::size_t scaled(std::size_t times) {
  return runs_in_full() ? times : times / 10;
}

Behaviors all_behaviors() {
  Behaviors all;
  for (const auto group :
       {stalls, endless, framing, codings, charsets, redirects, names, tls_failures, statuses,
        headers, xml_bombs, large_documents, tangles, identities}) {
    Behaviors some = group();
    all.insert(all.end(), std::make_move_iterator(some.begin()),
               std::make_move_iterator(some.end()));
  }
  return all;
}

}  // namespace tidings::hostile
