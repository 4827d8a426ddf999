// What Embedded Swift's runtime asks for and a page does without.
#include <stdint.h>

// Texts are compared by their code points, not by canonical equivalence: no character has anything
// to normalise. The formats compare bytes anyway, and the tables would be larger than all the rest.
uint16_t _swift_stdlib_getNormData(uint32_t scalar) { return 0; }
uint32_t _swift_stdlib_getComposition(uint32_t first, uint32_t second) { return UINT32_MAX; }
uint32_t _swift_stdlib_getDecompositionEntry(uint32_t scalar) { return 0; }
const uint8_t *const _swift_stdlib_nfd_decompositions = 0;

// The 128-bit product of two 128-bit numbers, modulo 2^128, by halves of 32 bits.
struct wide {
  uint64_t low, high;
};
struct wide __multi3(uint64_t a_low, uint64_t a_high, uint64_t b_low, uint64_t b_high) {
  const uint64_t mask = UINT32_MAX;
  uint64_t low = (a_low & mask) * (b_low & mask);
  uint64_t middle = (a_low >> 32) * (b_low & mask) + (low >> 32);
  uint64_t other = (a_low & mask) * (b_low >> 32) + (middle & mask);
  struct wide product = {(other << 32) | (low & mask),
                         (a_low >> 32) * (b_low >> 32) + (middle >> 32) + (other >> 32) +
                             a_high * b_low + a_low * b_high};
  return product;
}
