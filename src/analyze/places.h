// Places in an article: where they are, and which countries it is about.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "analyze/document.h"
#include "model/analysis.h"

namespace tidings::analyze {

struct PlacesFound {
  std::vector<Place> places;            // in the order of their first mention
  std::vector<CountryScore> countries;  // best first
};

// What the caller knows beside the text; all of it optional.
struct PlaceHints {
  std::span<const TextSpan> mentions;  // these are places: resolve each where at all possible
  std::span<const TextSpan> persons;   // these are persons: no place lies in one
  std::span<const TextSpan> likely;    // who reads for names takes these for places: evidence
  std::span<const TextSpan> others;    // and these for organizations, products or events
  std::string_view publisher;          // its name, which may have a place in it
  std::string_view url;                // its country's domain is evidence
  Explain explain = Explain::No;       // whether countries come with the names that made them
};

// Toponyms of running text in en, de, fr, es, it, pt, nl (in another language as far as its names
// are those), each with the sense that its importance, a qualifier beside it ("Paris, Texas") and
// the article's other places speak for. A name means one place throughout an article unless a
// qualifier says otherwise. What is likelier a person, a word or part of a longer name is left out,
// but spans of `hints.mentions` stand in some place's offsets exactly as given, unless nothing in
// the article tells where they might be. Countries are scored from places, their own names, and who
// lives there; scores sum to at most 1. Linear in the text's length; safe to call from many
// threads.
PlacesFound places(const Document& document, const PlaceHints& hints = {});

}  // namespace tidings::analyze
