// What a character is to a sentence.
#pragma once

namespace tidings::text {

// Ends sentences in scripts with letter case, and before white space only.
constexpr bool is_cased_mark(char32_t c) {
  return c == '.' || c == '!' || c == '?' || c == U'…' || c == U'‽' || c == U'⁇' || c == U'⁈' ||
         c == U'⁉' || c == U'؟' || c == U'۔' || c == U'।' || c == U'॥' || c == U'։' || c == U'።' ||
         c == U'፧' || c == U'។' || c == U'៕' || c == U'၊' || c == U'။' || c == U'།';
}

// Ends sentences whatever follows.
constexpr bool is_uncased_mark(char32_t c) {
  return c == U'。' || c == U'！' || c == U'？' || c == U'｡' || c == U'．';
}

constexpr bool is_mark(char32_t c) {
  return is_cased_mark(c) || is_uncased_mark(c);
}

constexpr bool is_closer(char32_t c) {
  return c == '"' || c == '\'' || c == ')' || c == ']' || c == '}' || c == U'”' || c == U'’' ||
         c == U'»' || c == U'›' || c == U'」' || c == U'』' || c == U'）' || c == U'】' ||
         c == U'》' || c == U'“' || c == U'‘' ||
         c == U'«';  // German and others close with what English opens with
}

constexpr bool is_opener(char32_t c) {
  return c == '"' || c == '\'' || c == '(' || c == '[' || c == '{' || c == U'“' || c == U'‘' ||
         c == U'„' || c == U'‚' || c == U'«' || c == U'‹' || c == U'»' || c == U'›' || c == U'「' ||
         c == U'『' || c == U'（' || c == U'【' || c == U'《' || c == U'¿' || c == U'¡' ||
         c == '_' || c == '*' || c == '-' || c == U'–' || c == U'—';
}

constexpr bool is_bullet(char32_t c) {
  return c == U'•' || c == U'⁃' || c == U'‣' || c == U'▪' || c == U'●' || c == U'◦' || c == U'■';
}

}  // namespace tidings::text
