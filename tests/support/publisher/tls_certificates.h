// An authority of our own that vouches for the publisher's hosts, and spoils what it issues on
// request.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include "core/result.h"

namespace tidings::publisher {

template <auto kFree>
struct FreeWith {
  template <class T>
  void operator()(T* object) const {
    kFree(object);
  }
};
using Key = std::unique_ptr<EVP_PKEY, FreeWith<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, FreeWith<X509_free>>;

enum class CertificateFlaw {
  None,
  Expired,
  NotYetValid,
  SelfSigned,
  UnknownAuthority,  // of our authority's name, signed by another key
  OtherHost,
  NulInName,       // the right name, a zero byte, and more
  WholeTopLevel,   // *.test
  WeakKey,         // RSA of 1024 bits
  WeakSignature,   // SHA-1
  IssuedByNobody,  // by a certificate that may not issue any
  ForClients,      // good for asking, not for answering
  HugeChain,       // a megabyte of certificates
};

// What a server shows: its key, its certificate, and those between it and the authority.
struct Identity {
  Key key;
  Certificate certificate;
  std::vector<Certificate> chain;
};

// Safe to call from many threads.
class CertificateAuthority {
 public:
  // Makes its keys; Unavailable when there is no place for temporary files.
  static Result<std::unique_ptr<CertificateAuthority>> make();
  ~CertificateAuthority();
  CertificateAuthority(const CertificateAuthority&) = delete;
  CertificateAuthority& operator=(const CertificateAuthority&) = delete;

  // The authority's own certificate as a PEM file, in a temporary folder that goes with this.
  std::string bundle() const { return folder_ + "/authority.pem"; }
  Identity issue(std::string_view host, CertificateFlaw flaw) const;

 private:
  CertificateAuthority();
  Result<void> write_bundle();

  Key key_, other_key_, server_key_;
  Certificate certificate_;
  std::string folder_;
};

}  // namespace tidings::publisher
