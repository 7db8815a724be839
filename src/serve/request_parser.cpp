#include "serve/request_parser.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <string>

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include "core/check.h"
#include "core/strings.h"

namespace tidings::serve {
namespace {

namespace http = boost::beast::http;
using boost::beast::error_code;

constexpr std::size_t kFirstBufferBytes = 2 * 1024;
constexpr std::size_t kBodyBufferBytes = 16 * 1024;
constexpr std::string_view kEndOfHeader = "\r\n\r\n";
// A chunked body goes on for at least "0\r\n\r\n". Shown less of it, Beast 1.81 trips over an
// assertion of its own.
constexpr std::size_t kChunkedRestBytesMin = 5;

std::string_view view(boost::beast::string_view text) {
  return {text.data(), text.size()};
}

Method method_of(http::verb verb) {
  switch (verb) {
    case http::verb::get:
      return Method::Get;
    case http::verb::head:
      return Method::Head;
    case http::verb::post:
      return Method::Post;
    case http::verb::put:
      return Method::Put;
    case http::verb::patch:
      return Method::Patch;
    case http::verb::delete_:
      return Method::Delete;
    case http::verb::options:
      return Method::Options;
    default:
      return Method::Other;
  }
}

Problem malformed(std::string detail) {
  return {.status = 400,
          .code = "request_malformed",
          .title = "The request is not well-formed HTTP/1.1",
          .detail = std::move(detail)};
}

Problem target_too_long(const RequestLimits& limits) {
  return {.status = 414,
          .code = "target_too_long",
          .title = "The request target is too long",
          .detail = "At most " + std::to_string(limits.target_bytes_max) + " bytes are read."};
}

Problem header_too_large(const RequestLimits& limits) {
  return {.status = 431,
          .code = "header_too_large",
          .title = "The request header is too large",
          .detail = "At most " + std::to_string(limits.header_bytes_max) + " bytes in at most " +
                    std::to_string(limits.headers_max) + " fields are read."};
}

Problem body_too_large(const RequestLimits& limits) {
  return {.status = 413,
          .code = "body_too_large",
          .title = "The request body is too large",
          .detail = "At most " + std::to_string(limits.body_bytes_max) + " bytes are read."};
}

Problem problem_from(const error_code& error, const RequestLimits& limits) {
  if (error == http::error::body_limit || error == http::error::buffer_overflow) {
    return body_too_large(limits);
  }
  if (error == http::error::header_limit) return header_too_large(limits);
  if (error == http::error::bad_version) {
    return {.status = 505,
            .code = "version_not_supported",
            .title = "Only HTTP/1.0 and HTTP/1.1 are spoken here",
            .detail = "Send the request as HTTP/1.1."};
  }
  return malformed("Reading it failed: " + error.message() + ".");
}

// Beast's grammar, our storage and our stricter reading.
class MessageParser final : public http::basic_parser<true> {
 public:
  MessageParser(const RequestLimits& limits, Request& request, std::string& body)
      : limits_(limits), request_(request), body_(body) {
    eager(true);
    header_limit(static_cast<std::uint32_t>(limits.header_bytes_max + kBodyBufferBytes));
    body_limit(limits.body_bytes_max);
  }

  bool header_seen() const { return header_seen_; }
  bool has_coding() const { return has_coding_; }
  bool expects_continue() const { return expects_continue_; }
  std::optional<Problem>& refusal() { return refusal_; }

 private:
  void refuse(Problem problem, error_code& error) {
    refusal_ = std::move(problem);
    error = http::error::bad_value;
  }

  void on_request_impl(http::verb verb, boost::beast::string_view, boost::beast::string_view target,
                       int version, error_code& error) override {
    request_.method = method_of(verb);
    request_.version = version;
    if (target.size() > limits_.target_bytes_max) return refuse(target_too_long(limits_), error);
    read_target(view(target), error);
  }

  // Origin form, absolute form (RFC 9112 §3.2.2) and "*" for OPTIONS.
  void read_target(std::string_view target, error_code& error) {
    if (istarts_with(target, "http://")) {
      const std::string_view rest = target.substr(7);
      const std::size_t end = std::min(rest.find_first_of("/?#"), rest.size());
      absolute_host_ = rest.substr(0, end);
      target = rest.substr(end);
      if (absolute_host_.empty()) {
        return refuse(malformed("The absolute target has no host."), error);
      }
      if (target.empty()) target = "/";
    }
    const bool server_wide = target == "*" && request_.method == Method::Options;
    if (!server_wide && target.front() != '/') {
      return refuse(malformed("The target must begin with '/'."), error);
    }
    if (target.find('#') != std::string_view::npos) {
      return refuse(malformed("A target has no fragment."), error);
    }
    request_.target = target;
    if (target.starts_with(limits_.large_body_prefix)) body_limit(limits_.large_body_bytes_max);
    const std::size_t question = target.find('?');
    request_.path = target.substr(0, question);
    request_.query =
        question == std::string_view::npos ? std::string_view{} : target.substr(question + 1);
  }

