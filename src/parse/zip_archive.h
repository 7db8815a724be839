// A ZIP archive in memory, read with bounds: what it claims of itself is not believed.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "core/result.h"

struct zip;

namespace tidings::parse {

// Reads from the bytes that it was opened with; keep those alive.
class ZipArchive {
 public:
  // InvalidInput "not_a_zip" for what is none or has more than `members_max` members.
  static Result<ZipArchive> open(std::string_view bytes, std::size_t members_max = 10'000);

  // The member's bytes, decompressed. NotFound; InvalidInput "too_large" beyond `bytes_max`,
  // "malformed" where it is damaged or encrypted.
  Result<std::string> read(const std::string& name, std::size_t bytes_max) const;

 private:
  struct Close {
    void operator()(zip* archive) const;
  };
  explicit ZipArchive(std::unique_ptr<zip, Close> archive) : archive_(std::move(archive)) {}
  std::unique_ptr<zip, Close> archive_;
};

}  // namespace tidings::parse
