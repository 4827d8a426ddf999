#include "boring.h"

#include <CCryptoBoringSSL_aead.h>
#include <CCryptoBoringSSL_curve25519.h>
#include <CCryptoBoringSSL_digest.h>
#include <CCryptoBoringSSL_evp.h>
#include <CCryptoBoringSSL_hkdf.h>
#include <CCryptoBoringSSL_hmac.h>
#include <CCryptoBoringSSL_hpke.h>
#include <CCryptoBoringSSL_mem.h>
#include <CCryptoBoringSSL_rand.h>
#include <CCryptoBoringSSL_sha.h>
#include <stdlib.h>

// The page gives randomness (getRandomValues); there is no other import.
__attribute__((import_module("env"), import_name("random_fill"))) extern void host_random(
    uint8_t *out, size_t count);

int RAND_bytes(uint8_t *out, size_t count) {
  host_random(out, count);
  return 1;
}
void CCryptoBoringSSL_CRYPTO_sysrand(uint8_t *out, size_t count) { host_random(out, count); }
void CCryptoBoringSSL_CRYPTO_sysrand_for_seed(uint8_t *out, size_t count) {
  host_random(out, count);
}
// A page never forks.
uint64_t CCryptoBoringSSL_CRYPTO_get_fork_generation(void) { return 1; }
int CCryptoBoringSSL_rand_fork_unsafe_buffering_enabled(void) { return 0; }

void boring_random(uint8_t *out, size_t count) { host_random(out, count); }
void boring_wipe(uint8_t *bytes, size_t count) { OPENSSL_cleanse(bytes, count); }
int boring_equal(const uint8_t *first, const uint8_t *second, size_t count) {
  return CRYPTO_memcmp(first, second, count) == 0;
}

void boring_sha256(const uint8_t *data, size_t count, uint8_t *out32) {
  SHA256(data, count, out32);
}
void *boring_sha256_begin(void) {
  SHA256_CTX *state = malloc(sizeof *state);
  if (state) SHA256_Init(state);
  return state;
}
void boring_sha256_update(void *state, const uint8_t *data, size_t count) {
  SHA256_Update(state, data, count);
}
void boring_sha256_finish(void *state, uint8_t *out32) { SHA256_Final(out32, state); }
void boring_sha256_free(void *state) { free(state); }

int boring_hmac(const uint8_t *key, size_t key_count, const uint8_t *data, size_t count,
                uint8_t *out32) {
  unsigned length = 0;
  return HMAC(EVP_sha256(), key, key_count, data, count, out32, &length) != 0 && length == 32;
}
int boring_hkdf(const uint8_t *secret, size_t secret_count, const uint8_t *salt, size_t salt_count,
                const uint8_t *info, size_t info_count, uint8_t *out, size_t count) {
  return HKDF(out, count, EVP_sha256(), secret, secret_count, salt, salt_count, info, info_count);
}
int boring_scrypt(const uint8_t *passphrase, size_t passphrase_count, const uint8_t *salt,
                  size_t salt_count, uint32_t log_n, uint8_t *out, size_t count) {
  uint64_t n = (uint64_t)1 << log_n;
  // Room for N + p + 1 blocks of 128 * r bytes: exactly what the function asks for.
  size_t memory = 1024 * ((size_t)n + 2);
  return EVP_PBE_scrypt((const char *)passphrase, passphrase_count, salt, salt_count, n, 8, 1,
                        memory, out, count);
}

void boring_x25519_public(const uint8_t *scalar, uint8_t *out32) {
  X25519_public_from_private(out32, scalar);
}
int boring_x25519(const uint8_t *scalar, const uint8_t *point, uint8_t *out32) {
  return X25519(out32, scalar, point);
}

