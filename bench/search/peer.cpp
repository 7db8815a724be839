#include "bench/search/peer.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace tidings::bench {
namespace {

constexpr int kRoundsMin = 3;
constexpr int kRoundsMax = 11;
constexpr double kClassUs = 20e6;  // a slow engine gets fewer rounds
constexpr double kWarmUs = 0.3e6;  // no compiler to wait for: caches alone
constexpr int kWarmRoundsMax = 3;
constexpr std::size_t kAdded = 100;
constexpr std::size_t kAddRounds = 20;

double cpu_seconds(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, middle);
  return *middle;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char letter : text) {
    if (letter == '"' || letter == '\\') out += '\\';
    out += letter;
  }
  return out;
}

// The CPU time of asking each of them once.
std::vector<double> round_of(Peer& peer, const std::vector<Asked>& queries) {
  std::vector<double> times;
  times.reserve(queries.size());
  for (const Asked& asked : queries) {
    const double start = thread_cpu_us();
    const std::vector<Hit> found = peer.top(asked);
    times.push_back(thread_cpu_us() - start);
    if (found.size() > kTop) throw std::runtime_error("more hits than asked for");
  }
  return times;
}

double sum(const std::vector<double>& values) {
  double total = 0;
  for (const double value : values) total += value;
  return total;
}

void report(std::string_view name, const Asked& asked, double cpu_us, Peer& peer) {
  std::vector<std::int64_t> top;
  std::vector<double> scores;
  for (const Hit& hit : peer.top(asked)) {
    top.push_back(hit.document);
    scores.push_back(hit.score);
  }
  fmt::print(
      R"({{"peer":"{}","class":"{}","query":"{}","filter":"{}","cpu_us":{:.2f},"count":{},"top":[{}],"scores":[{}]}})"
      "\n",
      name, asked.group, escaped(asked.written), asked.filter, cpu_us, peer.count(asked),
      fmt::join(top, ","), fmt::join(scores, ","));
}

// Round by round over the class, so that no query finds its own postings in the nearest cache.
void measure_class(std::string_view name, Peer& peer, const std::vector<Asked>& queries) {
  double warm = 0;
  for (int round = 0; round < kWarmRoundsMax && warm < kWarmUs; ++round)
    warm += sum(round_of(peer, queries));

  std::vector<std::vector<double>> times(queries.size());
  double spent = 0;
  for (int round = 0; round < kRoundsMax && (round < kRoundsMin || spent < kClassUs); ++round) {
    const std::vector<double> measured = round_of(peer, queries);
    for (std::size_t at = 0; at < measured.size(); ++at) times[at].push_back(measured[at]);
    spent += sum(measured);
  }
  for (std::size_t at = 0; at < queries.size(); ++at)
    report(name, queries[at], median(times[at]), peer);
  std::fflush(stdout);
}

template <typename Number>
Number number_of(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) {
    throw std::runtime_error(fmt::format("no number: {}", text));
  }
  return value;
}

}  // namespace

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(separator, begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

void each_line(const std::filesystem::path& file,
               const std::function<void(std::string_view)>& line) {
  std::ifstream input(file);
  if (!input) throw std::runtime_error(fmt::format("cannot read {}", file.string()));
  for (std::string text; std::getline(input, text);) line(text);
}

std::vector<Asked> read_queries(const std::filesystem::path& corpus, std::string_view classes) {
  const std::vector<std::string_view> wanted = split(classes, ',');
  std::vector<Asked> queries;
  each_line(corpus / "queries.tsv", [&](std::string_view line) {
    const std::vector<std::string_view> columns = split(line, '\t');
    if (columns.size() != 3) throw std::runtime_error(fmt::format("not a query: {}", line));
    if (!classes.empty() && std::ranges::find(wanted, columns[0]) == wanted.end()) return;
    queries.push_back({std::string{columns[0]}, std::string{columns[1]}, std::string{columns[2]},
                       columns[0].starts_with("newest")});
  });
  return queries;
}

Words words_of(const Asked& asked) {
  Words words{.form = Words::Form::AnyOf};
  std::string_view written = asked.written;
  if (written.starts_with('"')) {
    words.form = Words::Form::Phrase;
    written = written.substr(1, written.size() - 2);
  }
  for (const std::string_view word : split(written, ' ')) {
    const bool must = word.starts_with('+') || words.form == Words::Form::Phrase;
    (must ? words.must : words.may).emplace_back(word.substr(word.starts_with('+') ? 1 : 0));
  }
  if (words.form == Words::Form::AnyOf && !words.must.empty()) words.form = Words::Form::AllOf;
  return words;
}

std::pair<std::string, std::string> filter_of(const Asked& asked) {
  const std::size_t equals = asked.filter.find('=');
  return {asked.filter.substr(0, equals), asked.filter.substr(equals + 1)};
}

std::pair<std::int64_t, std::int64_t> times_of(std::string_view value) {
  const std::size_t dots = value.find("..");
  return {number_of<std::int64_t>(value.substr(0, dots)),
          number_of<std::int64_t>(value.substr(dots + 2))};
}

double thread_cpu_us() {
  return cpu_seconds(CLOCK_THREAD_CPUTIME_ID) * 1e6;
}
double process_cpu_s() {
  return cpu_seconds(CLOCK_PROCESS_CPUTIME_ID);
}

std::uintmax_t size_of(const std::filesystem::path& file_or_folder) {
  if (!std::filesystem::is_directory(file_or_folder))
    return std::filesystem::file_size(file_or_folder);
  std::uintmax_t size = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(file_or_folder)) {
    if (entry.is_regular_file()) size += entry.file_size();
  }
  return size;
}

