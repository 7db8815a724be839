#include "normalize/content_hash.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "core/hash.h"
#include "core/page_address.h"
#include "core/strings.h"
#include "text/html_entities.h"

namespace tidings::normalize {
namespace {

// What is counted, in lower case. Those of the second list also mean other things, and count only
// where they stand before the number with a colon or a parenthesis between.
constexpr std::array<std::string_view, 17> kComments = {
    "comment",     "comments",    "commentaire", "commentaires", "comentario", "comentarios",
    "comentário",  "comentários", "commenti",    "commento",     "kommentar",  "kommentare",
    "kommentarer", "reacties",    "replies",     "комментариев", "komentarzy"};
constexpr std::array<std::string_view, 6> kReaders = {"points", "views", "likes",
                                                      "shares", "reads", "score"};

template <std::size_t N>
bool names_one_of(const std::array<std::string_view, N>& names, std::string_view word) {
  const auto is_mark = [](char c) {
    return std::string_view("():,.#[]|").find(c) != std::string_view::npos;
  };
  while (!word.empty() && is_mark(word.front())) word.remove_prefix(1);
  while (!word.empty() && is_mark(word.back())) word.remove_suffix(1);
  return std::find(names.begin(), names.end(), to_lower(word)) != names.end();
}

bool is_number(std::string_view word) {
  const auto is_part = [](char c) {
    return is_digit(c) || std::string_view("()[]:,.#+kK").find(c) != std::string_view::npos;
  };
  return std::any_of(word.begin(), word.end(), is_digit) &&
         std::all_of(word.begin(), word.end(), is_part);
}

std::string_view next_word(std::string_view text, std::size_t& at) {
  while (at < text.size() && is_space(text[at])) ++at;
  const std::size_t begin = at;
  while (at < text.size() && !is_space(text[at])) ++at;
  return text.substr(begin, at - begin);
}

// The words without blanks; a number that counts is passed over.
void append_words(std::string& said, std::string_view text) {
  std::size_t at = 0;
  std::string_view previous, word = next_word(text, at);
  while (!word.empty()) {
    const std::string_view next = next_word(text, at);
    const bool is_led = previous.ends_with(':') || word.starts_with('(');
    const bool counts =
        is_number(word) && (names_one_of(kComments, next) || names_one_of(kComments, previous) ||
                            (is_led && names_one_of(kReaders, previous)));
    if (!counts) said += word;
    previous = word;
    word = next;
  }
  said += '\0';
}

// "https://cdn.example/w_300/a-300x200@2x.jpg?sig=1" → "a.jpg"
void append_file_name(std::string& said, std::string_view address) {
  address = address.substr(0, address.find_first_of("?#"));
  address.remove_prefix(std::min(address.rfind('/') + 1, address.size()));
  std::string_view stem = address.substr(0, address.rfind('.'));
  const std::string_view extension = address.substr(stem.size());
  const auto is_size_part = [](char c) { return is_digit(c) || c == 'x' || c == '@'; };
  std::size_t end = stem.size();
  while (end > 0 && is_size_part(stem[end - 1])) --end;
  const bool has_size = stem.substr(end).find_first_of("x@") != std::string_view::npos;
  if (has_size && end > 0 && (stem[end - 1] == '-' || stem[end - 1] == '_')) --end;
  said.append(stem.substr(0, has_size ? end : stem.size())).append(extension) += '\0';
}

// The value of an attribute in a tag of ours: always in double quotes.
std::string_view value_of(std::string_view tag, std::string_view name_and_quote) {
  const std::size_t begin = tag.find(name_and_quote);
  if (begin == std::string_view::npos) return {};
  const std::string_view rest = tag.substr(begin + name_and_quote.size());
  return rest.substr(0, rest.find('"'));
}

bool is_elsewhere(std::string_view href, const PageAddress& page) {
  const std::string host = page_address(text::decode_entities(href)).host;
  return !host.empty() && !host.ends_with(page.host) && !page.host.ends_with(host);
}

void append_media(std::string& said, std::string_view html, const PageAddress& page) {
  bool is_advertisement = false;
  for (std::size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at + 1)) {
    const std::string_view tag = html.substr(at, html.find('>', at) - at);
    if (tag.starts_with("<a ")) is_advertisement = is_elsewhere(value_of(tag, " href=\""), page);
    if (tag == "</a") is_advertisement = false;
    const std::string_view source = value_of(tag, " src=\"");
    if (!source.empty() && !is_advertisement && !source.starts_with("data:"))
      append_file_name(said, source);
  }
}

}  // namespace

std::uint64_t content_hash(const Article& article) {
  const PageAddress page = page_address(article.summary.url);
  std::string said;
  said.reserve(article.body.text.size() + article.summary.title.size() + 256);
  append_words(said, article.summary.title);
  said.append(page.path) += '\0';
  append_words(said, article.body.text);
  append_media(said, article.body.content_html, page);
  return hash64(said);
}

}  // namespace tidings::normalize
