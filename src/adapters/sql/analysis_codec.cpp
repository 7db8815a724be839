#include "adapters/sql/analysis_codec.h"

#include <bit>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <vector>

#include "adapters/sql/form.h"
#include "core/compression.h"

namespace tidings::sql {
namespace {

// Inside the frame: a version, then the fields of each noun in the order below. Numbers are LEB128
// (signed ones zigzag), scores are 32-bit floats, texts and lists begin with their length. A later
// version may add fields at the end of the analysis.
constexpr std::uint64_t kVersion = 1;
constexpr std::size_t kPlainBytesMax = std::size_t{64} << 20;
constexpr int kLevel = 1;

template <class Archive, Form<LanguageGuess> T>
void fields(Archive& archive, T& language) {
  archive(language.code, language.confidence);
}
template <class Archive, Form<Evidence> T>
void fields(Archive& archive, T& evidence) {
  archive(evidence.text, evidence.weight);
}
template <class Archive, Form<TextSpan> T>
void fields(Archive& archive, T& span) {
  archive(span.begin, span.end);
}
template <class Archive, Form<TopicScore> T>
void fields(Archive& archive, T& topic) {
  archive(topic.code, topic.label, topic.score, topic.evidence);
}
template <class Archive, Form<Sentiment> T>
void fields(Archive& archive, T& sentiment) {
  archive(sentiment.score, sentiment.label, sentiment.headline_score, sentiment.evidence);
}
template <class Archive, Form<TargetSentiment> T>
void fields(Archive& archive, T& target) {
  archive(target.span, target.score, target.label);
}
template <class Archive, Form<Entity> T>
void fields(Archive& archive, T& entity) {
  archive(entity.id, entity.text, entity.type, entity.aliases, entity.count, entity.salience,
          entity.sentiment, entity.offsets);
}
template <class Archive, Form<Place> T>
void fields(Archive& archive, T& place) {
  archive(place.text, place.name, place.country, place.latitude, place.longitude, place.offsets);
}
template <class Archive, Form<CountryScore> T>
void fields(Archive& archive, T& country) {
  archive(country.code, country.score);
}
template <class Archive, Form<Keyphrase> T>
void fields(Archive& archive, T& phrase) {
  archive(phrase.text, phrase.score);
}
template <class Archive, Form<Quotation> T>
void fields(Archive& archive, T& quotation) {
  archive(quotation.text, quotation.speaker, quotation.span);
}
template <class Archive, Form<Analysis> T>
void fields(Archive& archive, T& analysis) {
  archive(analysis.language, analysis.topics, analysis.sentiment, analysis.entities,
          analysis.places, analysis.countries, analysis.keyphrases, analysis.summary,
          analysis.quotations, analysis.targets, analysis.sentences, analysis.words,
          analysis.reading_time_s);
}

std::uint64_t zigzag(std::int64_t number) {
  return (static_cast<std::uint64_t>(number) << 1) ^ static_cast<std::uint64_t>(number >> 63);
}
std::int64_t unzigzag(std::uint64_t number) {
  return static_cast<std::int64_t>(number >> 1) ^ -static_cast<std::int64_t>(number & 1);
}

class Writer {
 public:
  template <class... T>
  void operator()(const T&... values) {
    (write(values), ...);
  }
  void number(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) out_.push_back(static_cast<char>(value | 0x80));
    out_.push_back(static_cast<char>(value));
  }
  std::string take() && { return std::move(out_); }

 private:
  void write(const std::string& text) {
    number(text.size());
    out_ += text;
  }
  void write(double score) {
    const auto bits = std::bit_cast<std::uint32_t>(static_cast<float>(score));
    for (int shift = 0; shift < 32; shift += 8) out_.push_back(static_cast<char>(bits >> shift));
  }
  template <class T>
  void write(const std::vector<T>& list) {
    number(list.size());
    for (const T& one : list) write(one);
  }
  template <class T>
  void write(const std::optional<T>& optional) {
    number(optional ? 1 : 0);
    if (optional) write(*optional);
  }
  template <class T>
  void write(const T& value) {
    if constexpr (std::is_integral_v<T> || std::is_enum_v<T>) {
      number(zigzag(static_cast<std::int64_t>(value)));
    } else {
      fields(*this, value);
    }
  }

  std::string out_;
};

// Reads nothing more once something was amiss.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  template <class... T>
  void operator()(T&... values) {
    (read(values), ...);
  }
  bool is_sound() const { return is_sound_; }
  std::uint64_t number() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at_ >= bytes_.size()) break;
      const auto byte = static_cast<std::uint8_t>(bytes_[at_++]);
      value |= std::uint64_t{byte & 0x7FU} << shift;
      if (byte < 0x80) return value;
    }
    return fail();
  }

 private:
  std::uint64_t fail() {
    is_sound_ = false;
    at_ = bytes_.size();
    return 0;
  }
  // Of a text or a list: each of its parts takes a byte at least.
  std::size_t length() {
    const std::uint64_t value = number();
    return value <= bytes_.size() - at_ ? value : fail();
  }
  void read(std::string& text) {
    const std::size_t size = length();
    text = bytes_.substr(at_, size);
    at_ += size;
  }
  void read(double& score) {
    if (bytes_.size() - at_ < 4) {
      fail();
      return;
    }
    std::uint32_t bits = 0;
    for (int shift = 0; shift < 32; shift += 8)
      bits |= std::uint32_t{static_cast<std::uint8_t>(bytes_[at_++])} << shift;
    score = static_cast<double>(std::bit_cast<float>(bits));
  }
  template <class T>
  void read(std::vector<T>& list) {
    for (std::size_t left = length(); left > 0 && is_sound_; --left) read(list.emplace_back());
  }
  template <class T>
  void read(std::optional<T>& optional) {
    if (number() == 1) read(optional.emplace());
  }
  template <class T>
  void read(T& value) {
    if constexpr (std::is_integral_v<T> || std::is_enum_v<T>) {
      value = static_cast<T>(unzigzag(number()));
    } else {
      fields(*this, value);
    }
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
  bool is_sound_ = true;
};

}  // namespace

std::string encode_analysis(const Analysis& analysis) {
  Writer writer;
  writer.number(kVersion);
  writer(analysis);
  return compress(std::move(writer).take(), Compression::Zstd, kLevel);
}

Result<Analysis> decode_analysis(std::string_view bytes) {
  const Result<std::string> plain = decompress(bytes, Compression::Zstd, kPlainBytesMax);
  if (!plain) return corrupt("a stored analysis is damaged");
  Reader reader(*plain);
  Analysis analysis;
  const std::uint64_t version = reader.number();
  if (version == kVersion) reader(analysis);
  if (version != kVersion || !reader.is_sound()) return corrupt("a stored analysis is damaged");
  return analysis;
}

}  // namespace tidings::sql
