#include "analyze/entity_join.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "analyze/entity_key.h"
#include "analyze/entity_names.h"

namespace tidings::analyze {
namespace {

constexpr std::uint32_t kNobody = 0xffffffffU;

// All mentions that are written alike.
struct Name {
  std::string key;
  EntityType type = EntityType::Person;
  std::vector<std::uint32_t> mentions;
  bool is_company = false;         // a mention has a legal form
  std::uint32_t fuller = kNobody;  // the name that this one is short for
};

class Joiner {
 public:
  Joiner(std::string_view text, std::string_view language, std::span<const Mention> mentions)
      : text_(text), mentions_(mentions), has_genitives_(language == "de") {}

  std::vector<MentionGroup> join() {
    collect();
    for (Name& name : names_) name.type = most_frequent_type(name);
    note_short_forms();
    for (std::uint32_t index = 0; index < names_.size(); ++index)
      names_[index].fuller = fuller_of(index);
    return grouped();
  }

 private:
  using Index = std::unordered_map<std::string, std::vector<std::uint32_t>>;

  void collect() {
    std::array<std::unordered_map<std::string_view, std::uint32_t>, 5> name_of_type;
    for (std::uint32_t index = 0; index < mentions_.size(); ++index) {
      const Mention& mention = mentions_[index];
      auto& by_writing = name_of_type[static_cast<std::size_t>(mention.type)];
      const auto [place, is_new] = by_writing.emplace(written_of(mention), 0);
      if (is_new) place->second = name_of(mention);
      names_[place->second].mentions.push_back(index);
    }
  }

  // The number of the name whose key the mention has.
  std::uint32_t name_of(const Mention& mention) {
    std::string key = key_of(mention);
    const auto [place, is_new] = known_.emplace(key, static_cast<std::uint32_t>(names_.size()));
    if (is_new) names_.push_back({.key = std::move(key)});
    if (mention.type == EntityType::Organization && has_legal_form(written_of(mention)))
      names_[place->second].is_company = true;
    return place->second;
  }

  std::string_view written_of(const Mention& mention) const {
    return text_.substr(mention.span.begin, mention.span.end - mention.span.begin);
  }

  // What the world knows as an organization is one, whatever the sentence made of it.
  std::string key_of(const Mention& mention) const {
    const std::string_view written = written_of(mention);
    if (mention.type == EntityType::Place) {
      std::string key = entity_key(written, EntityType::Organization);
      if (known_organization(key)) return key;
    }
    return entity_key(written, mention.type);
  }

  EntityType most_frequent_type(const Name& name) const {
    if (name.is_company || known_organization(name.key)) return EntityType::Organization;
    std::array<std::uint32_t, 5> counts = {};
    for (const std::uint32_t mention : name.mentions)
      ++counts[static_cast<std::size_t>(mentions_[mention].type)];
    return static_cast<EntityType>(std::max_element(counts.begin(), counts.end()) - counts.begin());
  }

  // By what each name of several words may be called for short.
  void note_short_forms() {
    for (std::uint32_t index = 0; index < names_.size(); ++index) {
      const Name& name = names_[index];
      const std::vector<std::string_view> words = words_of_key(name.key);
      if (words.size() < 2) continue;
      if (name.type == EntityType::Person) {
        add(by_surname_, std::string(words.back()), index);
        add(by_given_name_, std::string(words.front()), index);
        add(by_ends_, std::string(words.front()) + ' ' + std::string(words.back()), index);
      } else {
        if (name.type == EntityType::Event) add(by_event_, std::string(words.back()), index);
        add(by_initials_, initials_of_key(name.key), index);
        add(by_first_word_, std::string(words.front()), index);
      }
    }
  }

  // So many names as one short form may have: the rest cannot be told apart anyway.
  static void add(Index& names, const std::string& form, std::uint32_t index) {
    constexpr std::size_t kNamesMax = 16;
    std::vector<std::uint32_t>& of_form = names[form];
    if (!form.empty() && of_form.size() < kNamesMax) of_form.push_back(index);
  }

  std::uint32_t fuller_of(std::uint32_t index) const {
    const Name& name = names_[index];
    const std::vector<std::string_view> words = words_of_key(name.key);
    if (words.empty()) return kNobody;
    if (const std::uint32_t owner = owner_of(name.key, index); owner != kNobody) return owner;
    if (words.size() > 1) {
      if (name.type == EntityType::Person && words.size() == 2) return longer_between(index);
      return name.type == EntityType::Organization ? begun_by(index, std::string(words.front()))
                                                   : kNobody;
    }
    if (name.type == EntityType::Person) {
      const std::uint32_t by_surname = nearest(by_surname_, name.key, index);
      if (by_surname != kNobody) return by_surname;
      const std::uint32_t by_given_name = only(by_given_name_, name.key);
      if (by_given_name != kNobody) return by_given_name;
      const std::uint32_t by_event = only(by_event_, name.key);
      return by_event != kNobody ? by_event : company_begun_by(index);
    }
    if (const std::uint32_t spelled_out = acronym_of(index); spelled_out != kNobody)
      return spelled_out;
    if (name.type == EntityType::Place && !known_place(name.key)) return company_begun_by(index);
    return name.type == EntityType::Organization ? begun_by(index, name.key) : kNobody;
  }

