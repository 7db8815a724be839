// Which articles are copies, and which tell one story, line by line.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyze/analyze.h"
#include "app/article_lines.h"
#include "app/commands.h"
#include "app/files.h"
#include "app/story_link_lines.h"
#include "core/json_writer.h"
#include "ports/store_rules.h"
#include "stories/duplicates.h"
#include "stories/grouping.h"

namespace tidings::app {
namespace {

double rounded(double value) {
  return std::round(value * 1e4) / 1e4;
}

// Numbers the articles as they come, and knows what they call themselves and when they came out: a
// line without a date is as old as the one before.
class Numbering {
 public:
  std::int64_t add(const analyze::ArticleLine& line) {
    ids_.push_back(line.id_json);
    published_ = line.published.value_or(published_);
    return static_cast<std::int64_t>(ids_.size()) - 1;
  }
  const std::string& id(std::int64_t number) const {
    return ids_[static_cast<std::size_t>(number)];
  }
  Time published() const { return published_; }

 private:
  std::vector<std::string> ids_;
  Time published_{};
};

Result<void> duplicate_lines() {
  stories::DuplicateIndex index;
  stories::Sketcher sketcher;
  Numbering numbering;
  return use_article_lines([&](const analyze::ArticleLine& line, std::string& out) {
    const std::int64_t number = numbering.add(line);
    const auto copy =
        index.add(number, numbering.published(), sketcher.sketch(line.title, line.text));
    JsonWriter json(out);
    json.begin_object();
    json.key("id");
    json.raw(line.id_json);
    json.key("duplicate_of");
    json.raw(copy ? numbering.id(copy->original) : "null");
    if (copy) json.field("similarity", rounded(copy->similarity));
    json.end_object();
    out += '\n';
    return std::vector<std::string>();
  });
}

// A few words may look like another language than the rest of the stream: what is not plain is
// taken to be in the one that most of what was plain is in. It is plain where the publisher says so
// too.
class UsualLanguage {
 public:
  std::string of(const LanguageGuess& guess, std::string_view stated) {
    constexpr double kPlain = 0.95;
    std::string language(primary_language(guess.code));
    if (guess.confidence >= kPlain || language == primary_language(stated)) {
      std::int64_t& count = counts_[language];
      if (++count > counts_[usual_]) usual_ = language;
      return language;
    }
    return usual_.empty() ? language : usual_;
  }

 private:
  std::map<std::string, std::int64_t> counts_;
  std::string usual_;
};

// An article as grouping sees it, with its words.
struct Read {
  std::string whole, language;
  Analysis analysis;
  text::Segments segments;
  std::vector<stories::TermAmount> terms;

  Read(const analyze::ArticleLine& line, UsualLanguage& usual)
      : whole(line.title + "\n" + line.text) {
    analysis = analyze::analyze({.title = line.title,
                                 .text = line.text,
                                 .url = line.url,
                                 .publisher = line.publisher,
                                 .language = line.language});
    language = usual.of(analysis.language, line.language);
    segments = text::segment(whole, language, line.title.size());
    terms = stories::story_terms(segments, line.title.size(), language, analysis.entities);
  }

  // A word of the article that stands for the term.
  std::string_view word(std::uint32_t term) const {
    for (const text::Word& word : segments.words()) {
      if (stories::story_term(language, segments.stem(word)) == term) return segments.lower(word);
    }
    return {};
  }
};

void write_reasons(JsonWriter& json, const Read& article, const stories::Joined& joined) {
  json.field("similarity", rounded(joined.similarity));
  json.field("next_similarity", rounded(joined.next_similarity));
  json.key("terms");
  json.begin_array();
  for (const stories::Term& term : joined.evidence) {
    json.begin_object();
    json.field("text", article.word(term.term));
    json.field("weight", rounded(static_cast<double>(term.weight)));
    json.end_object();
  }
  json.end_array();
}

// Which articles each story has, by their numbers.
class StoryArticles {
 public:
  void add(std::int64_t article, const stories::Joined& joined) {
    articles_[joined.story].push_back(article);
    for (const std::int64_t gone : joined.merged) {
      std::vector<std::int64_t>& into = articles_[joined.story];
      const std::vector<std::int64_t> from = std::move(articles_[gone]);
      articles_.erase(gone);
      into.insert(into.end(), from.begin(), from.end());
    }
    for (const stories::Split& split : joined.splits) {
      std::erase_if(articles_[joined.story], [&](std::int64_t each) {
        return std::find(split.articles.begin(), split.articles.end(), each) !=
               split.articles.end();
      });
      articles_[split.story] = split.articles;
    }
  }
  // By article.
  std::vector<std::int64_t> stories(std::size_t articles) const {
    std::vector<std::int64_t> found(articles);
    for (const auto& [story, members] : articles_) {
      for (const std::int64_t article : members) found[static_cast<std::size_t>(article)] = story;
    }
    return found;
  }

