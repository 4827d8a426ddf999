// Keeps the C library's output functions, and with them every import but randomness, out of the
// module: BoringSSL prints only before it aborts.
#include <stddef.h>

void *const stderr = 0;
int fprintf(void *file, const char *format, ...) { return 0; }
int fputs(const char *text, void *file) { return 0; }
int fputc(int character, void *file) { return character; }
int fflush(void *file) { return 0; }
size_t fwrite(const void *bytes, size_t size, size_t count, void *file) { return count; }
int snprintf(char *out, size_t count, const char *format, ...) {
  if (count) out[0] = 0;
  return 0;
}
int vsnprintf(char *out, size_t count, const char *format, __builtin_va_list arguments) {
  if (count) out[0] = 0;
  return 0;
}
char *strerror(int error) { return ""; }

__attribute__((import_module("env"), import_name("random_fill"))) extern void host_random(
    void *out, size_t count);
void arc4random_buf(void *out, size_t count) { host_random(out, count); }

// With an entry of its own the module's exports are not wrapped in constructor calls.
void __wasm_call_ctors(void);
__attribute__((export_name("_initialize"))) void initialize(void) { __wasm_call_ctors(); }
