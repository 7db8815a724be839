// A disk for the files of an index that fails, fills up, or loses its power when a test says so.
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>

#include "core/mutex.h"
#include "ports/index_files.h"

namespace tidings::faulty {

// In memory. Operations are counted: every call of IndexFiles and IndexFileWriter is one. What a
// seed gives is the same always.
class FaultyIndexFiles final : public IndexFiles {
 public:
  explicit FaultyIndexFiles(std::uint32_t seed) : random_(seed) {}

  // The operation with this number, counted from 1, fails as on a disk without room: what it was to
  // write is there in part, what it was to replace may be replaced.
  void fail_at(std::uint64_t operation) EXCLUDES(mutex_);
  // As long as there is no room every write fails so.
  void set_full(bool is_full) EXCLUDES(mutex_);
  // The power is lost in this operation: it takes effect or not, and all that follow fail.
  void crash_at(std::uint64_t operation) EXCLUDES(mutex_);
  bool has_crashed() const EXCLUDES(mutex_);
  std::uint64_t operations() const EXCLUDES(mutex_);

  // The power is back. Of what no replace() followed some is lost: files that were new are gone or
  // there, in part where nobody finished them; files that were removed are gone or back. Operations
  // are counted anew, and no fault is planned.
  void restart() EXCLUDES(mutex_);
  void flip_bit(const std::string& name, std::uint64_t bit) EXCLUDES(mutex_);

  Result<std::unique_ptr<IndexFileWriter>> create(std::string_view name) override;
  Result<std::unique_ptr<IndexFile>> open(std::string_view name) const override;
  Result<void> replace(std::string_view name, std::string_view bytes) override;
  Result<void> remove(std::string_view name) override;
  Result<std::vector<std::string>> list() const override;

 private:
  enum class Effect : std::uint8_t { Whole, Some, None };  // of an operation
  struct File {
    std::shared_ptr<const std::string> bytes;
    bool is_finished = false;
  };
  using Files = std::map<std::string, File, std::less<>>;
  class Writer;

  // What becomes of the next operation: `error` where it is to fail.
  Effect next(std::optional<Error>& error, bool is_write) const REQUIRES(mutex_);
  bool flips() const REQUIRES(mutex_) { return (random_() & 1U) != 0; }
  std::string part_of(std::string_view bytes) const REQUIRES(mutex_);
  void survive(const std::string& name, Files& left) const REQUIRES(mutex_);
  Result<void> append(const std::string& name, std::string_view bytes) EXCLUDES(mutex_);
  Result<void> finish(const std::string& name) EXCLUDES(mutex_);

  static constexpr std::uint64_t kNever = std::numeric_limits<std::uint64_t>::max();
  mutable Mutex mutex_;
  mutable std::mt19937 random_ GUARDED_BY(mutex_);
  mutable std::uint64_t operations_ GUARDED_BY(mutex_) = 0;
  mutable bool has_crashed_ GUARDED_BY(mutex_) = false;
  std::uint64_t fail_at_ GUARDED_BY(mutex_) = kNever, crash_at_ GUARDED_BY(mutex_) = kNever;
  bool is_full_ GUARDED_BY(mutex_) = false;
  Files visible_ GUARDED_BY(mutex_), durable_ GUARDED_BY(mutex_);
};

}  // namespace tidings::faulty
