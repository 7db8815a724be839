// A resolver of our own: what the whole process gets for names that a test plays. Others are looked
// up as always.
#pragma once

#include <memory>
#include <string>
#include <vector>

namespace tidings::hostile {

// One at a time. Names stop being played, and lookups that hang end, when it goes.
class PlayedNames {
 public:
  PlayedNames();
  ~PlayedNames();
  PlayedNames(const PlayedNames&) = delete;
  PlayedNames& operator=(const PlayedNames&) = delete;

  // What a name's lookups give in turn, the last for all further ones: "fail", "hang", or addresses
  // with commas between them.
  void play(const std::string& name, std::vector<std::string> lookups);
  std::size_t lookups(const std::string& name) const;  // so far
};

}  // namespace tidings::hostile
