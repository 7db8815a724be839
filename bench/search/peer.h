// What every C++ side of the search benchmark shares: the files that it reads, the clock, and the
// lines that it writes. README.md says what the files hold.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tidings::bench {

// A line of queries.tsv.
struct Asked {
  std::string group;    // the class
  std::string written;  // `a b`, `+a +b`, `"a b"`, or a mixture of the first two
  std::string filter;   // `name=value`, or empty
  bool newest = false;  // the latest ten instead of the best ten
};

struct Hit {
  std::int64_t document;  // its line in corpus.txt, from 0
  double score;           // 0 for newest
};

// One engine with its index open. One thread.
class Peer {
 public:
  virtual ~Peer() = default;

  virtual std::vector<Hit> top(const Asked& asked) = 0;  // at most kTop
  virtual std::int64_t count(const Asked& asked) = 0;    // exactly
};

inline constexpr int kTop = 10;

// All of them, or those of the classes that are named (parted by commas).
std::vector<Asked> read_queries(const std::filesystem::path& corpus, std::string_view classes = {});

// The words of a query, without its signs.
struct Words {
  enum class Form { AllOf, AnyOf, Phrase };
  std::vector<std::string> must;
  std::vector<std::string> may;  // may hold no match up where something must
  Form form;
};
Words words_of(const Asked& asked);

// `name` and `value` of a filter that is not empty.
std::pair<std::string, std::string> filter_of(const Asked& asked);
// The ends of a `time=FROM..UNTIL`, Unix seconds.
std::pair<std::int64_t, std::int64_t> times_of(std::string_view value);

// Every line of a file, without its end.
void each_line(const std::filesystem::path& file,
               const std::function<void(std::string_view)>& line);
std::vector<std::string_view> split(std::string_view text, char separator);

double thread_cpu_us();
double process_cpu_s();
std::uintmax_t size_of(const std::filesystem::path& file_or_folder);

// Asks every query, class by class in rounds: a few to warm up, then until the median of each is
// known; a JSON line a query.
void measure_queries(std::string_view name, const std::vector<Asked>& queries, Peer& peer);

// What a peer's program does, by its first argument.
struct PeerProgram {
  std::string_view name;
  std::function<void(const std::filesystem::path& corpus, const std::filesystem::path& index)>
      index;
  std::function<std::unique_ptr<Peer>(const std::filesystem::path& index)> open;
  std::function<void(const std::filesystem::path& corpus, const std::filesystem::path& index)> add;
};
// PROGRAM index|query|add CORPUS INDEX [CLASS,…]: the exit status.
int run_program(const PeerProgram& program, int argument_count, char** arguments);

// Adds 100 documents at a time, twenty times; `add` makes them durable and findable. One JSON line.
void measure_adding(std::string_view name, const std::filesystem::path& corpus,
                    const std::function<void(const std::vector<std::string>&)>& add);

// One JSON line on an index that was built of `bytes` of text.
void report_index(std::string_view name, std::uintmax_t bytes, double cpu_s, double merged_cpu_s,
                  std::uintmax_t size);

}  // namespace tidings::bench
