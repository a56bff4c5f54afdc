/* test_sha256.c - model/base/sha256.h, through text_sha256 where digits are compared */
#include "model/base/sha256.h"
#include "model/base/text.h"
#include "tests/support/support.h"
#include <string.h>

static void expect(const void *data, size_t n, const char *hex)
{
    struct arena *a = arena_new();
    assert_string_equal(text_sha256(a, data, n), hex);
    arena_free(a);
}

/* NIST CAVP and FIPS 180-2 appendix B. */
static void published_values(void **state)
{
    (void)state;
    const char *two_blocks = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
    expect("", 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    expect(NULL, 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    expect("abc", 3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    expect(two_blocks, strlen(two_blocks),
           "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

static void a_million_times_a(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    char *as = arena_alloc(a, 1000000, 1);
    memset(as, 'a', 1000000);
    expect(as, 1000000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    arena_free(a);
}

/* Lengths around the padding: the length field just fits, just does not, the block is full. Byte i is 7 i +
 * 3; digests by another implementation (Python's hashlib). */
static void every_padding(void **state)
{
    (void)state;
    static const struct {
        size_t n;
        const char *hex;
    } rows[] = {
        {55, "e7313d333c272e639f790978283f9eb392e843d0f29b7016828bb1daa4aac70b"},
        {56, "4324d65f3c103567f5589c710bc08f8523f929a9272e3af36fc968e52abc6c27"},
        {63, "81c80242132f230c3bd41b3e63bbcff16107339549214a99614ff26664625055"},
        {64, "39e3d7b6b5d075d37d053ad89b24b41bef4f3c29760c84447cab3f3be1882241"},
        {65, "aacca6ff74fdbb296d165a45cecfa04e5127bc008770fbbdd48006f2d2fae95e"},
        {119, "9ce7368e4daf32341631b492e80359dc9f594b48453cd0dd5bf0b19279cc177e"},
        {120, "7836b787757e95e58b3ca5aec90b1b004e8deba1e50e9675af9cabf1a13a04b5"},
        {1000, "1e9bc38cbf860b9ec31918b065f9b52476c549a782e0e7990bed8ce3868d2371"},
    };
    uint8_t data[1000];
    for (size_t i = 0; i < sizeof data; i++)
        data[i] = (uint8_t)(7 * i + 3);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        expect(data, rows[i].n, rows[i].hex);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_values),
        cmocka_unit_test(a_million_times_a),
        cmocka_unit_test(every_padding),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