  void on_field_impl(http::field field, boost::beast::string_view name_text,
                     boost::beast::string_view value_text, error_code& error) override {
    if (header_seen_) return;  // Trailers may not change what the header said.
    const std::string_view name = view(name_text);
    const std::string_view value = view(value_text);
    if (request_.headers.size() >= limits_.headers_max) {
      return refuse(header_too_large(limits_), error);
    }
    // Beast unfolds a folded value into storage of its own, so it does not follow its name.
    if (!value.empty() &&
        (value.data() < name.data() || value.data() > name.data() + limits_.header_bytes_max)) {
      return refuse(malformed("A folded field is obsolete (RFC 9112 §5.2)."), error);
    }
    request_.headers.push_back({name, value});
    switch (field) {
      case http::field::host:
        if (has_host_) return refuse(malformed("There is more than one Host field."), error);
        has_host_ = true;
        request_.host = value;
        break;
      case http::field::content_length:
        if (has_length_ || value.find(',') != std::string_view::npos) {
          return refuse(malformed("There is more than one Content-Length."), error);
        }
        has_length_ = true;
        break;
      case http::field::transfer_encoding:
        if (has_coding_ || !iequals(value, "chunked")) {
          return refuse(malformed("The only transfer coding read is a single 'chunked'."), error);
        }
        has_coding_ = true;
        break;
      case http::field::accept_encoding:
        join(request_.accept_encoding, value, accept_encoding_);
        break;
      case http::field::if_none_match:
        join(request_.if_none_match, value, if_none_match_);
        break;
      case http::field::expect:
        expects_continue_ = iequals(value, "100-continue");
        break;
      default:
        break;
    }
  }

  // Lines of one list field are one list (RFC 9110 §5.3).
  static void join(std::string_view& list, std::string_view more, std::string& storage) {
    if (list.empty()) {
      list = more;
      return;
    }
    std::string joined(list);
    joined.append(", ").append(more);
    storage = std::move(joined);
    list = storage;
  }

  void on_header_impl(error_code& error) override {
    header_seen_ = true;
    if (has_length_ && has_coding_) {
      return refuse(malformed("Content-Length and Transfer-Encoding exclude each other."), error);
    }
    if (has_coding_ && request_.version == 10) {
      return refuse(malformed("HTTP/1.0 has no transfer codings."), error);
    }
    if (!has_host_ && request_.version == 11) {
      return refuse(malformed("HTTP/1.1 needs a Host field."), error);
    }
    if (!absolute_host_.empty()) request_.host = absolute_host_;
    request_.keep_alive = keep_alive();
  }

  void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
  void on_chunk_header_impl(std::uint64_t, boost::beast::string_view, error_code&) override {}
  void on_finish_impl(error_code&) override {}
  void on_response_impl(int, boost::beast::string_view, int, error_code&) override {}

  std::size_t on_body_impl(boost::beast::string_view piece, error_code&) override {
    body_.append(piece.data(), piece.size());
    return piece.size();
  }
  std::size_t on_chunk_body_impl(std::uint64_t, boost::beast::string_view piece,
                                 error_code&) override {
    body_.append(piece.data(), piece.size());
    return piece.size();
  }

  const RequestLimits& limits_;
  Request& request_;
  std::string& body_;
  std::string_view absolute_host_;
  std::string accept_encoding_, if_none_match_;  // where a field came in several lines
  std::optional<Problem> refusal_;
  bool has_host_ = false;
  bool has_length_ = false;
  bool has_coding_ = false;
  bool header_seen_ = false;
  bool expects_continue_ = false;
};

void clear(Request& request) {
  std::vector<HeaderField> headers = std::move(request.headers);  // keeps its room
  headers.clear();
  request = Request{};
  request.headers = std::move(headers);
}

}  // namespace

class RequestParser::State {
 public:
  explicit State(const RequestLimits& limits) : limits_(limits), buffer_(kFirstBufferBytes) {}

  std::span<char> room() {
    if (end_ == buffer_.size()) make_room();
    return {buffer_.data() + end_, buffer_.size() - end_};
  }

  void commit(std::size_t bytes) { end_ += bytes; }

  ParseState parse() {
    if (!message_) {
      if (!header_is_whole()) return failed_ ? ParseState::Failed : ParseState::NeedMore;
      message_.emplace(limits_, request_, body_);
    }
    return parse_message();
  }

