#include "search/part_writer.h"

#include <xxhash.h>

namespace tidings::search {
namespace {

constexpr std::size_t kBufferBytes = 256 * 1024;

void free_hash(XXH3_state_s* hash) {
  XXH3_freeState(hash);
}

}  // namespace

PartSeal seal_of(std::string_view bytes) {
  return {.size_bytes = bytes.size(), .checksum = XXH3_64bits(bytes.data(), bytes.size())};
}

PartWriter::PartWriter() : hash_(nullptr, free_hash) {}

PartWriter::PartWriter(std::unique_ptr<IndexFileWriter> file)
    : file_(std::move(file)), hash_(XXH3_createState(), free_hash) {
  XXH3_64bits_reset(hash_.get());
}

PartWriter::PartWriter(PartWriter&&) noexcept = default;
PartWriter& PartWriter::operator=(PartWriter&&) noexcept = default;
PartWriter::~PartWriter() = default;

void PartWriter::append(std::string_view bytes) {
  size_ += bytes.size();
  if (file_ && buffer_.size() + bytes.size() >= kBufferBytes) {
    flush();
    if (bytes.size() >= kBufferBytes) return write(bytes);
  }
  buffer_.append(bytes);
}

void PartWriter::align() {
  static constexpr std::string_view kZeros("\0\0\0\0\0\0\0", 7);
  append(kZeros.substr(0, (8 - size_ % 8) % 8));
}

void PartWriter::flush() {
  if (!buffer_.empty()) write(buffer_);
  buffer_.clear();
}

void PartWriter::write(std::string_view bytes) {
  if (!state_) return;
  XXH3_64bits_update(hash_.get(), bytes.data(), bytes.size());
  state_ = file_->append(bytes);
}

Result<PartSeal> PartWriter::finish() {
  if (!file_) return seal_of(buffer_);
  flush();
  TRY(state_);
  TRY(file_->finish());
  return PartSeal{.size_bytes = size_, .checksum = XXH3_64bits_digest(hash_.get())};
}

}  // namespace tidings::search
