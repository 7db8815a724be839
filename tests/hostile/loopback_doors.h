// Listeners on loopback that are traps: private ones that count who knocks, one that is full, one
// that is closed.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace tidings::hostile {

class LoopbackDoors {
 public:
  // `ip` is where the full and the closed door are; the trap is at 127.0.0.1 and, where the machine
  // has it, [::1].
  explicit LoopbackDoors(const std::string& ip);
  ~LoopbackDoors();
  LoopbackDoors(const LoopbackDoors&) = delete;
  LoopbackDoors& operator=(const LoopbackDoors&) = delete;

  std::uint16_t trap_port() const { return trap_port_; }
  std::uint16_t full_port() const { return full_port_; }
  std::uint16_t closed_port() const { return closed_port_; }
  // Connections that came to the traps so far.
  std::size_t knocks();

 private:
  std::vector<int> traps_, others_;
  std::size_t knocks_ = 0;
  std::uint16_t trap_port_ = 0, full_port_ = 0, closed_port_ = 0;
};

}  // namespace tidings::hostile
