// Lists of fields that serve both writing and reading.
#pragma once

#include <concepts>
#include <type_traits>

namespace tidings::sql {

// `template <class Archive, Form<Noun> T> void fields(Archive& archive, T& noun)` gives each field
// to `archive`: writing looks at a const noun, reading fills one.
template <class T, class Noun>
concept Form = std::same_as<std::remove_const_t<T>, Noun>;

}  // namespace tidings::sql
