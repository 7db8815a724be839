#include "pipeline/local_source.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "core/strings.h"
#include "parse/mail.h"
#include "pipeline/documents.h"
#include "pipeline/raw_objects.h"

namespace tidings::pipeline {
namespace {

constexpr std::size_t kFilesMax = 200;
constexpr std::size_t kFilesListedMax = 1'000;
constexpr std::size_t kBytesMax = 64'000'000;
constexpr Duration kSettled = std::chrono::seconds(2);

// "folder:/srv/news" names /srv/news.
std::string path_of(const Source& source) {
  const std::string& address = source.settings.url;
  return address.substr(address.find(':') + 1);
}

Time time_of_cursor(const std::string& cursor) {
  return from_micros(parse_int(cursor).value_or(0));
}

// Ends the news with files of one moment together, since the cursor is a moment.
class Batch {
 public:
  explicit Batch(Time now) : now_(now) {}

  bool takes(const LocalFile& file) {
    if (file.changed_at + kSettled > now_) return false;
    const bool is_full = files_ >= kFilesMax || bytes_ >= kBytesMax;
    if (is_full && file.changed_at != last_) return false;
    ++files_;
    bytes_ += static_cast<std::size_t>(file.size_bytes);
    last_ = file.changed_at;
    return true;
  }

 private:
  const Time now_;
  Time last_{};
  std::size_t files_ = 0, bytes_ = 0;
};

// Goes through the files that changed since the cursor; `take` gets each with its bytes.
template <class Take>
Result<void> each_new_file(const Source& source, const LocalFiles& files, Time now, LocalNews& news,
                           Take take) {
  const std::string folder = path_of(source);
  const std::vector<LocalFile> found =
      TRY(files.list(folder, time_of_cursor(news.cursor), kFilesListedMax));
  Batch batch(now);
  for (const LocalFile& file : found) {
    if (!batch.takes(file)) {
      news.has_more = true;
      return {};
    }
    news.cursor = std::to_string(to_micros(file.changed_at));
    if (static_cast<std::size_t>(file.size_bytes) > kDocumentBytesMax) {
      news.rejected.push_back(
          fmt::format("{} is larger than {} MB.", file.name, kDocumentBytesMax / 1'000'000));
      continue;
    }
    const Result<std::string> bytes = files.read(folder, file.name, 0, kDocumentBytesMax);
    if (!bytes && bytes.error().kind == ErrorKind::NotFound) continue;  // taken away meanwhile
    if (!bytes) return bytes.error();
    take(file, *bytes);
  }
  news.has_more = found.size() == kFilesListedMax;
  return {};
}

Result<LocalNews> read_folder(const Source& source, const LocalFiles& files,
                              const DocumentConverter& converter, Time now) {
  LocalNews news{.cursor = source.state.etag};
  std::optional<Error> missing;  // a program without which documents cannot be read
  TRY(each_new_file(source, files, now, news, [&](const LocalFile& file, const std::string& bytes) {
    Result<Entry> entry = read_document(
        {.name = file.name, .bytes = bytes, .modified_at = file.modified_at}, converter);
    if (!entry) {
      if (entry.error().kind == ErrorKind::Unavailable) missing = entry.error();
      news.rejected.push_back(file.name + ": " + entry.error().message);
      return;
    }
    news.objects.push_back(raw_object(source.id, bytes, now));
    news.objects.push_back(
        processed_object(source.id, bytes, document_json(file.name, *entry), now));
    news.feed.entries.push_back(*std::move(entry));
  }));
  if (missing) return *missing;  // and the cursor stays: they are read once it is there
  return news;
}

// `delivered_at` stands in for a missing Date.
void take_message(LocalNews& news, std::string_view name, std::string_view bytes,
                  std::optional<Time> delivered_at) {
  Result<Entry> entry = parse::read_message(bytes);
  if (!entry) {
    news.rejected.push_back(std::string(name) + ": " + entry.error().message);
    return;
  }
  if (!entry->published) entry->published = delivered_at;
  news.feed.entries.push_back(*std::move(entry));
}

// Messages lie in new/ and cur/; what is in tmp/ is still being delivered (maildir(5)).
Result<LocalNews> read_maildir(const Source& source, const LocalFiles& files, Time now) {
  LocalNews news{.cursor = source.state.etag};
  TRY(each_new_file(source, files, now, news, [&](const LocalFile& file, const std::string& bytes) {
    if (file.name.starts_with("new/") || file.name.starts_with("cur/")) {
      take_message(news, file.name, bytes, file.modified_at);
      news.objects.push_back(raw_object(source.id, bytes, now));
    }
  }));
  return news;
}

// An mbox grows at its end: the cursor is where the next message will begin. One that became
// shorter was put in order, and is read again; what was known stays known.
Result<LocalNews> read_mbox(const Source& source, const LocalFiles& files, Time now) {
  const std::filesystem::path path = path_of(source);
  const std::string folder = path.parent_path().string(), name = path.filename().string();
  const LocalFile file = TRY(files.look_at(folder, name));
  std::int64_t offset = parse_int(source.state.etag).value_or(0);
  if (offset < 0 || offset > file.size_bytes) offset = 0;
  LocalNews news{.cursor = std::to_string(offset)};
  if (offset == file.size_bytes) return news;

  const std::string bytes = TRY(files.read(folder, name, offset, kBytesMax));
  std::vector<parse::MboxMessage> messages = parse::split_mbox(bytes);
  std::size_t consumed = bytes.size();
  const bool ends_with_file = offset + static_cast<std::int64_t>(bytes.size()) == file.size_bytes;
  const bool is_settled = file.changed_at + kSettled <= now;
  const bool is_last_whole = ends_with_file && is_settled;
  if (!is_last_whole && !messages.empty() && (messages.size() > 1 || ends_with_file)) {
    consumed = messages.back().begin;
    messages.pop_back();
  }
  news.has_more = !is_last_whole;
  for (const parse::MboxMessage& message : messages)
    take_message(news, name, message.bytes, message.delivered_at);
  if (!messages.empty())
    news.objects.push_back(raw_object(source.id, std::string_view(bytes).substr(0, consumed), now));
  news.cursor = std::to_string(offset + static_cast<std::int64_t>(consumed));
  return news;
}

}  // namespace

Result<LocalNews> read_local_source(const Source& source, const LocalFiles& files,
                                    const DocumentConverter& converter, Time now) {
  if (source.settings.url.starts_with("mbox:")) return read_mbox(source, files, now);
  return kind_of(source.settings.url) == SourceKind::Mailbox
             ? read_maildir(source, files, now)
             : read_folder(source, files, converter, now);
}

}  // namespace tidings::pipeline
