/* Counter paths, read from right to left. */
#include "calibrate/counterlog.h"
#include "tests/support/support.h"

struct expectation {
    const char *text, *host, *object, *instance, *counter;
};

static const struct expectation paths[] = {
    {"\\\\LIVING1\\PhysicalDisk(0 C:)\\Disk Reads/sec", "LIVING1", "PhysicalDisk", "0 C:", "Disk Reads/sec"},
    {"\\\\E5270\\Memory\\% Committed Bytes In Use", "E5270", "Memory", "", "% Committed Bytes In Use"},
    {"\\Processor Information(2,29)\\% Processor Time", "", "Processor Information", "2,29",
     "% Processor Time"},
    {"\\\\W8\\Paging File(\\??\\D:\\pagefile.sys)\\% Usage", "W8", "Paging File", "\\??\\D:\\pagefile.sys",
     "% Usage"},
    {"\\\\H\\Memory\\Long-Term Average Standby Cache Lifetime (s)", "H", "Memory", "",
     "Long-Term Average Standby Cache Lifetime (s)"},
    {"\\\\H\\Hyper-V Virtual IDE Controller (Emulated)(web 01:Ide Controller)\\Read Bytes/sec", "H",
     "Hyper-V Virtual IDE Controller (Emulated)", "web 01:Ide Controller", "Read Bytes/sec"},
    {"\\\\H\\Hyper-V Virtual IDE Controller (Emulated)\\Read Bytes/sec", "H",
     "Hyper-V Virtual IDE Controller (Emulated)", "", "Read Bytes/sec"},
    {"\\\\H\\Process(a(b)c)\\ID Process", "H", "Process", "a(b)c", "ID Process"},
    {"\\\\H\\Network Interface(Intel[R] 82579V _2)\\Bytes Sent/sec", "H", "Network Interface",
     "Intel[R] 82579V _2", "Bytes Sent/sec"},
    {"\\\\H\\Process(half(open)\\ID Process", "H", "Process", "half(open", "ID Process"},
};

static void test_parts(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        struct counter_path p;
        if (!counter_path_parse(a, paths[i].text, &p)) {
            fail_msg("'%s' is refused", paths[i].text);
        }
        assert_string_equal(p.text, paths[i].text);
        assert_string_equal(p.host, paths[i].host);
        assert_string_equal(p.object, paths[i].object);
        assert_string_equal(p.instance, paths[i].instance);
        assert_string_equal(p.counter, paths[i].counter);
    }
    arena_free(a);
}

static void test_prose_is_no_path(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    static const char *const texts[] = {"",           "Collected for the yearly review (2)",
                                        "\\",         "\\\\",
                                        "\\\\HOST",   "\\\\HOST\\Memory",
                                        "\\Memory\\", "\\\\HOST\\Memory\\",
                                        "\\(x)\\y",   "a\\b\\c"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct counter_path p;
        if (counter_path_parse(a, texts[i], &p)) {
            fail_msg("'%s' is accepted as %s | %s | %s | %s", texts[i], p.host, p.object, p.instance,
                     p.counter);
        }
    }
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parts),
        cmocka_unit_test(test_prose_is_no_path),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
