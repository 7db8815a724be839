// The peer of `tidings duplicates`: MinHash with locality-sensitive hashing, 32 bands of 4 rows
// over runs of three words (Broder 1997; Leskovec, Rajaraman and Ullman, "Mining of Massive
// Datasets", chapter 3). Reads JSON lines {"id","title","text"}, writes {"id","duplicate_of"}: the
// first article that shares a band with this one.
#include <array>
#include <cstdint>
#include <iostream>
#include <limits>
#include <string>
#include <unordered_map>

#include <simdjson.h>

#include "core/hash.h"
#include "core/json_writer.h"
#include "stories/shingles.h"

namespace {

using namespace tidings;

constexpr std::size_t kBands = 32, kRows = 4;
using Signature = std::array<std::uint32_t, kBands * kRows>;

std::uint32_t permuted(std::uint32_t hash, std::size_t permutation) {
  std::uint64_t mixed = (hash + permutation * 0x9E3779B97F4A7C15) * 0xBF58476D1CE4E5B9;
  mixed ^= mixed >> 31;
  mixed *= 0x94D049BB133111EB;
  return static_cast<std::uint32_t>(mixed >> 32);
}

Signature signature_of(const stories::Shingles& shingles) {
  Signature signature;
  signature.fill(std::numeric_limits<std::uint32_t>::max());
  for (const std::uint32_t hash : shingles.runs) {
    for (std::size_t i = 0; i < signature.size(); ++i)
      signature[i] = std::min(signature[i], permuted(hash, i));
  }
  return signature;
}

std::uint64_t band_of(const Signature& signature, std::size_t band) {
  const auto* rows = reinterpret_cast<const char*>(&signature[band * kRows]);
  return hash64({rows, kRows * sizeof signature[0]}) + band;
}

}  // namespace

int main() {
  std::unordered_map<std::uint64_t, std::string> first_of_band;
  simdjson::dom::parser parser;
  std::ios::sync_with_stdio(false);
  for (std::string line; std::getline(std::cin, line);) {
    const simdjson::dom::element article = parser.parse(line);
    stories::Shingles shingles;
    stories::append_shingles(std::string_view(article["title"]), 20'000, shingles);
    stories::append_shingles(std::string_view(article["text"]), 20'000, shingles);
    const Signature signature = signature_of(shingles);
    const std::string id{std::string_view(article["id"])};
    std::string original;
    for (std::size_t band = 0; band < kBands; ++band) {
      const auto [known, is_new] = first_of_band.try_emplace(band_of(signature, band), id);
      if (!is_new && original.empty()) original = known->second;
    }
    std::string out;
    JsonWriter json(out);
    json.begin_object();
    json.field("id", id);
    json.key("duplicate_of");
    if (original.empty()) {
      json.null();
    } else {
      json.value(original);
    }
    json.end_object();
    std::cout << out << '\n';
  }
}
