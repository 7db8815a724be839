// One spelling per name, so that the same name written twice is one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/analysis.h"

namespace tidings::analyze {

// Lower case without diacritics ("Beyoncé" is "beyonce"), without points and possessives; words are
// parted by one space. Left out are "the" at the start, titles before a person ("Mr", "President")
// and the legal form of a company ("Inc", "plc"), unless nothing else is there. What everybody
// calls a country by becomes its name, and places and the organizations of the world have one name
// in all languages: "u.s." is "united states", "bayern" "bavaria", "otan" "nato". Idempotent.
std::string entity_key(std::string_view name, EntityType type);

// What Entity::id is of a type and a key: 16 hexadecimal digits.
std::string entity_id(EntityType type, std::string_view key);

// "Pubco Corp.": an organization for certain.
bool has_legal_form(std::string_view name);

// The words of a key: they point into it.
std::vector<std::string_view> words_of_key(std::string_view key);

// The first letters of the words but "of", "and" and their kind; empty for fewer than two.
std::string initials_of_key(std::string_view key);

}  // namespace tidings::analyze
