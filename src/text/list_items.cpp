#include "text/list_items.h"

#include "core/strings.h"

namespace tidings::text {

ListItems::Item ListItems::item_at(std::size_t begin) const {
  const auto at = [&](std::size_t position) {
    return position < text_.size() ? text_[position] : '\0';
  };
  const bool has_bracket = at(begin) == '(';
  std::size_t end = begin + (has_bracket ? 1 : 0);
  Item item;
  if (is_alpha(at(end))) {
    item.is_letter = true;
    item.value = static_cast<std::uint32_t>(to_lower(at(end++)) - 'a');
  } else {
    for (; is_digit(at(end)) && item.value < 100; ++end) {
      item.value = item.value * 10 + static_cast<std::uint32_t>(at(end) - '0');
    }
    if (end == begin + (has_bracket ? 1 : 0)) return {};
  }
  const bool has_point = at(end) == '.';
  if (has_point) ++end;
  const bool closes = at(end) == ')';
  if (closes) ++end;
  if (at(end) != ' ' || (has_bracket && (!closes || has_point)) || (!closes && !has_point))
    return {};
  // A point alone says little: what follows must look like a beginning.
  if (!closes && !(at(end + 1) >= 'A' && at(end + 1) <= 'Z')) return {};
  item.end = end;
  item.style = has_bracket ? Style::Brackets
               : !closes   ? Style::Point
               : has_point ? Style::PointBracket
                           : Style::Bracket;
  return item;
}

void ListItems::open_sentence(std::size_t sentence_begin, std::size_t word_begin) {
  const bool has_bracket = word_begin > sentence_begin && text_[word_begin - 1] == '(';
  last_ = item_at(word_begin - (has_bracket ? 1 : 0));
}

bool ListItems::is_next_item(std::size_t begin) const {
  if (last_.style == Style::None || begin == 0 || !is_space(text_[begin - 1])) return false;
  const Item item = item_at(begin);
  // "A. B. Morel" is no list of two.
  if (begin <= last_.end + 1) return false;
  return item.style == last_.style && item.is_letter == last_.is_letter &&
         item.value == last_.value + 1;
}

}  // namespace tidings::text