  // "Chapman" of "Chapman Energy Inc", whatever it was taken for.
  std::uint32_t company_begun_by(std::uint32_t index) const {
    const std::uint32_t company = begun_by(index, names_[index].key);
    return company != kNobody && names_[company].is_company ? company : kNobody;
  }

  // "Merkel" of "Merkels", in German.
  std::uint32_t owner_of(const std::string& key, std::uint32_t index) const {
    if (!has_genitives_ || !key.ends_with('s')) return kNobody;
    const std::string owner = key.substr(0, key.size() - 1);
    if (const auto found = known_.find(owner); found != known_.end())
      return names_[found->second].type == names_[index].type ? found->second : kNobody;
    return names_[index].type == EntityType::Person && key.find(' ') == std::string::npos
               ? nearest(by_surname_, owner, index)
               : kNobody;
  }

  // "George Bush" of "George W. Bush".
  std::uint32_t longer_between(std::uint32_t index) const {
    const auto found = by_ends_.find(names_[index].key);
    if (found == by_ends_.end()) return kNobody;
    for (const std::uint32_t other : found->second)
      if (other != index && names_[other].key.size() > names_[index].key.size()) return other;
    return kNobody;
  }

  // "Goldman" of "Goldman Sachs", if no other organization begins so.
  std::uint32_t begun_by(std::uint32_t index, const std::string& first_word) const {
    const auto found = by_first_word_.find(first_word);
    if (found == by_first_word_.end()) return kNobody;
    std::uint32_t longer = kNobody;
    for (const std::uint32_t other : found->second) {
      const Name& candidate = names_[other];
      if (other == index || candidate.type != EntityType::Organization ||
          !candidate.key.starts_with(names_[index].key + ' '))
        continue;
      if (longer != kNobody) return kNobody;
      longer = other;
    }
    return longer;
  }

  // "ECB" of "European Central Bank"; of two letters only where the other stands right before it,
  // in brackets.
  std::uint32_t acronym_of(std::uint32_t index) const {
    const Name& name = names_[index];
    const std::uint32_t spelled_out = only(by_initials_, name.key);
    if (spelled_out == kNobody) return kNobody;
    const TextSpan& span = mentions_[name.mentions.front()].span;
    const std::string_view written = text_.substr(span.begin, span.end - span.begin);
    const bool is_upper =
        std::none_of(written.begin(), written.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    const bool is_in_brackets = span.begin > 0 && text_[span.begin - 1] == '(';
    return is_upper && (name.key.size() > 2 || is_in_brackets) ? spelled_out : kNobody;
  }

  static std::uint32_t only(const Index& names, const std::string& form) {
    const auto found = names.find(form);
    return found != names.end() && found->second.size() == 1 ? found->second.front() : kNobody;
  }

  // The one that is named last before, or else first after.
  std::uint32_t nearest(const Index& names, const std::string& form, std::uint32_t index) const {
    const auto found = names.find(form);
    if (found == names.end() || found->second.empty()) return kNobody;
    std::uint32_t best = found->second.front();
    for (const std::uint32_t other : found->second)
      if (names_[other].mentions.front() < names_[index].mentions.front()) best = other;
    return best;
  }

  // The fullest name; a chain has few links ("Bush", "George Bush", "George W. Bush"). All but the
  // genitive lead to longer names: the bound is for a ring of names that nobody has.
  std::uint32_t root_of(std::uint32_t index) const {
    constexpr int kLinksMax = 6;
    for (int link = 0; link < kLinksMax && names_[index].fuller != kNobody; ++link)
      index = names_[index].fuller;
    return index;
  }

  std::vector<MentionGroup> grouped() const {
    std::vector<std::uint32_t> root_of_mention(mentions_.size());
    for (std::uint32_t index = 0; index < names_.size(); ++index)
      for (const std::uint32_t mention : names_[index].mentions)
        root_of_mention[mention] = root_of(index);
    std::vector<std::uint32_t> group_of_root(names_.size(), kNobody);
    std::vector<MentionGroup> groups;
    for (std::uint32_t mention = 0; mention < mentions_.size(); ++mention) {
      const std::uint32_t root = root_of_mention[mention];
      if (names_[root].key.empty()) continue;
      if (group_of_root[root] == kNobody) {
        group_of_root[root] = static_cast<std::uint32_t>(groups.size());
        groups.push_back({.key = names_[root].key, .type = names_[root].type});
      }
      groups[group_of_root[root]].mentions.push_back(mention);
    }
    return groups;
  }

  std::string_view text_;
  std::span<const Mention> mentions_;
  bool has_genitives_;
  std::vector<Name> names_;
  std::unordered_map<std::string, std::uint32_t> known_;  // by key
  Index by_surname_, by_given_name_, by_ends_, by_initials_, by_first_word_, by_event_;
};

}  // namespace

std::vector<MentionGroup> join_mentions(std::string_view text, std::string_view language,
                                        std::span<const Mention> mentions) {
  return Joiner(text, language, mentions).join();
}

}  // namespace tidings::analyze
