#include "tests/support/publisher/tls.h"

#include <algorithm>
#include <utility>

#include "core/check.h"

namespace tidings::publisher {
namespace {

using Handshake = TlsManner::Handshake;

// The name that the client asks for (RFC 6066 §3), out of the raw extension: OpenSSL has not read
// it yet when the hello arrives.
std::string asked_host(SSL* ssl) {
  constexpr std::size_t kHeaderBytes = 5;  // list length, type, name length
  const unsigned char* data = nullptr;
  std::size_t size = 0;
  if (SSL_client_hello_get0_ext(ssl, TLSEXT_TYPE_server_name, &data, &size) != 1) return {};
  if (size < kHeaderBytes || data[2] != TLSEXT_NAMETYPE_host_name) return {};
  const std::size_t length = static_cast<std::size_t>(data[3]) << 8 | data[4];
  if (length > size - kHeaderBytes) return {};
  return {reinterpret_cast<const char*>(data) + kHeaderBytes, length};
}

int choose_http2(SSL*, const unsigned char** chosen, unsigned char* chosen_size,
                 const unsigned char*, unsigned, void*) {
  *chosen = reinterpret_cast<const unsigned char*>("h2");
  *chosen_size = 2;
  return SSL_TLSEXT_ERR_OK;
}

void use(SSL* ssl, const Identity& identity) {
  SSL_set_security_level(ssl, 0);  // or OpenSSL would refuse to show what is weak
  CHECK(SSL_use_certificate(ssl, identity.certificate.get()) == 1);
  CHECK(SSL_use_PrivateKey(ssl, identity.key.get()) == 1);
  for (const Certificate& between : identity.chain)
    CHECK(SSL_add1_chain_cert(ssl, between.get()) == 1);
}

}  // namespace

Result<std::unique_ptr<TlsAcceptor>> TlsAcceptor::make() {
  return std::unique_ptr<TlsAcceptor>(new TlsAcceptor(TRY(CertificateAuthority::make())));
}

TlsAcceptor::TlsAcceptor(std::unique_ptr<CertificateAuthority> authority)
    : authority_(std::move(authority)), context_(make_context()), http2_context_(make_context()) {
  SSL_CTX_set_alpn_select_cb(http2_context_.get(), &choose_http2, nullptr);
}

TlsAcceptor::Context TlsAcceptor::make_context() {
  Context context(SSL_CTX_new(TLS_server_method()));
  CHECK(context);
  SSL_CTX_set_client_hello_cb(context.get(), &TlsAcceptor::on_hello, nullptr);
  SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(context.get(), 0);
  return context;
}

void TlsAcceptor::set_manner(std::string_view host, TlsManner manner) {
  MutexLock lock(mutex_);
  manners_.insert_or_assign(std::string(host), manner);
}

TlsManner TlsAcceptor::manner_of(std::string_view host) const {
  MutexLock lock(mutex_);
  const auto found = manners_.find(host);
  return found == manners_.end() ? TlsManner{} : found->second;
}

// The first moment at which the host is known: what it is like is decided here.
int TlsAcceptor::on_hello(SSL* ssl, int*, void*) {
  TlsSession& session = *static_cast<TlsSession*>(SSL_get_app_data(ssl));
  if (session.knows_host_) return SSL_CLIENT_HELLO_SUCCESS;
  session.knows_host_ = true;
  TlsAcceptor& acceptor = session.acceptor_;
  const std::string host = asked_host(ssl);
  session.manner_ = acceptor.manner_of(host);
  if (session.manner_.handshake == Handshake::NoProtocol)
    SSL_set_SSL_CTX(ssl, acceptor.http2_context_.get());
  use(ssl, acceptor.authority_->issue(host, session.manner_.certificate));
  return SSL_CLIENT_HELLO_RETRY;  // back to answer_hello()
}

TlsSession::TlsSession(TlsAcceptor& acceptor)
    : acceptor_(acceptor), ssl_(SSL_new(acceptor.context_.get())) {
  CHECK(ssl_);
  SSL_set_app_data(ssl_.get(), this);
  SSL_set_bio(ssl_.get(), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
  SSL_set_accept_state(ssl_.get());
}

TlsSession::State TlsSession::receive(std::string_view bytes, std::string& plain) {
  if (is_silent_) return State::Open;
  BIO_write(SSL_get_rbio(ssl_.get()), bytes.data(), static_cast<int>(bytes.size()));
  if (SSL_is_init_finished(ssl_.get()) == 0) {
    const State state = shake_hands();
    if (state != State::Open || is_silent_) return state;
  }
  char buffer[4096];
  int count = 0;
  while ((count = SSL_read(ssl_.get(), buffer, sizeof buffer)) > 0)
    plain.append(buffer, static_cast<std::size_t>(count));
  const int error = SSL_get_error(ssl_.get(), count);
  collect();
  return error == SSL_ERROR_WANT_READ ? State::Open : State::Over;
}

TlsSession::State TlsSession::shake_hands() {
  int result = SSL_do_handshake(ssl_.get());
  if (result != 1 && SSL_get_error(ssl_.get(), result) == SSL_ERROR_WANT_CLIENT_HELLO_CB) {
    const State state = answer_hello();
    if (state != State::Open || is_silent_) return state;
    result = SSL_do_handshake(ssl_.get());
  }
  collect();
  const bool was_first_flight = result != 1 && !out_.empty();
  if (was_first_flight && manner_.handshake == Handshake::StallHalfway) {
    out_.resize(out_.size() / 2);
    is_silent_ = true;
  }
  if (was_first_flight && manner_.handshake == Handshake::CloseHalfway) {
    out_.resize(out_.size() / 2);
    return State::Over;
  }
  if (result == 1 || SSL_get_error(ssl_.get(), result) == SSL_ERROR_WANT_READ) return State::Open;
  return State::Over;
}

// Over: what is in out_ is still sent.
TlsSession::State TlsSession::answer_hello() {
  SSL* const ssl = ssl_.get();
  switch (manner_.handshake) {
    case Handshake::Stall:
      is_silent_ = true;
      return State::Open;
    case Handshake::Close:
      return State::Over;
    case Handshake::Reset:
      return State::Reset;
    case Handshake::Alert:
      out_.assign("\x15\x03\x03\x00\x02\x02\x28", 7);  // fatal, handshake_failure
      return State::Over;
    case Handshake::Garbage:
      out_ = "\x01\x02\x03 these bytes are no record \xFF\xFE\xFD";
      return State::Over;
    case Handshake::HugeRecord:
      out_.assign("\x16\x03\x03\xFF\xFF", 5).append(0xFFFF, 'x');
      return State::Over;
    case Handshake::PlainHttp:
      out_ = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
      return State::Over;
    case Handshake::OldProtocol:
      SSL_set_max_proto_version(ssl, TLS1_1_VERSION);
      return State::Open;
    case Handshake::NoCipher:
      SSL_set_max_proto_version(ssl, TLS1_2_VERSION);
      SSL_set_cipher_list(ssl, "NULL:@SECLEVEL=0");
      return State::Open;
    default:
      break;
  }
  if (manner_.in_body == TlsManner::InBody::Renegotiation)
    SSL_set_max_proto_version(ssl, TLS1_2_VERSION);
  return State::Open;
}

bool TlsSession::write(std::string_view plain) {
  const bool interrupts = manner_.in_body != TlsManner::InBody::Nothing && !is_interrupted_;
  const std::string_view first = interrupts ? plain.substr(0, plain.size() / 2) : plain;
  if (!first.empty() && SSL_write(ssl_.get(), first.data(), static_cast<int>(first.size())) <= 0)
    return false;
  if (interrupts) {
    collect();
    interrupt();
    const std::string_view rest = plain.substr(first.size());
    if (SSL_write(ssl_.get(), rest.data(), static_cast<int>(rest.size())) <= 0) return false;
  }
  collect();
  return true;
}

void TlsSession::interrupt() {
  constexpr int kKeyUpdates = 20;  // OpenSSL sends at most one per write
  is_interrupted_ = true;
  switch (manner_.in_body) {
    case TlsManner::InBody::CorruptRecord:
      out_.append("\x17\x03\x03\x00\x20", 5).append(32, 'x');
      return;
    case TlsManner::InBody::PlainAlert:
      out_.append("\x15\x03\x03\x00\x02\x02\x50", 7);  // fatal, internal_error
      return;
    case TlsManner::InBody::KeyUpdates:
      for (int i = 0; i < kKeyUpdates; ++i) {
        SSL_key_update(ssl_.get(), SSL_KEY_UPDATE_REQUESTED);
        SSL_do_handshake(ssl_.get());
      }
      return;
    case TlsManner::InBody::Renegotiation:
      SSL_renegotiate(ssl_.get());
      SSL_do_handshake(ssl_.get());
      return;
    case TlsManner::InBody::Nothing:
      return;
  }
}

void TlsSession::say_goodbye() {
  if (!manner_.says_goodbye || SSL_is_init_finished(ssl_.get()) == 0) return;
  SSL_shutdown(ssl_.get());
  collect();
}

void TlsSession::collect() {
  BIO* const bio = SSL_get_wbio(ssl_.get());
  const std::size_t waiting = BIO_ctrl_pending(bio);
  if (waiting == 0) return;
  out_.erase(0, std::exchange(sent_, 0));
  const std::size_t before = out_.size();
  out_.resize(before + waiting);
  BIO_read(bio, out_.data() + before, static_cast<int>(waiting));
}

std::string_view TlsSession::to_send() const {
  const std::string_view rest = std::string_view(out_).substr(std::min(sent_, out_.size()));
  return pause().count() > 0 ? rest.substr(0, 1) : rest;
}

std::chrono::milliseconds TlsSession::pause() const {
  using namespace std::chrono_literals;
  const bool trickles =
      manner_.handshake == Handshake::Trickle && SSL_is_init_finished(ssl_.get()) == 0;
  return trickles ? 100ms : 0ms;
}

}  // namespace tidings::publisher
