// From a stored article and its analysis to what the grouping looks at, and to its place.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/story.h"
#include "ports/analysis_store.h"
#include "stories/publishers.h"
#include "stories/story_engine.h"
#include "text/segments.h"

namespace tidings::pipeline {

// Title, newline and the head of the text, with its words.
struct ReadText {
  std::string whole;
  text::Segments segments;

  ReadText(std::string document, std::string_view language, std::size_t title_size)
      : whole(std::move(document)), segments(text::segment(whole, language, title_size)) {}
};

// An article on its way into a story.
struct ReadArticle {
  ArticleSummary summary;
  std::unique_ptr<const ReadText> text;
  stories::StoryInput input;
  StoryArticle place;  // without its story

  // Sets the place by what became of the article: the words that stand for the terms of the
  // evidence are looked up in its text.
  void note(const stories::StoryEngine::Outcome& outcome);
};

ReadArticle read_article(Article article, const AnalyzedArticle& analyzed,
                         const stories::PublisherFamilies& families);

// What a story takes from an article's analysis: once more where it was analyzed again.
void take_analysis(StoryArticle& place, const ArticleSummary& article, const Analysis& analysis,
                   const stories::PublisherFamilies& families);

}  // namespace tidings::pipeline