int boring_seal(const uint8_t *key, const uint8_t *nonce, const uint8_t *data, size_t count,
                uint8_t *out) {
  EVP_AEAD_CTX context;
  size_t length = 0;
  if (!EVP_AEAD_CTX_init(&context, EVP_aead_chacha20_poly1305(), key, 32, 16, 0)) return 0;
  int done = EVP_AEAD_CTX_seal(&context, out, &length, count + 16, nonce, 12, data, count, 0, 0);
  EVP_AEAD_CTX_cleanup(&context);
  OPENSSL_cleanse(&context, sizeof context);
  return done && length == count + 16;
}
int boring_open(const uint8_t *key, const uint8_t *nonce, const uint8_t *data, size_t count,
                uint8_t *out) {
  EVP_AEAD_CTX context;
  size_t length = 0;
  if (count < 16) return 0;
  if (!EVP_AEAD_CTX_init(&context, EVP_aead_chacha20_poly1305(), key, 32, 16, 0)) return 0;
  int done = EVP_AEAD_CTX_open(&context, out, &length, count - 16, nonce, 12, data, count, 0, 0);
  EVP_AEAD_CTX_cleanup(&context);
  OPENSSL_cleanse(&context, sizeof context);
  return done && length == count - 16;
}

int boring_xwing_public(const uint8_t *seed, uint8_t *out1216) {
  EVP_HPKE_KEY key;
  size_t length = 0;
  EVP_HPKE_KEY_zero(&key);
  int done = EVP_HPKE_KEY_init(&key, EVP_hpke_xwing(), seed, 32) &&
             EVP_HPKE_KEY_public_key(&key, out1216, &length, 1216);
  OPENSSL_cleanse(&key, sizeof key);
  return done && length == 1216;
}
// Of hpke.cc.
extern const EVP_HPKE_KEM *boring_xwing_sender(void);
int boring_hpke_seal(const uint8_t *public_key, const uint8_t *info, size_t info_count,
                     const uint8_t *data, size_t count, uint8_t *encapsulated1120, uint8_t *out) {
  EVP_HPKE_CTX context;
  size_t encapsulated = 0, length = 0;
  EVP_HPKE_CTX_zero(&context);
  int done = EVP_HPKE_CTX_setup_sender(&context, encapsulated1120, &encapsulated, 1120,
                                       boring_xwing_sender(), EVP_hpke_hkdf_sha256(),
                                       EVP_hpke_chacha20_poly1305(), public_key, 1216, info,
                                       info_count) &&
             EVP_HPKE_CTX_seal(&context, out, &length, count + 16, data, count, 0, 0);
  EVP_HPKE_CTX_cleanup(&context);
  return done && encapsulated == 1120 && length == count + 16;
}
int boring_hpke_open(const uint8_t *seed, const uint8_t *encapsulated1120, const uint8_t *info,
                     size_t info_count, const uint8_t *data, size_t count, uint8_t *out) {
  EVP_HPKE_KEY key;
  EVP_HPKE_CTX context;
  size_t length = 0;
  if (count < 16) return 0;
  EVP_HPKE_KEY_zero(&key);
  EVP_HPKE_CTX_zero(&context);
  int result = -1;
  if (EVP_HPKE_KEY_init(&key, EVP_hpke_xwing(), seed, 32) &&
      EVP_HPKE_CTX_setup_recipient(&context, &key, EVP_hpke_hkdf_sha256(),
                                   EVP_hpke_chacha20_poly1305(), encapsulated1120, 1120, info,
                                   info_count)) {
    result = EVP_HPKE_CTX_open(&context, out, &length, count - 16, data, count, 0, 0) &&
             length == count - 16;
  }
  EVP_HPKE_CTX_cleanup(&context);
  OPENSSL_cleanse(&key, sizeof key);
  return result;
}

static void key_pair(const uint8_t *seed, uint8_t *public32, uint8_t *private64) {
  ED25519_keypair_from_seed(public32, private64, seed);
}
void boring_ed25519_public(const uint8_t *seed, uint8_t *out32) {
  uint8_t private64[64];
  key_pair(seed, out32, private64);
  OPENSSL_cleanse(private64, sizeof private64);
}
void boring_ed25519_sign(const uint8_t *seed, const uint8_t *message, size_t count,
                         uint8_t *out64) {
  uint8_t public32[32], private64[64];
  key_pair(seed, public32, private64);
  ED25519_sign(out64, message, count, private64);
  OPENSSL_cleanse(private64, sizeof private64);
}
int boring_ed25519_verify(const uint8_t *public_key, const uint8_t *message, size_t count,
                          const uint8_t *signature) {
  return ED25519_verify(message, count, signature, public_key);
}
