/* check.h - programmer errors.
 *
 * Does      CHECK(cond) is always on: prints the condition, the place and what the caller registered
 *           (simulated time, seed, scenario), then aborts
 * Errors    for user errors use errs.h; a CHECK that fails is a defect of hvplan
 */
#ifndef HVPLAN_BASE_CHECK_H
#define HVPLAN_BASE_CHECK_H

#if defined(__GNUC__)
#define HVPLAN_UNLIKELY(x) __builtin_expect(!!(x), 0)
#else
#define HVPLAN_UNLIKELY(x) (x)
#endif

/* Prints "file:line: check failed: text" and aborts. */
_Noreturn void check_fail(const char *file, int line, const char *text);
/* As above with the run's context: simulated time in ns, seed, replication, scenario (NULL allowed). */
_Noreturn void check_fail_run(const char *file, int line, const char *text, long long now_ns,
                              unsigned long long seed, int replication, const char *scenario);

#define CHECK(cond) (HVPLAN_UNLIKELY(!(cond)) ? check_fail(__FILE__, __LINE__, #cond) : (void)0)

#endif
