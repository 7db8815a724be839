#include "app/master_keys.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include <fmt/format.h>

#include "adapters/filesystem/file.h"
#include "core/cryptography.h"
#include "core/encoding.h"
#include "core/time.h"

namespace tidings::app {
namespace {

using filesystem::File;

std::string_view from_environment() {
  const char* value = std::getenv(std::string(kSecretsKeyVariable).c_str());
  return value == nullptr ? std::string_view() : std::string_view(value);
}

std::filesystem::path key_path(const Settings& settings) {
  return settings.secrets_key_file.empty() ? settings.data / "tidings.key"
                                           : std::filesystem::path(settings.secrets_key_file);
}

Error cannot(std::string_view what, const std::filesystem::path& path) {
  return unavailable(fmt::format("{} {}: {}", what, path.string(), std::strerror(errno)));
}

// As ssh does with its keys: what others can read is no secret, what they can write is theirs.
Result<void> check_owner_only(const File& file, const std::filesystem::path& path) {
  constexpr off_t kFileBytesMax = 65'536;
  struct stat status{};
  if (::fstat(file.get(), &status) != 0) return cannot("read", path);
  if (!S_ISREG(status.st_mode) || status.st_size > kFileBytesMax)
    return invalid_input(fmt::format("{} is no file of keys", path.string()));
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return Error{ErrorKind::Forbidden,
                 fmt::format("{} can be used by others than its owner (mode {:04o}): run `chmod "
                             "600 {}`, and change the key if others may have read it",
                             path.string(), status.st_mode & 07777, path.string()),
                 {}};
  }
  return {};
}

Result<SecretText> read_keys(const std::filesystem::path& path) {
  const File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file && errno == ENOENT) {
    return not_found(fmt::format(
        "the key file {} is not there: bring it back from where it was kept, or name another with "
        "secrets.key_file; secrets that it sealed cannot be opened without it",
        path.string()));
  }
  if (!file) return cannot("read", path);
  TRY(check_owner_only(file, path));
  return SecretText(TRY(with_context(filesystem::read_all(file), path.string())));
}

std::string key_line(const MasterKey& key) {
  return fmt::format("# {} of {}\n{}\n", key.id(), format_rfc3339(SystemClock().now()),
                     key.text().view());
}

// The new file, which nobody else has made. Conflict where it is there.
Result<File> create(const std::filesystem::path& path) {
  File file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!file && errno == EEXIST) {
    return Error{ErrorKind::Conflict,
                 fmt::format("{} is there already: another process is changing the keys, or was "
                             "cut off; remove the file if none is",
                             path.string()),
                 {}};
  }
  if (!file) return cannot("write", path);
  return file;
}

Result<void> write_keys(const File& file, const std::filesystem::path& path, std::string_view first,
                        std::string_view others) {
  TRY(with_context(filesystem::write_all(file, first, others), path.string()));
  if (::fsync(file.get()) != 0) return cannot("write", path);
  return {};
}

void sync_folder_of(const std::filesystem::path& path) {
  const File folder(::open(path.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder) ::fsync(folder.get());
}

// Whole or not at all, and never over a file that another process made meanwhile.
Result<void> make_key_file(const std::filesystem::path& path) {
  std::error_code ignored;
  std::filesystem::create_directories(path.parent_path(), ignored);
  std::filesystem::path draft = path;
  draft += "." + hex(random_bytes(8));
  const File file = TRY(create(draft));
  Result<void> outcome = write_keys(file, draft, key_line(MasterKey::generate()), "");
  if (outcome && ::link(draft.c_str(), path.c_str()) != 0 && errno != EEXIST)
    outcome = cannot("make", path);
  ::unlink(draft.c_str());
  sync_folder_of(path);
  return outcome;
}

}  // namespace

Result<Keyring> load_keys(const Settings& settings, KeyUse use) {
  if (!from_environment().empty())
    return with_context(parse_keyring(from_environment()), kSecretsKeyVariable);
  const std::filesystem::path path = key_path(settings);
  Result<SecretText> text = read_keys(path);
  const bool is_ours_to_make = settings.secrets_key_file.empty() && use == KeyUse::Seal;
  if (!text && text.error().kind == ErrorKind::NotFound && is_ours_to_make) {
    TRY(make_key_file(path));
    text = read_keys(path);
  }
  const SecretText keys = TRY(std::move(text));
  return with_context(parse_keyring(keys.view()), path.string());
}

std::unique_ptr<Sealer> make_sealer(const Settings& settings) {
  return std::make_unique<Sealer>([settings](KeyUse use) { return load_keys(settings, use); });
}

Result<std::string> add_key(const Settings& settings) {
  if (!from_environment().empty()) {
    return invalid_input(
        fmt::format("the keys come from {}: put a new one in front there (`openssl rand -base64 "
                    "32`), keep the old one behind it, and run `tidings secrets rotate --keep-key`",
                    kSecretsKeyVariable));
  }
  TRY(load_keys(settings, KeyUse::Seal));
  const std::filesystem::path path = key_path(settings);
  std::filesystem::path draft = path;
  draft += ".new";
  const MasterKey key = MasterKey::generate();
  // The draft's name is the lock: read behind it, so that no key is lost to another rotation.
  const File lock = TRY(create(draft));
  const auto replace = [&]() -> Result<void> {
    const SecretText before = TRY(read_keys(path));
    TRY(write_keys(lock, draft, key_line(key), before.view()));
    if (::rename(draft.c_str(), path.c_str()) != 0) return cannot("replace", path);
    return {};
  };
  const Result<void> replaced = replace();
  if (!replaced) {
    ::unlink(draft.c_str());
    return replaced.error();
  }
  sync_folder_of(path);
  return key.id();
}

}  // namespace tidings::app
