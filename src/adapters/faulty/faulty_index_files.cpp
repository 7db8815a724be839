#include "adapters/faulty/faulty_index_files.h"

#include <optional>
#include <set>
#include <utility>

namespace tidings::faulty {
namespace {

class OpenFile final : public IndexFile {
 public:
  explicit OpenFile(std::shared_ptr<const std::string> bytes) : bytes_(std::move(bytes)) {}
  std::string_view bytes() const override { return *bytes_; }

 private:
  std::shared_ptr<const std::string> bytes_;
};

std::shared_ptr<const std::string> shared(std::string bytes) {
  return std::make_shared<const std::string>(std::move(bytes));
}

}  // namespace

class FaultyIndexFiles::Writer final : public IndexFileWriter {
 public:
  Writer(FaultyIndexFiles& files, std::string name) : files_(files), name_(std::move(name)) {}
  Result<void> append(std::string_view bytes) override { return files_.append(name_, bytes); }
  Result<void> finish() override { return files_.finish(name_); }

 private:
  FaultyIndexFiles& files_;
  std::string name_;
};

void FaultyIndexFiles::fail_at(std::uint64_t operation) {
  const MutexLock lock(mutex_);
  fail_at_ = operation;
}

void FaultyIndexFiles::set_full(bool is_full) {
  const MutexLock lock(mutex_);
  is_full_ = is_full;
}

void FaultyIndexFiles::crash_at(std::uint64_t operation) {
  const MutexLock lock(mutex_);
  crash_at_ = operation;
}

bool FaultyIndexFiles::has_crashed() const {
  const MutexLock lock(mutex_);
  return has_crashed_;
}

std::uint64_t FaultyIndexFiles::operations() const {
  const MutexLock lock(mutex_);
  return operations_;
}

FaultyIndexFiles::Effect FaultyIndexFiles::next(std::optional<Error>& error, bool is_write) const {
  if (has_crashed_) {
    error = unavailable("the power is gone");
    return Effect::None;
  }
  ++operations_;
  if (operations_ == crash_at_) {
    has_crashed_ = true;
    error = unavailable("the power is gone");
    constexpr Effect kEffects[] = {Effect::Whole, Effect::Some, Effect::None};
    return kEffects[random_() % 3];
  }
  if (operations_ == fail_at_ || (is_full_ && is_write)) {
    error = Error{ErrorKind::Unavailable, "no space left", "disk_full"};
    return Effect::Some;
  }
  return Effect::Whole;
}

// A beginning, and perhaps zeros where the rest should be.
std::string FaultyIndexFiles::part_of(std::string_view bytes) const {
  std::string part(bytes.substr(0, random_() % (bytes.size() + 1)));
  if (flips()) part.resize(bytes.size());
  return part;
}

// What is left of a file that nothing made durable, or of what was there before it.
void FaultyIndexFiles::survive(const std::string& name, Files& left) const {
  const auto place = [&](const Files& files) {
    const auto found = files.find(name);
    return found == files.end() ? nullptr : &found->second;
  };
  const File* now = place(visible_);
  const File* before = place(durable_);
  const bool is_same = now != nullptr && before != nullptr && now->bytes == before->bytes;
  const File* chosen = is_same || flips() ? now : before;
  if (chosen == nullptr) return;
  File file = *chosen;
  if (!file.is_finished) file.bytes = shared(part_of(*file.bytes));
  left[name] = {.bytes = file.bytes, .is_finished = true};
}

void FaultyIndexFiles::restart() {
  const MutexLock lock(mutex_);
  std::set<std::string> names;
  for (const auto& [name, file] : visible_) names.insert(name);
  for (const auto& [name, file] : durable_) names.insert(name);
  Files left;
  for (const std::string& name : names) survive(name, left);
  visible_ = durable_ = std::move(left);
  operations_ = 0;
  fail_at_ = crash_at_ = kNever;
  has_crashed_ = is_full_ = false;
}

void FaultyIndexFiles::flip_bit(const std::string& name, std::uint64_t bit) {
  const MutexLock lock(mutex_);
  File& file = visible_.at(name);
  std::string bytes = *file.bytes;
  bytes.at(bit / 8) = static_cast<char>(bytes.at(bit / 8) ^ (1 << (bit % 8)));
  file.bytes = shared(std::move(bytes));
  durable_[name] = file;
}

Result<std::unique_ptr<IndexFileWriter>> FaultyIndexFiles::create(std::string_view name) {
  const MutexLock lock(mutex_);
  std::optional<Error> error;
  const Effect effect = next(error, true);
  if (effect == Effect::Whole || (effect == Effect::Some && flips()))
    visible_[std::string(name)] = {.bytes = shared("")};
  if (error) return *std::move(error);
  return std::unique_ptr<IndexFileWriter>(std::make_unique<Writer>(*this, std::string(name)));
}

Result<void> FaultyIndexFiles::append(const std::string& name, std::string_view bytes) {
  const MutexLock lock(mutex_);
  std::optional<Error> error;
  const Effect effect = next(error, true);
  const auto file = visible_.find(name);
  if (file != visible_.end() && effect != Effect::None)
    file->second.bytes = shared(*file->second.bytes +
                                (effect == Effect::Whole ? std::string(bytes) : part_of(bytes)));
  if (error) return *std::move(error);
  return {};
}

Result<void> FaultyIndexFiles::finish(const std::string& name) {
  const MutexLock lock(mutex_);
  std::optional<Error> error;
  const Effect effect = next(error, true);
  const auto file = visible_.find(name);
  if (file != visible_.end() && effect == Effect::Whole) file->second.is_finished = true;
  if (error) return *std::move(error);
  return {};
}

Result<std::unique_ptr<IndexFile>> FaultyIndexFiles::open(std::string_view name) const {
  const MutexLock lock(mutex_);
  std::optional<Error> error;
  next(error, false);
  if (error) return *std::move(error);
  const auto found = visible_.find(name);
  if (found == visible_.end()) return not_found(std::string(name) + ": no such file of the index");
  return std::unique_ptr<IndexFile>(std::make_unique<OpenFile>(found->second.bytes));
}

Result<void> FaultyIndexFiles::replace(std::string_view name, std::string_view bytes) {
  const MutexLock lock(mutex_);
  std::optional<Error> error;
  const Effect effect = next(error, true);
  const bool is_done = effect == Effect::Whole || (effect == Effect::Some && flips());
  if (is_done) {
    visible_[std::string(name)] = {.bytes = shared(std::string(bytes)), .is_finished = true};
    // What comes first is kept first: a file that the new bytes name is there where they are.
    durable_ = visible_;
  } else if (effect == Effect::Some) {
    visible_[std::string(name) + ".new"] = {.bytes = shared(part_of(bytes))};
  }
  if (error) return *std::move(error);
  return {};
}

Result<void> FaultyIndexFiles::remove(std::string_view name) {
  const MutexLock lock(mutex_);
  std::optional<Error> error;
  // A full disk has room for what is removed.
  const Effect effect = next(error, false);
  const auto found = visible_.find(name);
  if (found != visible_.end() && effect == Effect::Whole) visible_.erase(found);
  if (error) return *std::move(error);
  return {};
}

Result<std::vector<std::string>> FaultyIndexFiles::list() const {
  const MutexLock lock(mutex_);
  std::optional<Error> error;
  next(error, false);
  if (error) return *std::move(error);
  std::vector<std::string> names;
  names.reserve(visible_.size());
  for (const auto& [name, file] : visible_) names.push_back(name);
  return names;
}

}  // namespace tidings::faulty
