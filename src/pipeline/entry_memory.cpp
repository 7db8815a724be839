#include "pipeline/entry_memory.h"

#include <string_view>
#include <utility>

#include "core/hash.h"

namespace tidings::pipeline {
namespace {

void append(std::string& text, std::string_view part) {
  text.append(part).push_back('\0');
}

void append(std::string& text, const std::optional<Time>& time) {
  append(text, time ? std::to_string(to_micros(*time)) : std::string_view());
}

}  // namespace

std::vector<std::uint64_t> entry_hashes(const Feed& feed) {
  std::vector<std::uint64_t> hashes;
  hashes.reserve(feed.entries.size());
  std::string said;
  append(said, feed.url);
  append(said, feed.self_url);
  const std::size_t common = said.size();
  for (const Entry& entry : feed.entries) {
    said.resize(common);
    for (const std::string* part : {&entry.id, &entry.url, &entry.title, &entry.base_url,
                                    &entry.summary_html, &entry.content_html}) {
      append(said, *part);
    }
    append(said, entry.published);
    append(said, entry.updated);
    hashes.push_back(hash64(said));
  }
  return hashes;
}

EntryMemory::Hashes EntryMemory::of(SourceId source, std::uint64_t payload_hash) const {
  MutexLock lock(mutex_);
  const auto found = documents_.find(source);
  if (found == documents_.end() || found->second.payload_hash != payload_hash) return nullptr;
  return found->second.hashes;
}

void EntryMemory::keep(SourceId source, std::uint64_t payload_hash,
                       std::vector<std::uint64_t> hashes) {
  const std::size_t added = hashes.size();
  auto kept = std::make_shared<const std::vector<std::uint64_t>>(std::move(hashes));
  MutexLock lock(mutex_);
  Document& document = documents_[source];
  if (document.hashes) entries_ -= document.hashes->size();
  document = {.payload_hash = payload_hash, .hashes = std::move(kept)};
  entries_ += added;
  for (auto other = documents_.begin(); entries_ > entries_max_ && other != documents_.end();) {
    entries_ -= other->second.hashes->size();
    other = documents_.erase(other);
  }
}

}  // namespace tidings::pipeline
