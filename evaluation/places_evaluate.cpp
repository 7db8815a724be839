// Resolves places for the evaluation: places_evaluate resolve|biggest|time reads lines as `tidings
// analyze` does and writes one JSON line each of
// {"places":[{"text","country","latitude","longitude","offsets"}],"countries"}. `biggest` takes for
// each of the line's mentions the most important place of that name, whatever the article says: the
// peer. `time` writes microseconds per text instead.
#include <algorithm>
#include <ctime>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "analyze/article_line.h"
#include "analyze/gazetteer.h"
#include "analyze/place_names.h"
#include "analyze/places.h"
#include "core/json_writer.h"

namespace {

using namespace tidings;

struct Input {
  analyze::ArticleLine line;
  std::string whole;

  analyze::Document document() const {
    const std::string language = line.language.empty() ? "en" : line.language;
    return {.segments = text::segment(whole, language, line.title.size()),
            .title_end = static_cast<std::uint32_t>(line.title.size()),
            .language = language};
  }
};

std::vector<Input> inputs() {
  std::vector<Input> found;
  analyze::ArticleLineReader reader;
  for (std::string line; std::getline(std::cin, line);) {
    Result<analyze::ArticleLine> read = reader.read(line);
    if (!read) continue;
    std::string whole = read->title + "\n" + read->text;
    found.push_back({.line = *std::move(read), .whole = std::move(whole)});
  }
  return found;
}

analyze::PlacesFound biggest(const Input& input) {
  const analyze::Document document = input.document();
  const analyze::Gazetteer gazetteer;
  analyze::PlacesFound found;
  for (const analyze::PlaceName& name :
       analyze::find_place_names(document, input.line.mentions, {})) {
    if (!name.asked || name.senses.empty()) continue;
    const analyze::GazetteerPlace place = gazetteer.place(name.senses[0].place);
    found.places.push_back({.name = std::string(place.name),
                            .country = std::string(gazetteer.country_code(place.country)),
                            .latitude = place.latitude,
                            .longitude = place.longitude,
                            .offsets = {name.span}});
  }
  return found;
}

void print(const analyze::PlacesFound& found) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.objects_if("places", found.places, [&](const Place& place) {
    json.field("text", place.text);
    json.field("name", place.name);
    json.field("country", place.country);
    json.field("latitude", place.latitude);
    json.field("longitude", place.longitude);
    json.key("offsets");
    json.begin_array();
    for (const TextSpan& span : place.offsets) {
      json.begin_array();
      json.value(span.begin);
      json.value(span.end);
      json.end_array();
    }
    json.end_array();
  });
  json.objects_if("countries", found.countries, [&](const CountryScore& country) {
    json.field("code", country.code);
    json.field("score", country.score);
  });
  json.end_object();
  std::cout << out << '\n';
}

double processor_microseconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) * 1e-3;
}

void print_time(const std::vector<Input>& texts) {
  std::vector<analyze::Document> documents;
  std::size_t words = 0, found = 0;
  for (const Input& input : texts) {
    documents.push_back(input.document());
    words += documents.back().segments.words().size();
  }
  double best = 1e18;
  for (int round = 0; round < 7; ++round) {
    const double begin = processor_microseconds();
    for (const analyze::Document& document : documents)
      found += analyze::places(document).places.size();
    best = std::min(best, processor_microseconds() - begin);
  }
  const double count = static_cast<double>(std::max<std::size_t>(texts.size(), 1));
  std::cout << "{\"microseconds\":" << best / count
            << ",\"words\":" << static_cast<double>(words) / count
            << ",\"places\":" << static_cast<double>(found) / 7 / count << "}\n";
}

}  // namespace

int main(int count, char** arguments) {
  const std::string_view what = count > 1 ? arguments[1] : "";
  const std::vector<Input> texts = inputs();
  if (what == "time") {
    print_time(texts);
    return 0;
  }
  for (const Input& input : texts) {
    if (what == "resolve") {
      print(analyze::places(input.document(), {.mentions = input.line.mentions}));
    } else if (what == "biggest") {
      print(biggest(input));
    } else {
      std::cerr << "places_evaluate: resolve, biggest or time, not '" << what << "'\n";
      return 2;
    }
  }
  return 0;
}
