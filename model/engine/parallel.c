/* parallel.c - OpenMP, or one after the other where there is none (WebAssembly). */
#include "model/engine/parallel.h"
#ifdef _OPENMP
#include <omp.h>
#endif

int parallel_default_threads(void)
{
#ifdef _OPENMP
    return omp_get_num_procs();
#else
    return 1;
#endif
}

void parallel_for(int tasks, int threads, parallel_fn fn, void *context)
{
    const int n = threads > 0 ? threads : parallel_default_threads();
#ifdef _OPENMP
#pragma omp parallel for schedule(dynamic, 1) num_threads(n) if (n > 1)
#endif
    for (int task = 0; task < tasks; task++)
        fn(task, context);
    (void)n;
}