  void next() {
    message_.reset();
    clear(request_);
    body_.clear();
    if (body_.capacity() > kBodyBufferBytes) body_.shrink_to_fit();
    header_storage_ = {};
    scanned_ = 0;
    if (begin_ == end_) begin_ = end_ = 0;
  }

  bool idle() const { return !message_ && begin_ == end_; }
  const Request& request() const { return request_; }
  const Problem& problem() const { return problem_; }

 private:
  // Called only when the buffer is full to its end. While a body is read no view points into
  // buffer_; while a header is read none exists yet: in both cases bytes may move.
  void make_room() {
    if (begin_ > 0) {
      std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
      end_ -= begin_;
      begin_ = 0;
      if (end_ < buffer_.size()) return;
    }
    buffer_.resize(buffer_.size() * 2);
  }

  ParseState fail(Problem problem) {
    problem_ = std::move(problem);
    failed_ = true;
    return ParseState::Failed;
  }

  std::string_view pending() const { return {buffer_.data() + begin_, end_ - begin_}; }

  // Beast is shown a header only when all of it is there, so that its views hold.
  bool header_is_whole() {
    while (pending().starts_with("\r\n")) begin_ += 2;  // RFC 9112 §2.2
    const std::string_view input = pending();
    if (input.empty() || input == "\r") return false;
    if (!is_alpha(input.front())) {
      fail(malformed("It does not begin with a method."));
      return false;
    }
    const std::size_t line_end = std::min(input.find('\n'), input.size());
    if (line_end > limits_.target_bytes_max + 32) {  // a method and a version beside it
      fail(target_too_long(limits_));
      return false;
    }
    const std::size_t at = input.find(kEndOfHeader, scanned_);
    if (at != std::string_view::npos && at + kEndOfHeader.size() <= limits_.header_bytes_max) {
      return true;
    }
    scanned_ = input.size() < kEndOfHeader.size() ? 0 : input.size() - kEndOfHeader.size() + 1;
    if (line_end < input.size() && (line_end == 0 || input[line_end - 1] != '\r')) {
      fail(malformed("Lines end in CR LF."));
    }
    if (!failed_ && input.size() >= limits_.header_bytes_max) fail(header_too_large(limits_));
    return false;
  }

  ParseState parse_message() {
    while (!message_->is_done()) {
      const bool header_was_seen = message_->header_seen();
      if (header_was_seen && message_->has_coding() && end_ - begin_ < kChunkedRestBytesMin) {
        return ParseState::NeedMore;
      }
      error_code error;
      const std::size_t used = message_->put({buffer_.data() + begin_, end_ - begin_}, error);
      begin_ += used;
      if (error && error != http::error::need_more) {
        return fail(message_->refusal() ? *std::move(message_->refusal())
                                        : problem_from(error, limits_));
      }
      if (message_->is_done()) break;
      if (!header_was_seen) {
        if (!message_->header_seen()) return fail(malformed("The header ends too early."));
        keep_header();
        if (message_->expects_continue() && begin_ == end_) return ParseState::NeedBody;
      }
      if (begin_ == end_) return ParseState::NeedMore;
      if (used == 0 || error == http::error::need_more) {
        // Chunk headers and trailers have to fit as the header does.
        if (end_ - begin_ >= limits_.header_bytes_max) return fail(header_too_large(limits_));
        return ParseState::NeedMore;
      }
    }
    request_.body = body_;
    return ParseState::Complete;
  }

  // The header's views stay where they are while the body passes through a buffer of its own.
  void keep_header() {
    std::vector<char> rest(kBodyBufferBytes + (end_ - begin_));
    std::memcpy(rest.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
    header_storage_ = std::exchange(buffer_, std::move(rest));
  }

  const RequestLimits limits_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;  // what is not yet parsed: [begin_, end_)
  std::size_t end_ = 0;
  std::size_t scanned_ = 0;  // of it, where the search for the header's end goes on
  std::vector<char> header_storage_;
  std::optional<MessageParser> message_;
  Request request_;
  std::string body_;
  Problem problem_;
  bool failed_ = false;
};

RequestParser::RequestParser(const RequestLimits& limits)
    : state_(std::make_unique<State>(limits)) {}
RequestParser::~RequestParser() = default;

std::span<char> RequestParser::room() {
  return state_->room();
}
void RequestParser::commit(std::size_t bytes) {
  state_->commit(bytes);
}
ParseState RequestParser::parse() {
  return state_->parse();
}
void RequestParser::next() {
  state_->next();
}
bool RequestParser::idle() const {
  return state_->idle();
}
const Request& RequestParser::request() const {
  return state_->request();
}
const Problem& RequestParser::problem() const {
  return state_->problem();
}

}  // namespace tidings::serve