void measure_queries(std::string_view name, const std::vector<Asked>& queries, Peer& peer) {
  for (auto begin = queries.begin(); begin != queries.end();) {
    const auto end = std::find_if(begin, queries.end(),
                                  [&](const Asked& one) { return one.group != begin->group; });
    measure_class(name, peer, {begin, end});
    begin = end;
  }
}

int run_program(const PeerProgram& program, int argument_count, char** arguments) {
  const std::string_view what = argument_count > 1 ? arguments[1] : "";
  const bool is_known = what == "index" || what == "query" || what == "add";
  if (!is_known || argument_count < 4 || argument_count > 5) {
    fmt::print(stderr, "usage: search_{} index|query|add CORPUS INDEX [CLASS,…]\n", program.name);
    return 2;
  }
  const std::filesystem::path corpus = arguments[2], index = arguments[3];
  if (what == "index") program.index(corpus, index);
  if (what == "add") program.add(corpus, index);
  if (what == "query") {
    const std::unique_ptr<Peer> peer = program.open(index);
    measure_queries(program.name, read_queries(corpus, argument_count > 4 ? arguments[4] : ""),
                    *peer);
  }
  return 0;
}

void measure_adding(std::string_view name, const std::filesystem::path& corpus,
                    const std::function<void(const std::vector<std::string>&)>& add) {
  std::vector<std::string> documents;
  std::ifstream input(corpus / "corpus.txt");
  for (std::string line; documents.size() < kAdded * kAddRounds && std::getline(input, line);)
    documents.push_back(line);

  std::vector<double> wall_ms;
  std::vector<double> cpu_ms;
  for (auto begin = documents.begin(); begin + kAdded <= documents.end(); begin += kAdded) {
    const std::vector<std::string> batch(begin, begin + kAdded);
    const double cpu = process_cpu_s();
    const auto start = std::chrono::steady_clock::now();
    add(batch);
    wall_ms.push_back(
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
            .count());
    cpu_ms.push_back((process_cpu_s() - cpu) * 1e3);
  }
  fmt::print(
      R"({{"peer":"{}","what":"add","documents":{},"wall_ms":{:.2f},"wall_ms_max":{:.2f},"cpu_ms":{:.2f}}})"
      "\n",
      name, kAdded, median(wall_ms), *std::ranges::max_element(wall_ms), median(cpu_ms));
}

void report_index(std::string_view name, std::uintmax_t bytes, double cpu_s, double merged_cpu_s,
                  std::uintmax_t size) {
  fmt::print(
      R"({{"peer":"{}","what":"index","bytes":{},"cpu_s":{:.3f},"cpu_s_merged":{:.3f},"size":{},)"
      R"("mb_per_cpu_s":{:.2f}}})"
      "\n",
      name, bytes, cpu_s, merged_cpu_s, size, static_cast<double>(bytes) / 1e6 / cpu_s);
}

}  // namespace tidings::bench
