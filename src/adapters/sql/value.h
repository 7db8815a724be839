// What goes into a statement: the five kinds of value that both databases know.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "core/hash.h"
#include "core/ids.h"
#include "core/time.h"
#include "ports/store_rules.h"

namespace tidings::sql {

struct Null {};
struct Blob {
  std::string_view bytes;
};
using Value = std::variant<Null, std::int64_t, double, std::string_view, Blob>;

// The parameters of one statement, or of one statement many times over, list after list. Texts and
// blobs are borrowed, except where a text had to be made storable or `keep` was asked for.
class Parameters {
 public:
  Parameters() = default;
  template <class... Args>
  explicit Parameters(const Args&... args) {
    add(args...);
  }
  Parameters(Parameters&&) noexcept = default;  // the strings stay where they are
  Parameters& operator=(Parameters&&) noexcept = default;

  template <class... Args>
  void add(const Args&... args) {
    (push(args), ...);
  }

  // A text or blob that the parameters own from here on.
  std::string_view keep(std::string bytes) { return owned_.emplace_back(std::move(bytes)); }

  std::span<const Value> values() const { return values_; }
  bool empty() const { return values_.empty(); }

 private:
  template <class T>
    requires std::is_integral_v<T> || std::is_enum_v<T>
  void push(T number) {
    values_.emplace_back(static_cast<std::int64_t>(number));
  }
  void push(double number) { values_.emplace_back(number); }
  void push(Time time) { values_.emplace_back(to_micros(time)); }
  void push(Null) { values_.emplace_back(Null{}); }
  void push(Blob blob) { values_.emplace_back(blob); }
  void push(const Hash128& hash) {
    push(Blob{{reinterpret_cast<const char*>(hash.data()), hash.size()}});
  }
  void push(std::string_view text) {
    std::string buffer;
    std::string_view storable = storable_text(text, buffer);
    if (storable.data() == buffer.data()) storable = keep(std::move(buffer));
    values_.emplace_back(storable);
  }
  void push(const std::string& text) { push(std::string_view(text)); }
  void push(const char* text) { push(std::string_view(text)); }
  template <class T>
  void push(const std::optional<T>& optional) {
    optional ? push(*optional) : push(Null{});
  }

  std::vector<Value> values_;
  std::deque<std::string> owned_;  // its strings never move
};

}  // namespace tidings::sql
