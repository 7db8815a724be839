#include "adapters/filesystem/file.h"

#include <algorithm>
#include <cerrno>
#include <system_error>

#include <sys/stat.h>
#include <sys/uio.h>

namespace tidings::filesystem {

Error system_error(std::string_view what) {
  const int number = errno;
  const bool is_full = number == ENOSPC || number == EDQUOT || number == EFBIG;
  return {ErrorKind::Unavailable,
          std::string(what) + ": " + std::generic_category().message(number) +
              (is_full ? " (free some space)" : ""),
          is_full ? "disk_full" : "io_error"};
}

Result<void> write_all(const File& file, std::string_view first, std::string_view second) {
  while (!first.empty() || !second.empty()) {
    const iovec parts[] = {{const_cast<char*>(first.data()), first.size()},
                           {const_cast<char*>(second.data()), second.size()}};
    const ssize_t written = writev(file.get(), parts, 2);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return system_error("write an object");
    const auto of_first = std::min(static_cast<std::size_t>(written), first.size());
    first.remove_prefix(of_first);
    second.remove_prefix(static_cast<std::size_t>(written) - of_first);
  }
  return {};
}

Result<std::string> read_all(const File& file) {
  struct stat status{};
  if (fstat(file.get(), &status) != 0) return system_error("read an object");
  std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t count = read(file.get(), &bytes[done], bytes.size() - done);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return system_error("read an object");
    if (count == 0) break;
    done += static_cast<std::size_t>(count);
  }
  bytes.resize(done);
  return bytes;
}

}  // namespace tidings::filesystem
