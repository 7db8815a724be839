#include "parse/mail.h"

#include <algorithm>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include <gmime/gmime.h>

#include "core/strings.h"
#include "core/utf8.h"
#include "parse/text_document.h"
#include "text/date.h"
#include "text/html_text.h"

namespace tidings::parse {
namespace {

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using Owned = std::unique_ptr<T, Unref>;

void start_library() {
  static std::once_flag once;
  std::call_once(once, [] { g_mime_init(); });
}

std::string text_or_nothing(const char* text) {
  return text == nullptr ? std::string() : repaired_utf8(text);
}

Owned<GMimeMessage> parse_message(std::string_view bytes) {
  const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
  const Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
  return Owned<GMimeMessage>(g_mime_parser_construct_message(parser.get(), nullptr));
}

// The part's text, decoded from its transfer encoding and its charset.
std::string text_of(GMimePart* part, std::size_t bytes_max) {
  GMimeObject* object = GMIME_OBJECT(part);
  GMimeDataWrapper* wrapper = g_mime_part_get_content(part);
  if (wrapper == nullptr) return {};
  const Owned<GMimeStream> memory(g_mime_stream_mem_new());
  const Owned<GMimeStream> filtered(g_mime_stream_filter_new(memory.get()));
  const char* charset = g_mime_object_get_content_type_parameter(object, "charset");
  if (charset != nullptr && !iequals(charset, "utf-8") && !iequals(charset, "us-ascii")) {
    // Absent where the charset is unknown: the bytes stay, and are repaired.
    if (GMimeFilter* filter = g_mime_filter_charset_new(charset, "utf-8")) {
      g_mime_stream_filter_add(GMIME_STREAM_FILTER(filtered.get()), filter);
      g_object_unref(filter);
    }
  }
  g_mime_data_wrapper_write_to_stream(wrapper, filtered.get());
  g_mime_stream_flush(filtered.get());
  const GByteArray* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(memory.get()));
  const std::string_view all(reinterpret_cast<const char*>(bytes->data), bytes->len);
  return repaired_utf8(all.substr(0, bytes_max));
}

struct Texts {
  std::string html, plain;
};

bool is_attachment(GMimeObject* object) {
  const char* disposition = g_mime_object_get_disposition(object);
  return disposition != nullptr && iequals(disposition, "attachment");
}

// The longest text of each kind: newsletters have a line for old readers beside the letter.
Texts texts_of(GMimeMessage* message, const MailLimits& limits) {
  Texts texts;
  GMimePartIter* parts = g_mime_part_iter_new(GMIME_OBJECT(message));
  for (std::size_t seen = 0; g_mime_part_iter_is_valid(parts) != FALSE && seen < limits.parts_max;
       ++seen) {
    GMimeObject* object = g_mime_part_iter_get_current(parts);
    if (GMIME_IS_PART(object) && !is_attachment(object)) {
      GMimeContentType* type = g_mime_object_get_content_type(object);
      const bool is_html = g_mime_content_type_is_type(type, "text", "html") != FALSE;
      const bool is_plain = g_mime_content_type_is_type(type, "text", "plain") != FALSE;
      if (is_html || is_plain) {
        std::string text = text_of(GMIME_PART(object), limits.html_bytes_max);
        std::string& best = is_html ? texts.html : texts.plain;
        if (text.size() > best.size()) best = std::move(text);
      }
    }
    if (g_mime_part_iter_next(parts) == FALSE) break;
  }
  g_mime_part_iter_free(parts);
  return texts;
}

std::vector<Person> authors_of(GMimeMessage* message) {
  constexpr int kAuthorsMax = 20;
  std::vector<Person> authors;
  InternetAddressList* from = g_mime_message_get_from(message);
  const int count = from == nullptr ? 0 : internet_address_list_length(from);
  for (int i = 0; i < std::min(count, kAuthorsMax); ++i) {
    InternetAddress* address = internet_address_list_get_address(from, i);
    Person person{.name = text_or_nothing(internet_address_get_name(address))};
    if (INTERNET_ADDRESS_IS_MAILBOX(address)) {
      person.email =
          text_or_nothing(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(address)));
    }
    authors.push_back(std::move(person));
  }
  return authors;
}

std::optional<Time> date_of(GMimeMessage* message) {
  GDateTime* date = g_mime_message_get_date(message);
  if (date == nullptr) return std::nullopt;
  return Time(std::chrono::seconds(g_date_time_to_unix(date)));
}

// "<https://lists.example/1>" as its address.
std::string archived_at(GMimeMessage* message) {
  const std::string header =
      text_or_nothing(g_mime_object_get_header(GMIME_OBJECT(message), "Archived-At"));
  std::string_view address = trim(header);
  if (address.starts_with('<')) address = address.substr(1, address.find('>') - 1);
  return istarts_with(address, "http") ? std::string(address) : std::string();
}

// Whether the line that ends at `end` is empty.
bool is_blank_line_before(std::string_view text, std::size_t end) {
  if (end > 0 && text[end - 1] == '\r') --end;
  return end > 0 && text[end - 1] == '\n';
}

// RFC 4155, appendix A: "From", the sender, and a date as asctime() writes it.
std::optional<Time> delivery_time(std::string_view from_line) {
  const std::size_t sender = from_line.find_first_not_of(' ', 5);
  const std::size_t date = from_line.find(' ', sender);
  if (date == std::string_view::npos) return std::nullopt;
  return text::parse_feed_date(from_line.substr(date));
}

}  // namespace

Result<Entry> read_message(std::string_view bytes, const MailLimits& limits) {
  if (bytes.size() > limits.message_bytes_max) {
    return Error{ErrorKind::InvalidInput, "The message is larger than a newsletter would be.",
                 "too_large"};
  }
  start_library();
  const Owned<GMimeMessage> message = parse_message(bytes);
  if (message == nullptr) {
    return Error{ErrorKind::InvalidInput, "The file is no message: it has no header.",
                 "not_a_message"};
  }
  Entry entry{.id = text_or_nothing(g_mime_message_get_message_id(message.get())),
              .url = archived_at(message.get()),
              .title = text::collapsed(text_or_nothing(g_mime_message_get_subject(message.get()))),
              .published = date_of(message.get()),
              .authors = authors_of(message.get())};
  Texts texts = texts_of(message.get(), limits);
  entry.content_html =
      !texts.html.empty() ? std::move(texts.html) : html_of_plain_text(texts.plain);
  if (entry.title.empty() && entry.content_html.empty() && entry.authors.empty()) {
    return Error{ErrorKind::InvalidInput,
                 "The file is no message: it has neither a subject, a "
                 "sender nor a text.",
                 "not_a_message"};
  }
  return entry;
}

std::vector<MboxMessage> split_mbox(std::string_view mbox) {
  std::vector<MboxMessage> messages;
  std::size_t begin = mbox.starts_with("From ") ? 0 : std::string_view::npos;
  while (begin != std::string_view::npos) {
    std::size_t next = begin;
    do {
      next = mbox.find("\nFrom ", next + 1);
    } while (next != std::string_view::npos && !is_blank_line_before(mbox, next));
    const std::string_view one = mbox.substr(begin, next - begin);
    const std::size_t head = one.find('\n');
    if (head != std::string_view::npos)
      messages.push_back({.begin = begin,
                          .delivered_at = delivery_time(one.substr(0, head)),
                          .bytes = one.substr(head + 1)});
    begin = next == std::string_view::npos ? next : next + 1;
  }
  return messages;
}

}  // namespace tidings::parse
