/* sha256.h - SHA-256 of a buffer.
 *
 * Shape     up to 2^60 bytes
 * Source    FIPS PUB 180-4; check value: "abc" -> ba7816bf...f20015ad
 */
#ifndef HVPLAN_BASE_SHA256_H
#define HVPLAN_BASE_SHA256_H

#include <stddef.h>
#include <stdint.h>

void sha256_digest(const void *data, size_t n, uint8_t digest[32]);

#endif
