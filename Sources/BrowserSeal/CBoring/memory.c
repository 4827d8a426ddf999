// Memory for the whole module: one list of free blocks, ordered by address, the first that fits is
// taken, neighbours are joined when they are given back. A tip takes few blocks at a time, so the
// list stays short; dlmalloc would be a tenth of the module.
#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

// Before each block: its size with this head. `next` is used only while the block is free.
struct block {
  size_t size;
  struct block *next;
  // What is handed out is aligned to 16 bytes.
  uint64_t padding;
};
enum { page_bytes = 65536, alignment = 16, head_bytes = sizeof(struct block) };
_Static_assert(head_bytes == alignment, "blocks are aligned");

extern struct block __heap_base;
static struct block *free_blocks;
static char *heap_end;

static char *end_of(struct block *block) { return (char *)block + block->size; }

// Puts a block into the list, joined with its neighbours.
static void give(struct block *block) {
  struct block *before = 0, *after = free_blocks;
  while (after && after < block) {
    before = after;
    after = after->next;
  }
  block->next = after;
  if (after && end_of(block) == (char *)after) {
    block->size += after->size;
    block->next = after->next;
  }
  if (!before) {
    free_blocks = block;
  } else if (end_of(before) == (char *)block) {
    before->size += block->size;
    before->next = block->next;
  } else {
    before->next = block;
  }
}

// Makes a free block of at least this size at the end, where none fits; 0 when there is no memory.
static int grow(size_t size) {
  struct block *last = free_blocks;
  while (last && last->next) last = last->next;
  size_t count = last && end_of(last) == heap_end ? size - last->size : size;
  if (!heap_end) {
    heap_end = (char *)(((uintptr_t)&__heap_base + alignment - 1) & -(uintptr_t)alignment);
  }
  char *memory_end = (char *)(__builtin_wasm_memory_size(0) * page_bytes);
  if (memory_end - heap_end < (ptrdiff_t)count) {
    size_t pages = (count + page_bytes - 1) / page_bytes;
    if (__builtin_wasm_memory_grow(0, pages) == SIZE_MAX) return 0;
    memory_end += pages * page_bytes;
  }
  struct block *block = (struct block *)heap_end;
  block->size = memory_end - heap_end;
  heap_end = memory_end;
  give(block);
  return 1;
}

void *malloc(size_t count) {
  if (count > PTRDIFF_MAX - page_bytes) return 0;
  size_t size = (count + head_bytes + alignment - 1) & -(size_t)alignment;
  do {
    for (struct block **link = &free_blocks; *link; link = &(*link)->next) {
      struct block *block = *link;
      if (block->size < size) continue;
      if (block->size - size > head_bytes) {
        struct block *rest = (struct block *)((char *)block + size);
        rest->size = block->size - size;
        rest->next = block->next;
        *link = rest;
        block->size = size;
      } else {
        *link = block->next;
      }
      return block + 1;
    }
  } while (grow(size));
  return 0;
}

void free(void *memory) {
  if (memory) give((struct block *)memory - 1);
}

void *calloc(size_t count, size_t size) {
  size_t bytes;
  if (__builtin_mul_overflow(count, size, &bytes)) return 0;
  void *memory = malloc(bytes);
  return memory ? memset(memory, 0, bytes) : 0;
}

void *realloc(void *memory, size_t count) {
  void *moved = malloc(count);
  if (!moved || !memory) return moved;
  size_t old = ((struct block *)memory)[-1].size - head_bytes;
  memcpy(moved, memory, old < count ? old : count);
  free(memory);
  return moved;
}

int posix_memalign(void **memory, size_t wanted, size_t count) {
  if (wanted > alignment) return EINVAL;
  *memory = malloc(count);
  return *memory ? 0 : ENOMEM;
}
