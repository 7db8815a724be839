// The server's side of TLS, between the socket and HTTP, without a socket of its own: it can fall
// silent, lie or break off at any stage.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "core/mutex.h"
#include "core/result.h"
#include "tests/support/publisher/tls_certificates.h"

namespace tidings::publisher {

// How a host speaks TLS.
struct TlsManner {
  enum class Handshake {
    Complete,
    Stall,         // never answers the hello
    StallHalfway,  // half of its first flight, then silence
    Trickle,       // its first flight a byte at a time
    Close,         // closes at the hello
    CloseHalfway,  // half of its first flight, then closes
    Reset,
    Alert,        // a fatal alert for an answer
    Garbage,      // bytes that are no record
    HugeRecord,   // a record longer than any may be
    PlainHttp,    // an answer in the clear
    OldProtocol,  // TLS 1.1 at most
    NoCipher,     // only suites that no client offers
    NoProtocol,   // HTTP/2 agreed on (RFC 7301), HTTP/1.1 spoken
  };
  enum class InBody {
    Nothing,
    CorruptRecord,  // one that fails its check
    PlainAlert,     // a fatal alert in the clear
    KeyUpdates,     // a hundred requests for new keys
    Renegotiation,  // asks for another handshake, over TLS 1.2
  };
  CertificateFlaw certificate = CertificateFlaw::None;
  Handshake handshake = Handshake::Complete;
  InBody in_body = InBody::Nothing;
  bool says_goodbye = true;  // close_notify before closing
};

class TlsAcceptor;

// Single-threaded. Bytes of the socket in and out, plain ones on the other side.
class TlsSession {
 public:
  explicit TlsSession(TlsAcceptor& acceptor);
  TlsSession(const TlsSession&) = delete;
  TlsSession& operator=(const TlsSession&) = delete;

  enum class State { Open, Over, Reset };
  // Takes what the socket gave; appends what it means to `plain`.
  State receive(std::string_view bytes, std::string& plain);
  // False when it is over.
  bool write(std::string_view plain);
  void say_goodbye();

  // What the socket is to be given; `sent` takes off its beginning.
  std::string_view to_send() const;
  void sent(std::size_t bytes) { sent_ += bytes; }
  // Not zero: to_send() gives a byte at a time, this far apart.
  std::chrono::milliseconds pause() const;

 private:
  friend class TlsAcceptor;
  struct FreeSsl {
    void operator()(SSL* ssl) const { SSL_free(ssl); }
  };

  State shake_hands();
  State answer_hello();
  void interrupt();
  void collect();

  TlsAcceptor& acceptor_;
  std::unique_ptr<SSL, FreeSsl> ssl_;
  TlsManner manner_;
  bool knows_host_ = false, is_interrupted_ = false, is_silent_ = false, closes_ = false;
  std::string out_;
  std::size_t sent_ = 0;
};

// What all sessions share. Safe to call from many threads; must outlive its sessions.
class TlsAcceptor {
 public:
  static Result<std::unique_ptr<TlsAcceptor>> make();

  void set_manner(std::string_view host, TlsManner manner) EXCLUDES(mutex_);
  std::unique_ptr<TlsSession> accept() { return std::make_unique<TlsSession>(*this); }
  // For CurlSettings::ca_bundle.
  std::string bundle() const { return authority_->bundle(); }

 private:
  friend class TlsSession;
  struct FreeContext {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  };

  explicit TlsAcceptor(std::unique_ptr<CertificateAuthority> authority);
  TlsManner manner_of(std::string_view host) const EXCLUDES(mutex_);
  static int on_hello(SSL* ssl, int* alert, void* self);

  using Context = std::unique_ptr<SSL_CTX, FreeContext>;
  static Context make_context();

  const std::unique_ptr<CertificateAuthority> authority_;
  const Context context_, http2_context_;
  mutable Mutex mutex_;
  std::map<std::string, TlsManner, std::less<>> manners_ GUARDED_BY(mutex_);
};

}  // namespace tidings::publisher
