// Attacks in every field of every format, all the way: parse → what `tidings parse` shows; parse →
// normalize → what the feeds that we serve say. tests/corpus/attacks has our own, ../shared/data
// published ones.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "attack_checks.h"
#include "attack_documents.h"
#include "core/strings.h"
#include "core/utf8.h"
#include "corpus_files.h"
#include "normalize/normalize.h"
#include "normalize/safe_html_check.h"
#include "normalize/safe_text.h"
#include "normalize/sanitize.h"
#include "normalize/sanitize_document.h"
#include "parse/feed_json.h"
#include "parse/parse.h"
#include "serve/feed_output.h"

namespace tidings::corpus {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::string_view kBase = "https://feed.example/news/";
const Time kNow = parse_rfc3339("2026-11-23T18:30:00Z").value();

// "␀" is NUL, "␊" a line feed: control pictures (U+2400 to U+241F) stand for what they show.
std::string with_controls(std::string_view line) {
  std::string text;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t begin = at;
    const char32_t c = next_code_point(line, at);
    if (c >= 0x2400 && c < 0x2420) {
      text += static_cast<char>(c - 0x2400);
    } else {
      text.append(line, begin, at - begin);
    }
  }
  return text;
}

std::vector<std::string> lines_below(const fs::path& folder, bool are_ours) {
  std::vector<std::string> lines;
  for (const fs::path& file : files_below(folder)) {
    if (file.extension() != ".txt") continue;
    const std::string bytes = read_file(file);
    for (const std::string_view line : split(bytes, '\n')) {
      if (line.empty() || (are_ours && line.starts_with("# "))) continue;
      lines.push_back(are_ours ? with_controls(line) : std::string(line));
    }
  }
  return lines;
}

const std::vector<std::string>& own_attacks() {
  static const std::vector<std::string> lines =
      lines_below(fs::path(TIDINGS_TREE) / "tests/corpus/attacks", true);
  return lines;
}

const std::vector<std::string>& published_attacks() {
  static const std::vector<std::string> lines = [] {
    const fs::path folder = shared_feeds().parent_path() / "html/xss";
    return fs::is_directory(folder) ? lines_below(folder, false) : std::vector<std::string>();
  }();
  return lines;
}

// --- what must hold

// One string in every field comes out the same in most of them: each is judged once.
bool is_new(std::string_view kind, std::string_view text) {
  static std::unordered_set<std::string> judged;
  return judged.insert(std::string(kind) + std::string(text)).second;
}

void expect_safe_html(std::string_view html) {
  if (!is_new("html ", html)) return;
  EXPECT_EQ(normalize::unsafe_part(html), "") << html;
}

void expect_safe_html_in_any_context(std::string_view html) {
  expect_safe_html(html);
  EXPECT_EQ(active_part_in_any_context(html), "") << html;
}

// Texts are escaped by whoever shows them, but even where somebody forgets to, nothing may act.
void expect_safe_text(std::string_view text) {
  if (!is_new("text ", text)) return;
  const bool may_have_tags = text.find('<') != std::string_view::npos;
  EXPECT_EQ(may_have_tags ? active_part(text) : "", "") << text;
  EXPECT_EQ(normalize::safe_text(text), text) << "safe_text is not idempotent";
}

void expect_safe_address(std::string_view address, Schemes allowed) {
  EXPECT_EQ(unsafe_address(address, allowed), "") << address;
}

bool is_html_field(std::string_view name) {
  return name == "content_html" || name == "summary_html";
}
bool is_address_field(std::string_view name) {
  return name == "url" || name == "self_url" || name == "image" || name == "icon" ||
         name == "comments_url" || name == "hubs";
}

// Ids, and extensions ("media:player"), which may hold anything.
bool may_be_address(std::string_view name) {
  return name == "id" || name == "scheme" || name.find(':') != std::string_view::npos;
}

// Every text in what a command prints, by the name of the field that holds it.
void expect_safe_values(const json& value, const std::string& name) {
  if (value.is_object()) {
    for (const auto& [key, inner] : value.items()) {
      expect_safe_text(key);
      expect_safe_values(inner, key);
    }
  } else if (value.is_array()) {
    for (const json& inner : value) expect_safe_values(inner, name);
  } else if (value.is_string()) {
    const std::string text = value;
    SCOPED_TRACE(name);
    if (is_html_field(name)) {
      expect_safe_html(text);
    } else if (is_address_field(name)) {
      expect_safe_address(text, Schemes::Document);
    } else {
      expect_safe_text(text);
      EXPECT_EQ(may_be_address(name) ? active_scheme(text) : "", "") << text;
    }
  }
}

void expect_safe_document(FeedDocument document) {
  normalize::sanitize_document(document);
  std::string text;
  parse::write_feed_json(document, text);
  expect_safe_values(json::parse(text), "");
}

