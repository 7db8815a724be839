// Certificates, handshakes and records that are not what they should be.
#include "tests/hostile/behaviors.h"

namespace tidings::hostile {
namespace {

using publisher::CertificateFlaw;
using publisher::TlsManner;
using Handshake = TlsManner::Handshake;
using InBody = TlsManner::InBody;

HostileBehavior flaw(std::string name, CertificateFlaw flaw) {
  return {
      "certificate-" + name,
      [flaw](const Cell& cell) { return over_tls(cell, {.certificate = flaw}, feed(cell.form)); },
      fails({"tls_failed"})};
}

HostileBehavior handshake(std::string name, Handshake kind) {
  return {"handshake-" + name,
          [kind](const Cell& cell) { return over_tls(cell, {.handshake = kind}, feed(cell.form)); },
          fails({"tls_failed"})};
}

// The records of a large body are spoiled in its middle.
HostileBehavior record(std::string name, InBody kind, Expected expected) {
  return {"record-" + name,
          [kind](const Cell& cell) {
            const std::string padding = repeated(" ", 100'000);
            return over_tls(cell, {.in_body = kind},
                            feed(cell.form, document(cell.form) + padding));
          },
          std::move(expected)};
}

// Ends by closing, without the word that TLS has for it: complete or cut off, who knows?
HostileBehavior ends_without_a_word(std::string name, bool with_length, Expected expected) {
  return {"record-" + name,
          [with_length](const Cell& cell) {
            const std::string body = document(cell.form);
            const std::string bytes =
                with_length ? answer(cell.form, body) : head(cell.form, "") + body;
            return over_tls(cell, {.says_goodbye = false}, publisher::raw(bytes));
          },
          std::move(expected)};
}

// HTTP/2 was agreed on: its frames (RFC 9113 §4.1) do as they like.
HostileBehavior frames(std::string name, std::string begin, std::string again) {
  return {"http2-" + name,
          [begin, again](const Cell& cell) {
            return over_tls(cell, {.handshake = Handshake::NoProtocol},
                            publisher::in_pieces(
                                {{begin}, {again, again.empty() ? 0 : std::uint64_t{20'000'000}}}));
          },
          fails({"bad_response", "too_large", "timeout", "too_slow"}),
          fails({"bad_response", "too_large", "timeout", "too_slow"}),
          {.bytes_sent = kBodyBytesSent}};
}

std::string frame(int type, int flags, int stream, std::string_view payload) {
  const std::size_t size = payload.size();
  std::string bytes;
  for (const std::size_t byte : {size >> 16, size >> 8, size}) bytes += static_cast<char>(byte);
  bytes += static_cast<char>(type);
  bytes += static_cast<char>(flags);
  bytes.append(3, '\0').append(1, static_cast<char>(stream));
  return bytes.append(payload);
}

}  // namespace

Behaviors tls_failures() {
  constexpr int kData = 0, kHeaders = 1, kSettings = 4, kPing = 6, kContinuation = 9;
  const std::string settings = frame(kSettings, 0, 0, "");
  return {
      flaw("expired", CertificateFlaw::Expired),
      flaw("not-yet-valid", CertificateFlaw::NotYetValid),
      flaw("self-signed", CertificateFlaw::SelfSigned),
      flaw("of-an-unknown-authority", CertificateFlaw::UnknownAuthority),
      flaw("of-another-host", CertificateFlaw::OtherHost),
      flaw("with-a-zero-byte", CertificateFlaw::NulInName),
      flaw("of-a-whole-top-level", CertificateFlaw::WholeTopLevel),
      flaw("with-a-weak-key", CertificateFlaw::WeakKey),
      flaw("with-a-weak-signature", CertificateFlaw::WeakSignature),
      flaw("for-clients-only", CertificateFlaw::ForClients),
      flaw("issued-by-nobody", CertificateFlaw::IssuedByNobody),
      flaw("behind-a-megabyte", CertificateFlaw::HugeChain),
      handshake("closes", Handshake::Close),
      handshake("closes-halfway", Handshake::CloseHalfway),
      handshake("resets", Handshake::Reset),
      handshake("alerts", Handshake::Alert),
      handshake("is-garbage", Handshake::Garbage),
      handshake("is-one-huge-record", Handshake::HugeRecord),
      handshake("is-plain-http", Handshake::PlainHttp),
      handshake("of-an-old-protocol", Handshake::OldProtocol),
      handshake("without-a-cipher", Handshake::NoCipher),
      record("corrupt", InBody::CorruptRecord, fails({"bad_response"})),
      record("alert", InBody::PlainAlert, fails({"bad_response"})),
      record("key-updates", InBody::KeyUpdates, is_read()),
      record("renegotiation", InBody::Renegotiation, is_read(3, 3, {"bad_response"})),
      ends_without_a_word("end-without-a-word", true, is_read()),
      // libcurl takes it for the end, as browsers do: many servers close so.
      ends_without_a_word("end-without-length-or-word", false, is_read()),
      frames("garbage", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n and then nothing of the kind", ""),
      frames("pings", settings, frame(kPing, 0, 0, "12345678")),
      frames("settings", settings, settings),
      frames("headers-without-end", settings + frame(kHeaders, 0, 1, "\x88"),
             frame(kContinuation, 0, 1, repeated("x", 100))),
      frames("empty-data", settings + frame(kHeaders, 4, 1, "\x88"), frame(kData, 0, 1, "")),
  };
}

}  // namespace tidings::hostile
