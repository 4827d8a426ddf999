// BoringSSL's calls, as far as the container needs them, with plain integers and pointers.
// Functions that can fail return 1 when they did not.
#pragma once
#include <stddef.h>
#include <stdint.h>

void boring_random(uint8_t *out, size_t count);
void boring_wipe(uint8_t *bytes, size_t count);
int boring_equal(const uint8_t *first, const uint8_t *second, size_t count);

void boring_sha256(const uint8_t *data, size_t count, uint8_t *out32);
void *boring_sha256_begin(void);
void boring_sha256_update(void *state, const uint8_t *data, size_t count);
void boring_sha256_finish(void *state, uint8_t *out32);
void boring_sha256_free(void *state);

int boring_hmac(const uint8_t *key, size_t key_count, const uint8_t *data, size_t count,
                uint8_t *out32);
int boring_hkdf(const uint8_t *secret, size_t secret_count, const uint8_t *salt, size_t salt_count,
                const uint8_t *info, size_t info_count, uint8_t *out, size_t count);
int boring_scrypt(const uint8_t *passphrase, size_t passphrase_count, const uint8_t *salt,
                  size_t salt_count, uint32_t log_n, uint8_t *out, size_t count);

void boring_x25519_public(const uint8_t *scalar, uint8_t *out32);
int boring_x25519(const uint8_t *scalar, const uint8_t *point, uint8_t *out32);

int boring_seal(const uint8_t *key, const uint8_t *nonce, const uint8_t *data, size_t count,
                uint8_t *out);
int boring_open(const uint8_t *key, const uint8_t *nonce, const uint8_t *data, size_t count,
                uint8_t *out);

int boring_xwing_public(const uint8_t *seed, uint8_t *out1216);
int boring_hpke_seal(const uint8_t *public_key, const uint8_t *info, size_t info_count,
                     const uint8_t *data, size_t count, uint8_t *encapsulated1120, uint8_t *out);
// 1 opened, 0 it is not for this key, -1 the encapsulation is malformed.
int boring_hpke_open(const uint8_t *seed, const uint8_t *encapsulated1120, const uint8_t *info,
                     size_t info_count, const uint8_t *data, size_t count, uint8_t *out);

void boring_ed25519_public(const uint8_t *seed, uint8_t *out32);
void boring_ed25519_sign(const uint8_t *seed, const uint8_t *message, size_t count, uint8_t *out64);
int boring_ed25519_verify(const uint8_t *public_key, const uint8_t *message, size_t count,
                          const uint8_t *signature);