void expect_safe_article(const Article& article) {
  const ArticleSummary& summary = article.summary;
  for (const std::string* text :
       {&summary.title, &summary.summary, &summary.language, &summary.rights}) {
    expect_safe_text(*text);
  }
  for (const std::string* address : {&summary.url, &summary.image, &summary.comments_url}) {
    expect_safe_address(*address, Schemes::Web);
  }
  for (const std::string& category : summary.categories) expect_safe_text(category);
  for (const Person& author : summary.authors) {
    expect_safe_text(author.name);
    expect_safe_text(author.email);
    expect_safe_address(author.url, Schemes::Web);
  }
  for (const Enclosure& enclosure : article.body.enclosures) {
    expect_safe_text(enclosure.type);
    expect_safe_text(enclosure.title);
    expect_safe_address(enclosure.url, Schemes::Web);
  }
  expect_safe_html(article.body.content_html);
}

// What we serve is read back: one entry of one article, and nothing came of it that acts.
void expect_safe_output(const ArticleSummary& article) {
  const serve::FeedItem item{.article = article, .source = {.title = article.title}};
  const serve::FeedPage page{.public_url = "https://tidings.example", .target = "/x.atom"};
  const std::string atom = serve::atom_feed(page, {&item, 1});
  const auto read = parse::parse_feed({.bytes = atom, .url = "https://tidings.example/x.atom"});
  ASSERT_TRUE(read) << atom;
  EXPECT_FALSE(read->recovered) << atom;
  ASSERT_EQ(read->feed.entries.size(), 1U) << atom;
  EXPECT_EQ(read->feed.entries[0].url.empty(), article.url.empty()) << atom;
  expect_safe_address(read->feed.entries[0].url, Schemes::Web);
  const json feed = json::parse(serve::json_feed(page, {&item, 1}));
  EXPECT_EQ(feed["items"].size(), 1U);
  EXPECT_EQ(feed["items"][0]["title"], article.title);
}

// Sanitizers make this slow: without TIDINGS_ATTACKS=all each attack is put into every third form
// of document, or into every twelfth, in turn.
bool is_skipped(std::size_t attack, std::size_t form, std::size_t stride) {
  const char* wanted = std::getenv("TIDINGS_ATTACKS");
  const bool all = wanted != nullptr && std::string_view(wanted) == "all";
  return !all && (attack + form) % stride != 0;
}

void expect_documents_are_safe(std::string_view attack, std::size_t number, std::size_t stride) {
  std::size_t form = 0;
  const Source source{.id = SourceId(1), .settings = {.url = std::string(kBase) + "feed"}};
  for (const AttackDocument& document : attack_documents(attack)) {
    if (is_skipped(number, form++, stride)) continue;
    SCOPED_TRACE(document.name + ": " + std::string(attack));
    for (const std::string_view url : {kBase, std::string_view()}) {
      const Result<FeedDocument> parsed = parse::parse_feed({.bytes = document.bytes, .url = url});
      if (!parsed) continue;  // refused with a reason: nothing comes of it
      if (url.empty()) {
        expect_safe_document(*parsed);
        continue;
      }
      for (const NewArticle& made :
           normalize::normalize_feed(parsed->feed, source, kNow).articles) {
        expect_safe_article(made.article);
        expect_safe_output(made.article.summary);
      }
    }
  }
}

void expect_sanitized(const std::string& given) {
  SCOPED_TRACE(given);
  const normalize::SanitizedHtml clean = normalize::sanitize(given, kBase);
  EXPECT_EQ(normalize::unsafe_part(clean.html), "") << clean.html;
  EXPECT_EQ(normalize::sanitize(clean.html, kBase), clean) << "not idempotent: " << clean.html;
  expect_safe_text(normalize::safe_text(given));
}

// --- twists

std::string swapped_case(std::string_view text) {
  std::string swapped;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    swapped += is_alpha(c) && i % 2 == 0 ? static_cast<char>(c ^ 0x20) : c;
  }
  return swapped;
}

std::string referenced(std::string_view text, std::string_view format, bool only_letters) {
  std::string written;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || (only_letters && !is_alpha(c))) {
      written += c;
      continue;
    }
    char digits[24];
    std::snprintf(digits, sizeof digits, std::string(format).c_str(), byte);
    written += digits;
  }
  return written;
}

std::string replaced(std::string_view text, char from, std::string_view to) {
  std::string written;
  for (const char c : text) {
    if (c == from) {
      written += to;
    } else {
      written += c;
    }
  }
  return written;
}

using namespace std::string_literals;

