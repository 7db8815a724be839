// Measures the identification of languages: tidings_evaluate_language DATA_FOLDER [CODE…] prints
// JSON. On the odd lines of each file, which the shipped model never saw; with codes, on their
// files alone. CLD2 runs beside where it is installed. Of ours also how far the confidence can be
// believed: of the answers in each tenth of it the share that is right.
#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyze/language.h"
#ifdef TIDINGS_CLD2
#include <cld2/public/compact_lang_det.h>
#endif

namespace {

using Identify = std::function<std::string(const std::string&)>;
struct Case {
  std::string code;
  std::string text;
};

std::vector<Case> read_cases(const std::filesystem::path& folder,
                             const std::vector<std::string>& codes) {
  std::vector<std::filesystem::path> files;
  for (const auto& file : std::filesystem::directory_iterator(folder)) files.push_back(file.path());
  std::sort(files.begin(), files.end());
  std::vector<Case> cases;
  for (const auto& file : files) {
    const std::string code = file.stem().string();
    if (!codes.empty() && std::find(codes.begin(), codes.end(), code) == codes.end()) continue;
    std::ifstream lines(file);
    std::string line;
    for (std::size_t at = 0; std::getline(lines, line); ++at) {
      if (at % 2 == 1) cases.push_back({code, line});
    }
  }
  return cases;
}

struct Accuracy {
  double macro = 0;
  std::map<std::string, double> by_language;
  std::map<std::string, int> confused;  // "bs>hr"
};

Accuracy measure(const std::vector<Case>& cases, const Identify& identify) {
  std::map<std::string, std::pair<int, int>> right;
  Accuracy accuracy;
  for (const Case& one : cases) {
    const std::string answer = identify(one.text);
    auto& [hits, all] = right[one.code];
    ++all;
    if (answer == one.code)
      ++hits;
    else
      ++accuracy.confused[one.code + ">" + answer];
  }
  for (const auto& [code, counts] : right) {
    accuracy.by_language[code] = 100.0 * counts.first / counts.second;
    accuracy.macro += accuracy.by_language[code] / static_cast<double>(right.size());
  }
  return accuracy;
}

// Of the processor's time, so that what else the machine does counts little: the best of some
// rounds over all of the cases.
double per_second(const std::vector<Case>& cases, const Identify& identify) {
  constexpr int kRounds = 7;
  double best = 0;
  for (int round = 0; round < kRounds; ++round) {
    const std::clock_t begin = std::clock();
    for (const Case& one : cases) identify(one.text);
    best = std::max(best, static_cast<double>(cases.size()) * CLOCKS_PER_SEC /
                              static_cast<double>(std::clock() - begin));
  }
  return best;
}

void print(const std::string& name, const std::filesystem::path& data,
           const std::vector<std::string>& codes, const Identify& identify) {
  fmt::print("\"{}\":{{", name);
  for (const std::string kind : {"sentences", "word-pairs", "single-words"}) {
    const auto cases = read_cases(data / "language" / kind, codes);
    const Accuracy accuracy = measure(cases, identify);
    fmt::print("\"{}\":{{\"accuracy\":{:.2f},\"per_second\":{:.0f},\"languages\":{{", kind,
               accuracy.macro, per_second(cases, identify));
    const char* comma = "";
    for (const auto& [code, percent] : accuracy.by_language)
      fmt::print("{}\"{}\":{:.1f}", std::exchange(comma, ","), code, percent);
    fmt::print("}},\"confused\":{{");
    comma = "";
    for (const auto& [pair, times] : accuracy.confused) {
      if (times >= 8) fmt::print("{}\"{}\":{}", std::exchange(comma, ","), pair, times);
    }
    fmt::print("}}}}{}", kind == "single-words" ? "" : ",");
  }
  fmt::print("}}");
}

void print_calibration(const std::vector<Case>& cases) {
  struct Tenth {
    int answers = 0;
    int right = 0;
    double confidence = 0;
  };
  std::array<Tenth, 10> tenths;
  for (const Case& one : cases) {
    const auto guess = tidings::analyze::identify_language(one.text);
    if (guess.code == "und") continue;
    Tenth& tenth =
        tenths[std::min<std::size_t>(9, static_cast<std::size_t>(guess.confidence * 10))];
    ++tenth.answers;
    tenth.right += guess.code == one.code ? 1 : 0;
    tenth.confidence += guess.confidence;
  }
  const char* comma = "";
  for (const Tenth& tenth : tenths) {
    if (tenth.answers == 0) continue;
    fmt::print("{}{{\"answers\":{},\"confidence\":{:.3f},\"right\":{:.3f}}}",
               std::exchange(comma, ","), tenth.answers, tenth.confidence / tenth.answers,
               static_cast<double>(tenth.right) / tenth.answers);
  }
}

void print_calibrations(const std::filesystem::path& data, const std::vector<std::string>& codes) {
  fmt::print("\"calibration\":{{");
  const char* comma = "";
  for (const std::string kind : {"sentences", "word-pairs", "single-words"}) {
    fmt::print("{}\"{}\":[", std::exchange(comma, ","), kind);
    print_calibration(read_cases(data / "language" / kind, codes));
    fmt::print("]");
  }
  fmt::print("}}");
}

#ifdef TIDINGS_CLD2
std::string cld2(const std::string& text) {
  bool reliable = false;
  const std::string code = CLD2::LanguageCode(
      CLD2::DetectLanguage(text.data(), static_cast<int>(text.size()), true, &reliable));
  if (code == "no") return "nb";
  if (code == "iw") return "he";
  return code;
}
#endif

}  // namespace

int main(int argument_count, char** arguments) {
  if (argument_count < 2) {
    fmt::print(stderr, "usage: tidings_evaluate_language DATA_FOLDER [CODE…]\n");
    return 2;
  }
  const std::vector<std::string> codes(arguments + 2, arguments + argument_count);
  fmt::print("{{");
  print("tidings", arguments[1], codes,
        [](const std::string& text) { return tidings::analyze::identify_language(text).code; });
  fmt::print(",");
  print_calibrations(arguments[1], codes);
#ifdef TIDINGS_CLD2
  fmt::print(",");
  print("cld2", arguments[1], codes, cld2);
#endif
  fmt::print("}}\n");
  return 0;
}
