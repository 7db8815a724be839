#include "tests/hostile/played_names.h"

#include <arpa/inet.h>
#include <dlfcn.h>
#include <netdb.h>
#include <netinet/in.h>

#include <cstdlib>
#include <cstring>
#include <map>
#include <optional>

#include "core/check.h"
#include "core/mutex.h"
#include "core/strings.h"

namespace tidings::hostile {
namespace {

struct Played {
  std::vector<std::string> lookups;
  std::size_t count = 0;
};

struct Table {
  Mutex mutex;
  Condition changed;
  bool is_on GUARDED_BY(mutex) = false;
  std::size_t hanging GUARDED_BY(mutex) = 0;
  std::map<std::string, Played> names GUARDED_BY(mutex);
};

// Of the process, as the resolver is.
Table& table() {
  static Table* const kept = new Table;
  return *kept;
}

// What this lookup gives; nothing for names that are not played. Waits where it hangs.
std::optional<std::string> next_lookup(const std::string& name) {
  Table& all = table();
  MutexLock lock(all.mutex);
  const auto found = all.names.find(name);
  if (!all.is_on || found == all.names.end()) return std::nullopt;
  Played& played = found->second;
  const std::string given = played.lookups[std::min(played.count, played.lookups.size() - 1)];
  ++played.count;
  if (given != "hang") return given;
  ++all.hanging;
  while (all.is_on) all.changed.wait(all.mutex);
  --all.hanging;
  all.changed.notify_all();
  return "fail";
}

// One block for entry and address, as freeaddrinfo() below takes it.
struct Block {
  addrinfo entry;
  sockaddr_storage address;
};

addrinfo* make_entry(const std::string& ip, std::uint16_t port, int socket_type) {
  auto* const block = static_cast<Block*>(std::calloc(1, sizeof(Block)));
  CHECK(block != nullptr);
  block->entry.ai_socktype = socket_type != 0 ? socket_type : SOCK_STREAM;
  block->entry.ai_protocol = IPPROTO_TCP;
  block->entry.ai_addr = reinterpret_cast<sockaddr*>(&block->address);
  auto* const v4 = reinterpret_cast<sockaddr_in*>(&block->address);
  auto* const v6 = reinterpret_cast<sockaddr_in6*>(&block->address);
  if (inet_pton(AF_INET, ip.c_str(), &v4->sin_addr) == 1) {
    v4->sin_family = AF_INET;
    v4->sin_port = htons(port);
    block->entry.ai_addrlen = sizeof(sockaddr_in);
  } else {
    CHECK(inet_pton(AF_INET6, ip.c_str(), &v6->sin6_addr) == 1);
    v6->sin6_family = AF_INET6;
    v6->sin6_port = htons(port);
    block->entry.ai_addrlen = sizeof(sockaddr_in6);
  }
  block->entry.ai_family = block->address.ss_family;
  return &block->entry;
}

// The C library's own list is one block for each entry too, but whose is whose must be known.
constexpr int kOursFlag = 1 << 30;

int answer(const std::string& given, const char* service, const addrinfo* hints,
           addrinfo** result) {
  if (given == "fail") return EAI_NONAME;
  const auto port = static_cast<std::uint16_t>(service != nullptr ? std::atoi(service) : 0);
  const int family = hints != nullptr ? hints->ai_family : AF_UNSPEC;
  const int type = hints != nullptr ? hints->ai_socktype : 0;
  addrinfo* first = nullptr;
  addrinfo** last = &first;
  for (const std::string_view ip : split(given, ',')) {
    const bool is_v6 = ip.find(':') != std::string_view::npos;
    if (family != AF_UNSPEC && family != (is_v6 ? AF_INET6 : AF_INET)) continue;
    *last = make_entry(std::string(ip), port, type);
    (*last)->ai_flags = kOursFlag;
    last = &(*last)->ai_next;
  }
  *result = first;
  return first != nullptr ? 0 : EAI_NONAME;
}

}  // namespace

PlayedNames::PlayedNames() {
  MutexLock lock(table().mutex);
  CHECK(!table().is_on);
  table().is_on = true;
}

PlayedNames::~PlayedNames() {
  Table& all = table();
  MutexLock lock(all.mutex);
  all.is_on = false;
  all.changed.notify_all();
  while (all.hanging > 0) all.changed.wait(all.mutex);
  all.names.clear();
}

void PlayedNames::play(const std::string& name, std::vector<std::string> lookups) {
  CHECK(!lookups.empty());
  MutexLock lock(table().mutex);
  table().names[name] = {.lookups = std::move(lookups)};
}

std::size_t PlayedNames::lookups(const std::string& name) const {
  MutexLock lock(table().mutex);
  const auto found = table().names.find(name);
  return found == table().names.end() ? 0 : found->second.count;
}

}  // namespace tidings::hostile

// The program's own come before the C library's, for all libraries that it loads.
extern "C" int getaddrinfo(const char* node, const char* service, const addrinfo* hints,
                           addrinfo** result) {
  using namespace tidings::hostile;
  if (node != nullptr) {
    if (const std::optional<std::string> given = next_lookup(node))
      return answer(*given, service, hints, result);
  }
  static const auto real =
      reinterpret_cast<decltype(&getaddrinfo)>(dlsym(RTLD_NEXT, "getaddrinfo"));
  return real(node, service, hints, result);
}

extern "C" void freeaddrinfo(addrinfo* list) {
  if (list == nullptr) return;
  if ((list->ai_flags & tidings::hostile::kOursFlag) == 0) {
    static const auto real =
        reinterpret_cast<decltype(&freeaddrinfo)>(dlsym(RTLD_NEXT, "freeaddrinfo"));
    return real(list);
  }
  while (list != nullptr) {
    addrinfo* const next = list->ai_next;
    std::free(list);
    list = next;
  }
}
