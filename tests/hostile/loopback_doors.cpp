#include "tests/hostile/loopback_doors.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/check.h"

namespace tidings::hostile {
namespace {

int make_socket(int family) {
  const int made = socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  CHECK(made >= 0 || family == AF_INET6);
  return made;
}

sockaddr_in v4(const std::string& ip, std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  CHECK(inet_pton(AF_INET, ip.c_str(), &address.sin_addr) == 1);
  return address;
}

std::uint16_t bind_v4(int socket, const std::string& ip) {
  sockaddr_in address = v4(ip, 0);
  socklen_t size = sizeof address;
  CHECK(bind(socket, reinterpret_cast<sockaddr*>(&address), size) == 0);
  CHECK(getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) == 0);
  return ntohs(address.sin_port);
}

// False where the machine has no IPv6, or the port is taken there.
bool listen_v6(int socket, std::uint16_t port) {
  if (socket < 0) return false;
  sockaddr_in6 address{};
  address.sin6_family = AF_INET6;
  address.sin6_port = htons(port);
  address.sin6_addr = in6addr_loopback;
  return bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
         listen(socket, 1000) == 0;
}

}  // namespace

LoopbackDoors::LoopbackDoors(const std::string& ip) {
  const int trap = make_socket(AF_INET), trap_v6 = make_socket(AF_INET6);
  traps_.push_back(trap);
  trap_port_ = bind_v4(trap, "127.0.0.1");
  CHECK(listen(trap, 1000) == 0);
  if (listen_v6(trap_v6, trap_port_)) {
    traps_.push_back(trap_v6);
  } else if (trap_v6 >= 0) {
    close(trap_v6);
  }
  const int full = make_socket(AF_INET), closed = make_socket(AF_INET);
  others_ = {full, closed};
  full_port_ = bind_v4(full, ip);
  CHECK(listen(full, 0) == 0);
  const sockaddr_in address = v4(ip, full_port_);
  for (int i = 0; i < 4; ++i) {  // one fills it; what the kernel lets in beyond that differs
    others_.push_back(make_socket(AF_INET));
    connect(others_.back(), reinterpret_cast<const sockaddr*>(&address), sizeof address);
  }
  closed_port_ = bind_v4(closed, ip);  // taken, so that nobody else listens there
}

LoopbackDoors::~LoopbackDoors() {
  for (const int socket : traps_) close(socket);
  for (const int socket : others_) close(socket);
}

std::size_t LoopbackDoors::knocks() {
  for (const int trap : traps_) {
    while (true) {
      const int knock = accept(trap, nullptr, nullptr);
      if (knock < 0) break;
      close(knock);
      ++knocks_;
    }
  }
  return knocks_;
}

}  // namespace tidings::hostile
