#include "app/data_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include <fmt/format.h>

#include "core/strings.h"

namespace tidings::app {

Result<DataLock> DataLock::take(const std::filesystem::path& data) {
  std::error_code error;
  std::filesystem::create_directories(data, error);
  const std::filesystem::path path = data / "tidings.lock";
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) {
    return invalid_input(fmt::format("{}: {}; name another folder with --data", path.string(),
                                     std::strerror(errno)));
  }
  DataLock lock(file);
  if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
    std::array<char, 32> holder{};
    const ssize_t count = ::read(file, holder.data(), holder.size());
    const std::string_view pid =
        trim({holder.data(), static_cast<std::size_t>(count > 0 ? count : 0)});
    return Error{ErrorKind::Conflict,
                 fmt::format("{} is in use by another server (process {}): stop it, or name "
                             "another folder with --data",
                             data.string(), pid),
                 "data_folder_in_use"};
  }
  const std::string pid = fmt::format("{}\n", ::getpid());
  if (::ftruncate(file, 0) != 0 || ::pwrite(file, pid.data(), pid.size(), 0) < 0) {
    return unavailable(fmt::format("{}: {}", path.string(), std::strerror(errno)));
  }
  return lock;
}

DataLock::~DataLock() {
  if (file_ >= 0) ::close(file_);
}

}  // namespace tidings::app
