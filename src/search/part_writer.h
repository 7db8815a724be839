// One part of a segment on its way to a file, or kept in memory.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/result.h"
#include "ports/index_files.h"

struct XXH3_state_s;

namespace tidings::search {

// What a file must be to be the one that was written.
struct PartSeal {
  std::uint64_t size_bytes = 0;
  std::uint64_t checksum = 0;  // XXH3-64
  friend bool operator==(const PartSeal&, const PartSeal&) = default;
};
PartSeal seal_of(std::string_view bytes);

// The first error is kept: what comes after it is dropped, and finish() tells of it.
class PartWriter {
 public:
  PartWriter();  // keeps all in memory
  explicit PartWriter(std::unique_ptr<IndexFileWriter> file);
  PartWriter(PartWriter&&) noexcept;
  PartWriter& operator=(PartWriter&&) noexcept;
  ~PartWriter();

  void append(std::string_view bytes);
  template <class Number>
  void append_number(Number number) {
    append({reinterpret_cast<const char*>(&number), sizeof number});
  }
  std::uint64_t size() const { return size_; }
  // Zeros up to a multiple of eight.
  void align();

  Result<PartSeal> finish();
  std::string take() { return std::move(buffer_); }  // in memory: what was written

 private:
  void flush();
  void write(std::string_view bytes);

  std::unique_ptr<IndexFileWriter> file_;
  std::unique_ptr<XXH3_state_s, void (*)(XXH3_state_s*)> hash_;
  std::string buffer_;
  std::uint64_t size_ = 0;
  Result<void> state_;
};

}  // namespace tidings::search