// What filters fall for, made of any attack.
std::vector<std::string> twisted(const std::string& attack) {
  const std::string half = attack.substr(0, attack.size() / 2);
  return {
      swapped_case(attack),
      replaced(attack, ' ', "\n"),
      replaced(attack, ' ', "/"),
      replaced(attack, ' ', "\f"),
      replaced(attack, ' ', "\0 "s),
      replaced(attack, '<', "<\0"s),
      replaced(attack, '<', "\0<"s),
      replaced(attack, '<', "<<"),
      replaced(attack, '=', " = "),
      replaced(attack, '"', "'"),
      replaced(attack, '"', "`"),
      replaced(attack, '>', ""),
      replaced(attack, ':', "&colon;"),
      replaced(attack, 's', "s\t"),
      referenced(attack, "&#%u;", false),
      referenced(attack, "&#%u;", true),
      referenced(attack, "&#x%X;", true),
      referenced(attack, "&#%07u", true),
      half + attack + attack.substr(half.size()),
      "<!--" + attack + "-->" + attack,
      "<![CDATA[" + half + "]]><![CDATA[" + attack.substr(half.size()) + "]]>",
      "<img alt=\"" + attack + "\" src=x title='" + attack + "'>",
      "<svg>" + attack,
      "<math><mtext>" + attack,
      "<table>" + attack + "</table>",
      "<table><tr><td>" + attack,
      "<select>" + attack,
      "<noscript>" + attack + "</noscript>",
      "<template>" + attack + "</template>",
      "<title>" + attack + "</title>",
      "<textarea>" + attack + "</textarea>",
      "<video>" + attack + "</video>",
      "<picture>" + attack + "</picture>",
      "<p>" + attack + "<p>" + attack,
      "<b><a href=x>" + attack + "</b>" + attack,
      attack + attack,
  };
}

template <class Attacks>
void for_each_attack(const Attacks& attacks, const std::function<void(const std::string&)>& check) {
  for (const std::string& attack : attacks) {
    check(attack);
    if (testing::Test::HasFailure()) return;  // one is enough to look at
  }
}

TEST(Attacks, AreMany) {
  EXPECT_GE(own_attacks().size(), 1000U);
}

TEST(Attacks, AreHarmlessInEveryFieldOfEveryFormat) {
  std::size_t number = 0;
  for_each_attack(own_attacks(), [&](const std::string& attack) {
    expect_documents_are_safe(attack, number++, 3);
  });
}

TEST(Attacks, AreHarmlessHoweverTheyAreTwisted) {
  for_each_attack(own_attacks(), [](const std::string& attack) {
    expect_sanitized(attack);
    expect_safe_html_in_any_context(normalize::sanitize(attack, kBase).html);
    for (const std::string& twist : twisted(attack)) expect_sanitized(twist);
  });
}

TEST(Attacks, AreHarmlessWhereTheyAreCut) {
  constexpr std::size_t kStep = 7;
  for_each_attack(own_attacks(), [](const std::string& attack) {
    for (std::size_t size = kStep; size < attack.size(); size += kStep) {
      expect_sanitized(attack.substr(0, size));
      expect_sanitized("<p title=\"" + attack.substr(size));
    }
  });
}

// One byte order mark or one label makes other bytes of the same text.
TEST(Attacks, AreHarmlessInOtherCharsets) {
  const Source source{.id = SourceId(1), .settings = {.url = std::string(kBase) + "feed"}};
  const auto check = [&](const std::string& bytes, std::string_view content_type) {
    const Result<FeedDocument> parsed =
        parse::parse_feed({.bytes = bytes, .content_type = content_type, .url = kBase});
    if (!parsed) return;
    expect_safe_document(*parsed);
    for (const NewArticle& made : normalize::normalize_feed(parsed->feed, source, kNow).articles)
      expect_safe_article(made.article);
  };
  std::vector<std::string> some;  // converting takes longer than all the rest
  for (std::size_t i = 0; i < own_attacks().size(); i += 8) some.push_back(own_attacks()[i]);
  for_each_attack(some, [&](const std::string& attack) {
    const std::string ascii = attack_documents(attack).front().bytes;
    std::string wide = "\xFF\xFE", wide_big = "\xFE\xFF";
    for (const char c : ascii) {
      (wide += c) += '\0';
      (wide_big += '\0') += c;
    }
    check(wide, "application/rss+xml");
    check(wide_big, "application/rss+xml; charset=utf-8");
    check(ascii, "text/xml; charset=utf-7");
    check(ascii, "text/xml; charset=iso-2022-jp");
    check(ascii, "text/xml; charset=shift_jis");
  });
}

TEST(Attacks, PublishedOnesAreHarmlessInEveryFieldOfEveryFormat) {
  if (published_attacks().empty()) GTEST_SKIP() << "no attack lists in ../shared/data/html/xss";
  EXPECT_GE(published_attacks().size(), 2500U);
  std::size_t number = 0;
  for_each_attack(published_attacks(), [&](const std::string& attack) {
    expect_documents_are_safe(attack, number++, 12);
  });
}

TEST(Attacks, PublishedOnesAreHarmlessHoweverTheyAreTwisted) {
  if (published_attacks().empty()) GTEST_SKIP() << "no attack lists in ../shared/data/html/xss";
  std::size_t number = 0;
  for_each_attack(published_attacks(), [&](const std::string& attack) {
    expect_sanitized(attack);
    expect_safe_html_in_any_context(normalize::sanitize(attack, kBase).html);
    std::size_t form = 0;
    for (const std::string& twist : twisted(attack)) {
      if (!is_skipped(number, form++, 6)) expect_sanitized(twist);
    }
    ++number;
  });
}

}  // namespace
}  // namespace tidings::corpus
