// BoringSSL's HPKE as it is, and of X-Wing a table of the sending half alone: its own names the
// receiving half too, and with that key generation and a random generator over AES, which would
// all be in a module that only seals.
#include "hpke/hpke.cc"

extern "C" const EVP_HPKE_KEM *boring_xwing_sender(void) {
  static const EVP_HPKE_KEM sender = {
      EVP_HPKE_XWING,
      XWING_PUBLIC_KEY_LEN,
      XWING_PRIVATE_KEY_LEN,
      XWING_SEED_LEN,
      XWING_PUBLIC_VALUE_LEN,
      /*init_key=*/nullptr,
      /*generate_key=*/nullptr,
      xwing_encap_with_seed,
      /*decap=*/nullptr,
      /*auth_encap_with_seed=*/nullptr,
      /*auth_decap=*/nullptr,
  };
  return &sender;
}
