/* fuzz.h - the entry point that libFuzzer calls, and replay.c. */
#ifndef HVPLAN_TESTS_FUZZ_FUZZ_H
#define HVPLAN_TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
