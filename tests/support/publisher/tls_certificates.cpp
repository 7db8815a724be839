#include "tests/support/publisher/tls_certificates.h"

#include <stdlib.h>

#include <atomic>
#include <cstdio>
#include <filesystem>
#include <utility>

#include <openssl/asn1.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include "core/check.h"

namespace tidings::publisher {
namespace {

constexpr long kDaySeconds = 24L * 3600;
constexpr std::string_view kAuthorityName = "Test Authority";

Key make_elliptic_key() {
  Key key(EVP_EC_gen("P-256"));
  CHECK(key);
  return key;
}

struct Draft {
  std::string_view subject, issuer;
  EVP_PKEY* key = nullptr;
  EVP_PKEY* signer = nullptr;
  const EVP_MD* digest = EVP_sha256();
  long from_seconds = -kDaySeconds, until_seconds = kDaySeconds;  // from now
  std::string_view host;                                          // may hold any byte; empty: none
  bool may_issue = false;
  const char* usage = nullptr;  // extended key usage; none: any
};

void set_name(X509_NAME* name, std::string_view text) {
  CHECK(X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                                   reinterpret_cast<const unsigned char*>(text.data()),
                                   static_cast<int>(text.size()), -1, 0) == 1);
}

void add_extension(X509* certificate, int number, const char* value) {
  X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, nullptr, number, value);
  CHECK(extension != nullptr && X509_add_ext(certificate, extension, -1) == 1);
  X509_EXTENSION_free(extension);
}

// By hand, since the configuration syntax ends a name at its first zero byte.
void add_host(X509* certificate, std::string_view host) {
  ASN1_IA5STRING* const text = ASN1_IA5STRING_new();
  CHECK(text != nullptr);
  CHECK(ASN1_STRING_set(text, host.data(), static_cast<int>(host.size())) == 1);
  GENERAL_NAME* const name = GENERAL_NAME_new();
  GENERAL_NAMES* const names = GENERAL_NAMES_new();
  CHECK(name != nullptr && names != nullptr);
  GENERAL_NAME_set0_value(name, GEN_DNS, text);
  CHECK(sk_GENERAL_NAME_push(names, name) > 0);
  CHECK(X509_add1_ext_i2d(certificate, NID_subject_alt_name, names, 0, X509V3_ADD_DEFAULT) == 1);
  GENERAL_NAMES_free(names);
}

Certificate sign(const Draft& draft) {
  static std::atomic<long> serial{1};
  Certificate certificate(X509_new());
  CHECK(certificate);
  X509* const raw = certificate.get();
  X509_set_version(raw, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(raw), serial++);
  X509_gmtime_adj(X509_getm_notBefore(raw), draft.from_seconds);
  X509_gmtime_adj(X509_getm_notAfter(raw), draft.until_seconds);
  set_name(X509_get_subject_name(raw), draft.subject);
  set_name(X509_get_issuer_name(raw), draft.issuer);
  X509_set_pubkey(raw, draft.key);
  add_extension(raw, NID_basic_constraints, draft.may_issue ? "critical,CA:TRUE" : "CA:FALSE");
  if (draft.usage != nullptr) add_extension(raw, NID_ext_key_usage, draft.usage);
  if (!draft.host.empty()) add_host(raw, draft.host);
  CHECK(X509_sign(raw, draft.signer, draft.digest) > 0);
  return certificate;
}

Key copy_of(const Key& key) {
  EVP_PKEY_up_ref(key.get());
  return Key(key.get());
}

}  // namespace

CertificateAuthority::CertificateAuthority()
    : key_(make_elliptic_key()),
      other_key_(make_elliptic_key()),
      server_key_(make_elliptic_key()),
      certificate_(sign({.subject = kAuthorityName,
                         .issuer = kAuthorityName,
                         .key = key_.get(),
                         .signer = key_.get(),
                         .may_issue = true})) {}

CertificateAuthority::~CertificateAuthority() {
  std::error_code ignored;  // a temporary folder that stays harms nobody
  if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
}

Result<std::unique_ptr<CertificateAuthority>> CertificateAuthority::make() {
  std::unique_ptr<CertificateAuthority> authority(new CertificateAuthority);
  TRY(authority->write_bundle());
  return authority;
}

Result<void> CertificateAuthority::write_bundle() {
  std::string name = (std::filesystem::temp_directory_path() / "tidings_tls_XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) return unavailable("make a temporary folder " + name);
  folder_ = name;
  std::FILE* const file = std::fopen(bundle().c_str(), "w");
  if (file == nullptr) return unavailable("write " + bundle());
  const bool written = PEM_write_X509(file, certificate_.get()) == 1;
  const bool closed = std::fclose(file) == 0;
  if (!written || !closed) return unavailable("write " + bundle());
  return {};
}

Identity CertificateAuthority::issue(std::string_view host, CertificateFlaw flaw) const {
  using Flaw = CertificateFlaw;
  Identity identity{.key = copy_of(server_key_)};
  Draft draft{.subject = host.substr(0, 60),  // X.520's upper bound is 64
              .issuer = kAuthorityName,
              .signer = key_.get(),
              .host = host};
  std::string spoiled(host);
  if (flaw == Flaw::Expired) draft.until_seconds = -60;
  if (flaw == Flaw::NotYetValid) draft.from_seconds = kDaySeconds / 2;
  if (flaw == Flaw::OtherHost) draft.host = draft.subject = "somebody-else.test";
  if (flaw == Flaw::NulInName) draft.host = spoiled.append("\0.somebody-else.test", 20);
  if (flaw == Flaw::WholeTopLevel) draft.host = "*.test";
  if (flaw == Flaw::ForClients) draft.usage = "clientAuth";
  if (flaw == Flaw::WeakSignature) draft.digest = EVP_sha1();
  if (flaw == Flaw::UnknownAuthority) draft.signer = other_key_.get();
  if (flaw == Flaw::WeakKey) identity.key.reset(EVP_RSA_gen(1024));
  if (flaw == Flaw::SelfSigned) {
    draft.issuer = draft.subject;
    draft.signer = identity.key.get();
  }
  if (flaw == Flaw::IssuedByNobody) {
    draft.issuer = "neighbor.test";
    draft.signer = other_key_.get();
    identity.chain.push_back(sign({.subject = draft.issuer,
                                   .issuer = kAuthorityName,
                                   .key = other_key_.get(),
                                   .signer = key_.get(),
                                   .host = "neighbor.test"}));
  }
  if (flaw == Flaw::HugeChain) {
    const std::string long_host(10'000, 'a');
    for (int i = 0; i < 100; ++i)
      identity.chain.push_back(sign({.subject = "padding",
                                     .issuer = kAuthorityName,
                                     .key = other_key_.get(),
                                     .signer = key_.get(),
                                     .host = long_host}));
  }
  draft.key = identity.key.get();
  identity.certificate = sign(draft);
  return identity;
}

}  // namespace tidings::publisher