 private:
  std::unordered_map<std::int64_t, std::vector<std::int64_t>> articles_;
};

// Stories that merge or split later change what was said before, so all is said at the end, or as
// it comes.
class StoryLines {
 public:
  explicit StoryLines(const Arguments& arguments)
      : explains_(arguments.has("--explain")),
        is_live_(arguments.has("--live")),
        links_stories_(arguments.has("--links")) {}

  void add(const analyze::ArticleLine& line, std::string& out) {
    const std::int64_t number = numbering_.add(line);
    const Read article(line, language_);
    const stories::Joined joined = grouping_.add({.key = number,
                                                  .published = numbering_.published(),
                                                  .language = article.language,
                                                  .terms = article.terms});
    std::string reasons;
    if (explains_) {
      JsonWriter json(reasons);
      write_reasons(json, article, joined);
    }
    std::string linked;
    if (links_stories_) {
      linked = links_.add(joined,
                          stories::link_facts(article.segments, article.language,
                                              numbering_.published(), article.analysis),
                          name());
    }
    if (is_live_) {
      write(number, joined.story, reasons, out);
      write_changes(joined, out);
      out += linked;
    } else {
      articles_.add(number, joined);
      reasons_.push_back(std::move(reasons));
    }
  }

  std::string rest() const {
    std::string out;
    const std::vector<std::int64_t> stories = articles_.stories(reasons_.size());
    for (std::size_t i = 0; i < stories.size(); ++i)
      write(static_cast<std::int64_t>(i), stories[i], reasons_[i], out);
    return is_live_ ? out : out + links_.all(name());
  }

 private:
  StoryLinkLines::Name name() const {
    return [this](std::int64_t story) -> std::string_view { return numbering_.id(story); };
  }

  void write(std::int64_t article, std::int64_t story, const std::string& reasons,
             std::string& out) const {
    out += fmt::format("{{\"id\":{},\"story\":{}{}{}}}\n", numbering_.id(article),
                       numbering_.id(story), reasons.empty() ? "" : ",", reasons);
  }

  void write_changes(const stories::Joined& joined, std::string& out) const {
    for (const std::int64_t gone : joined.merged)
      out += fmt::format("{{\"story\":{},\"merged_into\":{}}}\n", numbering_.id(gone),
                         numbering_.id(joined.story));
    for (const stories::Split& split : joined.splits) {
      std::vector<std::string_view> ids;
      ids.reserve(split.articles.size());
      for (const std::int64_t article : split.articles) ids.push_back(numbering_.id(article));
      out +=
          fmt::format("{{\"story\":{},\"split_into\":{},\"articles\":[{}]}}\n",
                      numbering_.id(joined.story), numbering_.id(split.story), fmt::join(ids, ","));
    }
  }

  const bool explains_, is_live_, links_stories_;
  Numbering numbering_;
  UsualLanguage language_;
  stories::Grouping grouping_{stories::TermCounts::shipped()};
  StoryArticles articles_;
  StoryLinkLines links_;
  std::vector<std::string> reasons_;  // by article: members of JSON
};

Result<void> story_lines(const Arguments& arguments) {
  StoryLines stories(arguments);
  Result<void> read = use_article_lines([&](const analyze::ArticleLine& line, std::string& out) {
    stories.add(line, out);
    return std::vector<std::string>();
  });
  TRY(write_output(stories.rest()));
  return read;
}

}  // namespace

int run_duplicates(const Arguments&) {
  return report(duplicate_lines());
}
int run_stories(const Arguments& arguments) {
  return report(story_lines(arguments));
}

}  // namespace tidings::app
