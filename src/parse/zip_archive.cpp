#include "parse/zip_archive.h"

#include <algorithm>
#include <utility>

#include <zip.h>

namespace tidings::parse {
namespace {

constexpr std::size_t kPieceBytes = 65'536;

Error bad_zip(std::string code, std::string message) {
  return {ErrorKind::InvalidInput, std::move(message), std::move(code)};
}

struct CloseMember {
  void operator()(zip_file_t* member) const { zip_fclose(member); }
};

}  // namespace

void ZipArchive::Close::operator()(zip* archive) const {
  zip_discard(archive);
}

Result<ZipArchive> ZipArchive::open(std::string_view bytes, std::size_t members_max) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  zip* opened = source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &error);
  zip_error_fini(&error);
  if (opened == nullptr) {
    if (source != nullptr) zip_source_free(source);
    return bad_zip("not_a_zip", "The file is no ZIP archive, or is damaged.");
  }
  std::unique_ptr<zip, Close> archive(opened);
  if (zip_get_num_entries(opened, 0) > static_cast<zip_int64_t>(members_max))
    return bad_zip("not_a_zip", "The archive has more members than a document would.");
  return ZipArchive(std::move(archive));
}

Result<std::string> ZipArchive::read(const std::string& name, std::size_t bytes_max) const {
  const zip_int64_t index = zip_name_locate(archive_.get(), name.c_str(), 0);
  if (index < 0) return not_found("the archive has no " + name);
  const std::unique_ptr<zip_file_t, CloseMember> member(
      zip_fopen_index(archive_.get(), static_cast<zip_uint64_t>(index), 0));
  if (member == nullptr) return bad_zip("malformed", name + " is damaged or encrypted.");
  std::string bytes;
  while (true) {
    const std::size_t had = bytes.size();
    bytes.resize(had + kPieceBytes);
    const zip_int64_t got = zip_fread(member.get(), bytes.data() + had, kPieceBytes);
    if (got < 0) return bad_zip("malformed", name + " is damaged.");
    bytes.resize(had + static_cast<std::size_t>(got));
    if (bytes.size() > bytes_max) return bad_zip("too_large", name + " is too large.");
    if (got == 0) return bytes;
  }
}

}  // namespace tidings::parse
