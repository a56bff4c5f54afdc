/* parallel.h - independent tasks on several threads; the one file that knows OpenMP.
 *
 * Order     tasks must not share state: results then do not depend on the number of threads
 */
#ifndef HVPLAN_ENGINE_PARALLEL_H
#define HVPLAN_ENGINE_PARALLEL_H

typedef void (*parallel_fn)(int task, void *context);

/* Calls fn(0..tasks-1), at most `threads` at once (0 = as many as there are processors). */
void parallel_for(int tasks, int threads, parallel_fn fn, void *context);
int parallel_default_threads(void);

#endif
